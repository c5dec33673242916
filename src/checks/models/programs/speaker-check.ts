import { type Check, defineCheck, type Found } from '../../../core/diagnosis/check.ts';
import type { CauseId, CheckId } from '../../../core/facts/finding.ts';
import type { PodTrouble } from './pod-trouble.ts';
import { type Program, speakerOf } from './programs.ts';
import { leftLines, severityOfPods } from './speakers-left.ts';
import { type Troubled, troubledPods } from './troubled-pods.ts';

/** Speaker pods with one kind of trouble; there is at least one. */
export interface TroubledSpeakers<K extends PodTrouble['kind']> {
  readonly speaker: Program;
  readonly first: Troubled<K>;
  readonly all: readonly Troubled<K>[];
  readonly now: string;
}

/** One kind of trouble that speaker pods can be in, and how it is told. */
export interface SpeakerQuestion<K extends PodTrouble['kind']> {
  readonly id: CheckId;
  readonly asks: string;
  readonly cause: CauseId;
  readonly kind: K;
  /** Which pods of that kind are meant; the others are told elsewhere. */
  readonly means: (troubled: Troubled<K>) => boolean;
  /** What it costs the announcing is added to the details. */
  readonly tell: (
    troubled: TroubledSpeakers<K>,
  ) => Pick<Found, 'about' | 'says' | 'details' | 'because' | 'suggests'>;
}

/** A check that asks the kubelet's word on the pods of the speakers. */
export function speakerCheck<K extends PodTrouble['kind']>({
  id,
  asks,
  cause,
  kind,
  means,
  tell,
}: SpeakerQuestion<K>): Check {
  return defineCheck({
    id,
    asks,
    symptoms: ['health'],
    causes: [cause],
    needs: ['pods'],
    helps: ['deployments', 'daemonSets'],
    basis: 'observed',
    skipWhen: ({ installation }) =>
      installation === undefined ? 'no MetalLB was found' : undefined,
    run: (facts) => {
      const speaker = speakerOf(facts);
      const now = facts.takenAt;
      const all =
        speaker === undefined ? [] : troubledPods(speaker, kind, now).filter((each) => means(each));
      const [first] = all;
      if (speaker === undefined || first === undefined) {
        return [];
      }
      const told = tell({ speaker, first, all, now });
      return [
        {
          cause,
          severity: severityOfPods(speaker, now),
          affects: [],
          ...told,
          details: [...told.details, ...leftLines(speaker, now)],
        },
      ];
    },
  });
}
