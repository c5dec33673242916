import {
  type Check,
  defineCheck,
  type Found,
  type Subject,
} from '../../../core/diagnosis/check.ts';
import type { CauseId, CheckId, Severity } from '../../../core/facts/finding.ts';
import { refOf } from '../references.ts';
import { addressesIn, keyOfService } from '../services.ts';
import {
  type Dialling,
  diallingHelps,
  diallingNeeds,
  diallingsOf,
  type DiallingFacts,
} from './dialling.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** One question about to whom pools are advertised. */
export interface DiallingQuestion {
  readonly id: CheckId;
  readonly asks: string;
  readonly causes: readonly CauseId[];
  /** What is wrong with a pool; undefined when nothing is. Severity and whom it affects are added. */
  readonly tell: (
    dialling: Dialling,
    facts: DiallingFacts,
  ) => Omit<Found, 'severity' | 'affects'> | undefined;
}

/** A check on all pools that BGP is to advertise, or on those of one Service. */
export function diallingCheck({ id, asks, causes, tell }: DiallingQuestion): Check {
  return defineCheck({
    id,
    asks,
    symptoms: ['health', 'no-traffic'],
    causes,
    link: 'advertised',
    needs: diallingNeeds,
    helps: diallingHelps,
    alsoNeeds: ({ bgpPeers }) => (bgpPeers.state === 'absent' ? [] : ['bgpPeers']),
    skipWhen: (facts, subject) => {
      if (facts.installation === undefined) {
        return 'no MetalLB was found';
      }
      if (subject !== undefined && addressesIn(subject).length === 0) {
        return 'the Service has no address';
      }
      return diallingsOf(facts, subject).length === 0
        ? 'no BGPAdvertisement selects a pool that matters here'
        : undefined;
    },
    run: (facts, subject) =>
      diallingsOf(facts, subject).flatMap((dialling) => {
        const told = tell(dialling, facts);
        return told === undefined
          ? []
          : [
              {
                severity: severityOf(dialling, subject),
                affects: subject === undefined ? dialling.holders.map(refOf) : [refOf(subject)],
                ...told,
                details: [...told.details, ...costLines(dialling)],
              },
            ];
      }),
  });
}

/** Without BGP a pool that layer 2 announces too is still reached from its own segment. */
function severityOf({ isInLayer2, holders }: Dialling, subject: Subject): Severity {
  return isInLayer2 || (subject === undefined && holders.length === 0) ? 'warning' : 'error';
}

function costLines({ isInLayer2, holders }: Dialling): readonly string[] {
  const who = holders.map(keyOfService).toSorted();
  return [
    ...(isInLayer2
      ? ['an L2Advertisement selects the pool too: whoever is in that segment reaches it']
      : []),
    ...(who.length === 0 ? [] : [`addresses of it: ${someOf(who)}`]),
  ];
}
