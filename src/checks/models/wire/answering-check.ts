import { type Check, defineCheck, type Found } from '../../../core/diagnosis/check.ts';
import type { FactKey, Facts } from '../../../core/diagnosis/facts.ts';
import type { CauseId, CheckId } from '../../../core/facts/finding.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import {
  answeringFor,
  answeringHelps,
  answeringNeeds,
  type Answering,
  type AnsweringFacts,
  whyNotAnswered,
} from './elected.ts';

/** One question about who answers on the wire for the addresses of a Service. */
export interface AnsweringQuestion<H extends FactKey> {
  readonly id: CheckId;
  readonly asks: string;
  readonly causes: readonly CauseId[];
  /** Kinds that may add to it, besides those that decide who announces. */
  readonly alsoHelps?: readonly H[];
  readonly run: (
    service: Service,
    answering: Answering,
    facts: AnsweringFacts & Facts<never, H>,
  ) => readonly Found[];
}

/** A check that is asked where somebody looked at the addresses, and layer 2 is to announce them. */
export function answeringCheck<const H extends FactKey = never>({
  alsoHelps = [],
  run,
  ...question
}: AnsweringQuestion<H>): Check {
  return defineCheck({
    ...question,
    symptoms: ['no-traffic'],
    needs: answeringNeeds,
    helps: [...answeringHelps, ...alsoHelps],
    enoughInNamespace: ['endpointSlices'],
    link: 'wire',
    basis: 'observed',
    skipWhen: (facts, service) => whyNotAnswered(service, facts),
    run: (facts, service) => {
      const answering = answeringFor(service, facts);
      return service === undefined || answering === undefined ? [] : run(service, answering, facts);
    },
  });
}
