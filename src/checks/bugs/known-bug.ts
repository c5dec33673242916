import type { FactKey, Facts } from '../../core/diagnosis/facts.ts';
import { factsFrom, type Material } from '../../core/diagnosis/material.ts';
import { livesWithMetalLB } from '../../core/diagnosis/missing.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { CauseId } from '../../core/facts/finding.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import { namespacesRead } from '../../core/facts/reading.ts';
import { isWithin, type ReleaseSpan } from '../../core/metallb/releases.ts';

/** What gives the bug away, on one object or, without one, on the installation. */
export interface Sign {
  readonly about: ObjectRef | undefined;
  /** One sentence with the names of this cluster. */
  readonly says: string;
  readonly because: readonly Evidence[];
}

/** What is told of a bug without any cluster. */
export interface BugStory extends ReleaseSpan {
  /** `metallb#2626`: the thread that describes it, or the change that brought it. */
  readonly bug: string;
  /** Other threads about the same. */
  readonly related: readonly string[];
  readonly title: string;
  /** Whose release counts. */
  readonly program: 'controller' | 'speaker';
  /** `warning` when it costs somebody something; `info` when it only misleads or makes noise. */
  readonly severity: 'info' | 'warning';
  readonly whatGoesWrong: string;
  /** By which facts it is recognised, beside the release. */
  readonly recognisedBy: string;
  readonly workaround: string;
  /** True when it is seen in what people configured, so that it can be told before the release is there. */
  readonly isForeseen?: boolean;
  /** Causes it can stand behind. */
  readonly accountsFor: readonly CauseId[];
}

/** A bug as its file writes it down. */
export interface BugSpec<N extends FactKey, H extends FactKey> extends BugStory {
  /** Kinds that must have been read; denied ones can neither show nor refute it. */
  readonly needs: readonly N[];
  /** Those among them that a list of some namespaces does not do for. */
  readonly whole?: readonly N[];
  readonly helps?: readonly H[];
  readonly signs: (facts: Facts<N, H>) => readonly Sign[];
}

/** A bug as the matcher sees it: the fact types are sealed inside. */
export interface KnownBug extends BugStory {
  readonly needs: readonly FactKey[];
  /** Where it shows in this cluster; empty when it does not, or when that cannot be known. */
  readonly signsIn: (material: Material) => readonly Sign[];
}

/** Seals a bug: its signature only ever sees facts that it declared and that were really read. */
export function defineBug<const N extends FactKey, const H extends FactKey = never>(
  spec: BugSpec<N, H>,
): KnownBug {
  const { needs, whole = [], helps = [], signs, ...story } = spec;
  return {
    ...story,
    needs,
    signsIn: (material) => {
      const isKnown = needs.every((key) => isRead(key, material, whole.includes(key)));
      return isKnown && isWithin(versionIn(material, story.program), story)
        ? signs(factsFrom(material, needs, helps))
        : [];
    },
  };
}

function isRead(key: FactKey, { readings, background }: Material, isWhole: boolean): boolean {
  const reading = readings[key];
  if (reading.state !== 'read') {
    return false;
  }
  const names = namespacesRead(reading);
  const home = background.installation?.namespace;
  const isNear = livesWithMetalLB(key) && home !== undefined && (names?.includes(home) ?? false);
  return names === undefined || !isWhole || isNear;
}

function versionIn({ background }: Material, program: BugStory['program']): string | undefined {
  const { installation } = background;
  return program === 'controller'
    ? (installation?.controllerVersion ?? installation?.speakerVersion)
    : (installation?.speakerVersion ?? installation?.controllerVersion);
}
