import type { Service } from '../../../core/facts/kube-objects.ts';
import { claimsOn, type Claim, type ClaimFacts } from './claims.ts';
import { runsSince, speakerOn, type SpeakerFacts } from './speaker-on.ts';

/** Who says that it announces the Service: by the speaker that runs now, and not withdrawn since. */
export function standingClaimsOn(
  service: Service,
  facts: ClaimFacts & SpeakerFacts,
): readonly Claim[] {
  const claims = claimsOn(service, facts);
  return claims.filter(
    (claim) => claim.announces && isOfThisRun(claim, facts) && !isWithdrawn(claim, claims),
  );
}

/** What was said before the speaker started was said by another. */
function isOfThisRun(claim: Claim, facts: SpeakerFacts): boolean {
  const { state, pod } = speakerOn(claim.node, facts);
  const since = runsSince(pod);
  return state === 'running' && (since === undefined || timeOf(claim) >= Date.parse(since));
}

/** Times are whole seconds: of lines of one second the last in the log counts. */
function isWithdrawn(claim: Claim, claims: readonly Claim[]): boolean {
  const lines = claims.filter(
    ({ by, node, protocol }) => by === 'log' && node === claim.node && protocol === claim.protocol,
  );
  const newest = Math.max(...lines.map(timeOf));
  const last = lines.findLast((line) => timeOf(line) === newest);
  return last !== undefined && !last.announces && newest >= timeOf(claim);
}

function timeOf({ at }: Claim): number {
  return Date.parse(at ?? '') || 0;
}
