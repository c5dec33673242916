import type { Facts } from '../../core/diagnosis/facts.ts';
import { announcingOf } from '../models/announcing/announcing.ts';
import type { AtAGlance } from '../models/announcing/at-a-glance.ts';
import { bgpClaimsOn, type Claim, type ClaimFacts, claimsOn } from '../models/announcing/claims.ts';
import { disagreements } from '../models/announcing/disagreements.ts';
import type { AnnouncingFacts } from '../models/announcing/speakers-at-work.ts';
import { disagreementText } from './disagreement-text.ts';

type SaidFacts = AnnouncingFacts & ClaimFacts & Facts<never, 'serviceBGPStatuses'>;

/**
 * Where what is said differs from what is computed, in sentences. That the elected node ceased is a hindrance of the
 * glance, and why nobody announces. Of many Services all words mostly agree, and then no decision is looked at again.
 */
export function disagreementsOn(glance: AtAGlance, facts: SaidFacts): readonly string[] {
  const { service } = glance;
  const claims = [...claimsOn(service, facts), ...bgpClaimsOn(service, facts)];
  if (claims.every((claim) => accords(claim, glance))) {
    return [];
  }
  const announcing = announcingOf(service, facts);
  return announcing === undefined
    ? []
    : disagreements(announcing, claims, facts)
        .filter(({ kind }) => kind !== 'withdrawn')
        .map(disagreementText);
}

function accords({ announces, protocol, node }: Claim, glance: AtAGlance): boolean {
  if (!announces) {
    return true;
  }
  return protocol === 'layer2'
    ? node === glance.layer2.announcer
    : glance.advertisers('ipv4').includes(node) || glance.advertisers('ipv6').includes(node);
}
