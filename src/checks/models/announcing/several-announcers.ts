import { remembered, type Facts } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { isAtLeast } from '../../../core/metallb/releases.ts';
import { type Claim, type ClaimFacts, claimsOn } from './claims.ts';
import { type Dispute, disputesOver } from './disputes.ts';
import { servicesInLayer2 } from './in-layer2.ts';
import { runsSince, speakerOn } from './speaker-on.ts';
import type { AnnouncingFacts } from './speakers-at-work.ts';
import { standingClaims } from './standing.ts';

/** A Service that live speakers of more than one node hold for their own. */
export interface SeveralAnnouncers {
  readonly service: Service;
  readonly nodes: readonly string[];
  readonly claims: readonly Claim[];
  readonly disputes: readonly Dispute[];
}

type SeveralFacts = AnnouncingFacts & Facts<'services'> & ClaimFacts;

/** All of them, looked for without an election: what only may be left over from another time does not count. */
export const severalAnnouncers = remembered((facts: SeveralFacts): readonly SeveralAnnouncers[] =>
  servicesInLayer2(facts)
    .map((service) => heldBySeveral(service, facts))
    .filter(({ nodes }) => nodes.length > 1),
);

function heldBySeveral(service: Service, facts: SeveralFacts): SeveralAnnouncers {
  const all = claimsOn(service, facts);
  const claims =
    new Set(all.map(({ node }) => node)).size < 2
      ? []
      : standingClaims(all, facts).filter(
          (claim) =>
            claim.protocol === 'layer2' &&
            !isBefore(claim, service.metadata.creationTimestamp) &&
            !mayBeLeftOver(claim, facts),
        );
  const disputes = leavesNothing(facts) ? disputesOver(service, facts) : [];
  const nodes = [...new Set([...claims, ...disputes].map(({ node }) => node))].toSorted();
  return { service, nodes, claims, disputes };
}

/**
 * Before v0.16.0 nobody takes away what a speaker left behind, and after a hard kill it stays without harm (#2705). A
 * silent node may be dead, and the lines on a shared address may be about another Service.
 */
function mayBeLeftOver(claim: Claim, facts: SeveralFacts): boolean {
  const { by, node, endIsLeftOut } = claim;
  const { state, pod } = speakerOn(node, facts);
  const since = runsSince(pod);
  return (
    state !== 'running' ||
    endIsLeftOut === true ||
    (by === 'status' && (isBefore(claim, since) || !leavesNothing(facts)))
  );
}

/** Addresses are given anew, and logs name nothing else. */
function isBefore({ at }: Claim, time: string | undefined): boolean {
  return time !== undefined && !(Date.parse(at ?? '') >= Date.parse(time));
}

function leavesNothing({ installation }: SeveralFacts): boolean {
  return isAtLeast(installation?.speakerVersion, 'v0.16.0');
}
