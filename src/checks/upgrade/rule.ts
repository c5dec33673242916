import type { FactKey, Facts } from '../../core/diagnosis/facts.ts';
import { factsFrom, type Material } from '../../core/diagnosis/material.ts';
import { livesWithMetalLB, missingFact } from '../../core/diagnosis/missing.ts';
import type { MissingFact } from '../../core/facts/finding.ts';
import { namespacesRead } from '../../core/facts/reading.ts';
import type { UpgradeChange } from '../../core/facts/upgrade.ts';
import { isOlder } from '../../core/metallb/releases.ts';

/** From one release to another, whichever is the newer. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** A change as its rule writes it down; what is common to all is added. */
export type Shown = Omit<UpgradeChange, 'id' | 'release' | 'reference' | 'basis' | 'title'> &
  Partial<Pick<UpgradeChange, 'title'>>;

/** What one release does differently, and how that is seen in a cluster. */
export interface RuleSpec<N extends FactKey, H extends FactKey> {
  readonly id: string;
  /** The first release that is different. */
  readonly release: string;
  readonly reference: string | undefined;
  readonly title: string;
  readonly needs: readonly N[];
  readonly helps?: readonly H[];
  /** Helps that this cluster's configuration turns into needs. */
  readonly alsoNeeds?: (facts: Facts<N, H>) => readonly H[];
  /** On the way to this release. */
  readonly up?: (facts: Facts<N, H>, move: Move) => readonly Shown[];
  /** On the way back from it. */
  readonly down?: (facts: Facts<N, H>, move: Move) => readonly Shown[];
}

/** What a rule has found, or what it would have to know. */
export interface RuleResult {
  readonly changes: readonly UpgradeChange[];
  readonly missing: readonly MissingFact[];
}

/** A rule as the preview sees it. */
export interface UpgradeRule {
  readonly id: string;
  readonly judge: (material: Material, move: Move) => RuleResult;
}

const nothing: RuleResult = { changes: [], missing: [] };

/** Seals a rule: it is asked only when its release lies on the way and its facts were read. */
export function defineRule<const N extends FactKey, const H extends FactKey = never>(
  spec: RuleSpec<N, H>,
): UpgradeRule {
  return {
    id: spec.id,
    judge: (material, move) => {
      const find = directionOf(spec, move);
      if (find === undefined) {
        return nothing;
      }
      const { id, release, reference, title } = spec;
      const facts = factsFrom(material, spec.needs, spec.helps ?? []);
      const missing = missingOf([...spec.needs, ...(spec.alsoNeeds?.(facts) ?? [])], material);
      return missing.length > 0
        ? { changes: [], missing }
        : {
            changes: find(facts, move).map((shown) => ({
              id,
              release,
              reference,
              basis: 'seen' as const,
              title,
              ...shown,
            })),
            missing: [],
          };
    },
  };
}

function directionOf<N extends FactKey, H extends FactKey>(
  { release, up, down }: RuleSpec<N, H>,
  { from, to }: Move,
): RuleSpec<N, H>['up'] {
  if (isOlder(from, release) && !isOlder(to, release)) {
    return up;
  }
  return isOlder(to, release) && !isOlder(from, release) ? down : undefined;
}

/** Needs that were not read, or not where they matter; kinds that the server does not serve have no objects. */
export function missingOf(
  needs: readonly FactKey[],
  { readings, background }: Material,
): readonly MissingFact[] {
  const home = background.installation?.namespace;
  return needs
    .filter((key) => {
      const reading = readings[key];
      if (reading.state !== 'read') {
        return reading.state !== 'absent';
      }
      const names = namespacesRead(reading);
      const isNear = livesWithMetalLB(key) && home !== undefined && (names ?? []).includes(home);
      return names !== undefined && !isNear;
    })
    .map((key) => missingFact(key, readings[key], background.installation));
}
