import { type Check, defineCheck, type Found } from '../../../core/diagnosis/check.ts';
import type { Basis } from '../../../core/diagnosis/confidence.ts';
import type { FactKey, Facts } from '../../../core/diagnosis/facts.ts';
import type { CauseId, CheckId } from '../../../core/facts/finding.ts';
import type { PathQuestion } from '../../../core/facts/path.ts';
import {
  type AnnouncingFacts,
  announcingHelps,
  announcingNeeds,
} from '../announcing/speakers-at-work.ts';
import { type Layer2Scene, layer2Scene, notInLayer2 } from './scene.ts';

/** One question about a Service that layer 2 is to announce. */
export interface Layer2Question<H extends FactKey> {
  readonly id: CheckId;
  readonly asks: string;
  readonly causes: readonly CauseId[];
  readonly link: PathQuestion;
  readonly basis?: Basis;
  /** Kinds that may add to it, besides those that decide who announces. */
  readonly alsoHelps?: readonly H[];
  readonly everywhere?: readonly 'daemonSets'[];
  /** Helps that this cluster turns into needs. */
  readonly alsoNeeds?: (
    scene: Layer2Scene,
    facts: Layer2Facts<H>,
  ) => readonly ((typeof announcingHelps)[number] | H)[];
  /** Why it does not arise for this Service. */
  readonly skip?: (scene: Layer2Scene, facts: Layer2Facts<H>) => string | undefined;
  readonly run: (scene: Layer2Scene, facts: Layer2Facts<H>) => readonly Found[];
}

/** What decides who announces, and what is asked for besides. */
export type Layer2Facts<H extends FactKey> = AnnouncingFacts & Facts<never, H>;

/** A check that is asked of a Service with an address that layer 2 is to announce. */
export function layer2Check<const H extends FactKey = never>({
  alsoHelps = [],
  alsoNeeds,
  skip,
  run,
  ...question
}: Layer2Question<H>): Check {
  return defineCheck({
    ...question,
    symptoms: ['no-traffic'],
    needs: announcingNeeds,
    helps: [...announcingHelps, ...alsoHelps],
    enoughInNamespace: ['endpointSlices'],
    alsoNeeds: (facts, subject) => {
      const scene = layer2Scene(subject, facts);
      return scene === undefined ? [] : (alsoNeeds?.(scene, facts) ?? []);
    },
    skipWhen: (facts, subject) => {
      const scene = layer2Scene(subject, facts);
      return (
        notInLayer2(facts, subject) ?? (scene === undefined ? undefined : skip?.(scene, facts))
      );
    },
    run: (facts, subject) => {
      const scene = layer2Scene(subject, facts);
      return scene === undefined ? [] : run(scene, facts);
    },
  });
}
