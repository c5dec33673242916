import { type Check, defineCheck, type Found } from '../../../core/diagnosis/check.ts';
import type { Basis } from '../../../core/diagnosis/confidence.ts';
import type { CauseId, CheckId } from '../../../core/facts/finding.ts';
import type { PathQuestion } from '../../../core/facts/path.ts';
import { refOf } from '../references.ts';
import { type BGPFacts, type BGPWay, bgpHelps, bgpNeeds, bgpWayOf, kindsOfBGP } from './bgp-way.ts';

/** One question about the way of an address by BGP. */
export interface BGPQuestion {
  readonly id: CheckId;
  readonly asks: string;
  readonly causes: readonly CauseId[];
  readonly link: PathQuestion;
  readonly basis?: Basis;
  /** Why it does not arise on this way. */
  readonly skip?: (way: BGPWay, facts: BGPFacts) => string | undefined;
  /** Kinds that this cluster turns into needs, beside those that make the configuration. */
  readonly alsoNeeds?: (way: BGPWay, facts: BGPFacts) => readonly (typeof bgpHelps)[number][];
  /** Whom a finding affects is added: it is the Service asked about. */
  readonly run: (way: BGPWay, facts: BGPFacts) => readonly Omit<Found, 'affects'>[];
}

/** A check that is asked of a Service with an address that BGP is to advertise. */
export function bgpCheck({ run, skip, alsoNeeds, ...question }: BGPQuestion): Check {
  return defineCheck({
    ...question,
    symptoms: ['no-traffic'],
    needs: bgpNeeds,
    helps: bgpHelps,
    enoughInNamespace: ['endpointSlices'],
    skipWhen: (facts, subject) => {
      const way = bgpWayOf(facts, subject);
      return typeof way === 'string' ? way : skip?.(way, facts);
    },
    alsoNeeds: (facts, subject) => {
      const way = bgpWayOf(facts, subject);
      return typeof way === 'string'
        ? []
        : [...kindsOfBGP(facts), ...(alsoNeeds?.(way, facts) ?? [])];
    },
    run: (facts, subject) => {
      const way = bgpWayOf(facts, subject);
      return typeof way === 'string'
        ? []
        : run(way, facts).map((found) => ({ ...found, affects: [refOf(way.service)] }));
    },
  });
}
