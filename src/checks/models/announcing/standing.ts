import type { Service } from '../../../core/facts/kube-objects.ts';
import { claimsOn, type Claim, type ClaimFacts } from './claims.ts';
import { speakerOn, runsSince, type SpeakerFacts } from './speaker-on.ts';

/** Why a word about an announcer counts no longer; undefined while it does. */
export function staleness(claim: Claim, facts: SpeakerFacts): string | undefined {
  const { node, by, at, writer } = claim;
  const { state, pod } = speakerOn(node, facts);
  if (!facts.nodes.some(({ metadata }) => metadata.name === node)) {
    return `node ${node} is gone`;
  }
  switch (state) {
    case 'absent':
      return `no speaker is on ${node} any more`;
    case 'not-running':
      return `the speaker on ${node} does not run`;
    case 'silent':
    case 'leaving':
    case 'running':
      break;
  }
  if (by === 'status') {
    const isOrphan = writer !== undefined && pod.metadata.uid !== undefined;
    return isOrphan && writer !== pod.metadata.uid
      ? `the speaker that wrote it is gone; another one runs on ${node}`
      : undefined;
  }
  return isPrevious(claim) || isBefore(at, runsSince(pod))
    ? `the speaker on ${node} was started anew since`
    : undefined;
}

/**
 * The words that hold now, among all that was said of one Service, newest first: those of live speakers that nobody took back. Speakers
 * write a withdrawal only when they announce by no protocol any more, and no event tells of one (v0.14 to v0.16), so a
 * later announcer in layer 2 ends what an earlier one said.
 */
export function standingClaims(claims: readonly Claim[], facts: SpeakerFacts): readonly Claim[] {
  return claims.filter(
    (claim, index) =>
      claim.announces &&
      staleness(claim, facts) === undefined &&
      !sayings(claims, index).some((other) => takesBack(other, claim)) &&
      !(
        (endsUntold(claim, claims) || isOfSilentNode(claim, facts)) &&
        claims.some((other) => comesAfter(other, claim))
      ),
  );
}

/**
 * The words of speakers that run for certain, said since they were started: a status may be left of an earlier start in the
 * same pod, and nobody tells whether it was taken up again.
 */
export function surelyStanding(
  service: Service,
  facts: ClaimFacts & SpeakerFacts,
): readonly Claim[] {
  return standingClaims(claimsOn(service, facts), facts).filter(({ node, at }) => {
    const { state, pod } = speakerOn(node, facts);
    return state === 'running' && !isBefore(at, runsSince(pod));
  });
}

/** What may take back this word: times are whole seconds, of lines of one second the last in the log counts. */
function sayings(claims: readonly Claim[], index: number): readonly Claim[] {
  return claims[index]?.by === 'log' ? claims.slice(0, index) : claims;
}

/** The speaker's own word, later, that it announces the Service by no protocol; in the same instant it counts too. */
function takesBack(other: Claim, claim: Claim): boolean {
  return (
    !other.announces &&
    other.node === claim.node &&
    !isBefore(other.at, claim.at) &&
    (claim.by !== 'status' || other.at !== undefined)
  );
}

/** True when the end of what it says might not have been written anywhere. */
function endsUntold(claim: Claim, claims: readonly Claim[]): boolean {
  const { protocol, by, node, endIsLeftOut } = claim;
  const isAlsoBGP = claims.some((each) => each.node === node && each.protocol === 'bgp');
  const mayEndUnheard = isAlsoBGP || endIsLeftOut === true;
  return protocol === 'layer2' && (by === 'event' || (by === 'log' && mayEndUnheard));
}

/** A node that no longer reports cannot tell that its speaker is dead, and who announces after it has taken over. */
function isOfSilentNode({ protocol, node }: Claim, facts: SpeakerFacts): boolean {
  return protocol === 'layer2' && speakerOn(node, facts).state === 'silent';
}

function comesAfter(other: Claim, claim: Claim): boolean {
  return (
    other.announces &&
    other.protocol === 'layer2' &&
    other.node !== claim.node &&
    isBefore(claim.at, other.at)
  );
}

function isPrevious({ evidence: { source } }: Claim): boolean {
  return source.kind === 'log' && source.previous;
}

/** To the second, which is all that events tell. */
function isBefore(one: string | undefined, other: string | undefined): boolean {
  const [left, right] = [one, other].map((time) => Math.floor(Date.parse(time ?? '') / 1_000));
  return left !== undefined && right !== undefined && left < right;
}
