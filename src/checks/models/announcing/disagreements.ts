import type { Announcing } from './announcing.ts';
import type { Claim } from './claims.ts';
import type { SpeakerFacts } from './speaker-on.ts';
import { standingClaims } from './standing.ts';

/** Where what is said of the announcers differs from what MetalLB's rules come to; `claims` is who says so. */
export type Disagreement =
  /** Layer 2: live speakers of several nodes each say that they announce it. */
  | {
      readonly kind: 'several-announcers';
      readonly nodes: readonly string[];
      readonly claims: readonly Claim[];
    }
  /** Layer 2: one does, and it is not the one that should. */
  | {
      readonly kind: 'other-announcer';
      readonly predicted: string;
      readonly node: string;
      readonly claims: readonly Claim[];
    }
  /** Layer 2: one does although nobody should. */
  | {
      readonly kind: 'unforeseen-announcer';
      readonly node: string;
      readonly claims: readonly Claim[];
    }
  /** The one that should says that it ceased to, and nobody else says anything. */
  | {
      readonly kind: 'withdrawn';
      readonly predicted: string;
      readonly reason: string | undefined;
      readonly claims: readonly Claim[];
    }
  /** BGP: nodes that say they advertise and should not. */
  | {
      readonly kind: 'unforeseen-advertisers';
      readonly nodes: readonly string[];
      readonly claims: readonly Claim[];
    };

/**
 * Compares who should announce with who says so. Nothing is made of silence: events live for an hour, and two speakers
 * that dispute a Service delete each other's status (v0.16.1). Where the prediction is open only what it excludes counts.
 */
export function disagreements(
  predicted: Announcing,
  claims: readonly Claim[],
  facts: SpeakerFacts,
): readonly Disagreement[] {
  const standing = standingClaims(claims, facts);
  const layer2 = standing.filter(({ protocol }) => protocol === 'layer2');
  const bgp = standing.filter(({ protocol }) => protocol === 'bgp');
  return [
    ...inLayer2(predicted, layer2),
    ...inBGP(predicted, bgp),
    ...taken(predicted, claims, standing),
  ];
}

function inLayer2(predicted: Announcing, claims: readonly Claim[]): readonly Disagreement[] {
  const nodes = [...new Set(claims.map(({ node }) => node))].toSorted();
  const [node] = nodes;
  if (node === undefined || predicted.speakers.loaded.length === 0) {
    return [];
  }
  if (nodes.length > 1) {
    return [{ kind: 'several-announcers', nodes, claims }];
  }
  const { announcer, mute, mayAnnounce } = predicted;
  const foreseen = [announcer, mute?.node, ...mayAnnounce];
  if (foreseen.includes(node)) {
    return [];
  }
  const elected = announcer ?? mute?.node;
  return elected === undefined
    ? [{ kind: 'unforeseen-announcer', node, claims }]
    : [{ kind: 'other-announcer', predicted: elected, node, claims }];
}

function inBGP(
  { advertisers, mayAdvertise, speakers }: Announcing,
  claims: readonly Claim[],
): readonly Disagreement[] {
  const foreseen = new Set([...advertisers, ...mayAdvertise]);
  const others = claims.filter(({ node }) => !foreseen.has(node));
  const nodes = [...new Set(others.map(({ node }) => node))].toSorted();
  return nodes.length === 0 || speakers.loaded.length === 0
    ? []
    : [{ kind: 'unforeseen-advertisers', nodes, claims: others }];
}

/** Only logs tell of a withdrawal, and the newest word of the node must be it. */
function taken(
  { announcer, isCertain }: Announcing,
  claims: readonly Claim[],
  standing: readonly Claim[],
): readonly Disagreement[] {
  const last = claims.find(({ node, by }) => node === announcer && by === 'log');
  return announcer === undefined ||
    !isCertain ||
    last === undefined ||
    last.announces ||
    standing.some(({ protocol }) => protocol === 'layer2')
    ? []
    : [{ kind: 'withdrawn', predicted: announcer, reason: last.reason, claims: [last] }];
}
