import type { BGPPeer } from '../../facts/kube-objects.ts';
import type { ConfigurationProblem, ConfigurationRule } from '../configuration.ts';
import { pairsOf, problemOf } from './problem.ts';
import { selectedNodes, share } from './selected-nodes.ts';
import type { SpeakerInput } from './speaker-input.ts';
import type { SpeakerRules } from './speaker-rules.ts';
import { unreadableNodeSelectors } from './unreadable-node-selectors.ts';

interface Conflict {
  readonly rule: ConfigurationRule;
  readonly field: string;
  readonly says: (peer: BGPPeer, other: BGPPeer) => string;
}

type Pair = readonly [BGPPeer, BGPPeer];

/** What FRR cannot hold together in one router: one FRR runs on each node, for all peers that select the node. */
export function frrModeProblems(
  { bgpPeers, nodes }: SpeakerInput,
  rules: SpeakerRules,
): readonly ConfigurationProblem[] {
  const known = nodes.length === 0 ? [] : bgpPeers;
  const dialling = new Map(
    known.map((peer) => [peer, selectedNodes(nodes, peer.spec.nodeSelectors)]),
  );
  const conflicts = pairsOf(bgpPeers).flatMap((pair) => {
    const found = conflictsOf(pair, rules);
    return found.length === 0 || (rules.judgesOwnNodeOnly && !meet(pair, dialling))
      ? []
      : found.map((conflict) => problemAbout(pair, conflict));
  });
  // to tell which peers meet, their selectors are read here already
  const looksAtSelectors = rules.judgesOwnNodeOnly && known.length > 1;
  return [...conflicts, ...(looksAtSelectors ? unreadableNodeSelectors(bgpPeers) : [])];
}

function problemAbout([peer, other]: Pair, { rule, field, says }: Conflict): ConfigurationProblem {
  const message = says(other, peer);
  const alsoSaid = [says(peer, other)].filter((text) => text !== message);
  return problemOf(other, { other: peer, rule, entry: field, message, alsoSaid });
}

/** With no nodes known any two peers may meet. */
function meet([peer, other]: Pair, dialling: ReadonlyMap<BGPPeer, ReadonlySet<string>>): boolean {
  const [one, two] = [dialling.get(peer), dialling.get(other)];
  return one === undefined || two === undefined || share(one, two);
}

function conflictsOf([{ spec }, { spec: other }]: Pair, rules: SpeakerRules): readonly Conflict[] {
  const texts = rules.judgesOwnNodeOnly ? perNode : everywhere;
  const found = [
    spec.routerID === other.routerID ? [] : [texts.routerID],
    keyOf(spec) === keyOf(other) ? [texts.duplicate] : [],
    (spec.myASN ?? 0) !== (other.myASN ?? 0) && spec.vrf === other.vrf ? [texts.myASN] : [],
  ].flat();
  return rules.judgesOwnNodeOnly ? found.slice(0, 1) : found;
}

function keyOf(spec: BGPPeer['spec']): string {
  return `${spec.peerAddress ?? spec.interface ?? ''}-${spec.vrf ?? ''}`;
}

/** Up to v0.15.x: held against all peers of the cluster. */
const everywhere = {
  routerID: {
    rule: 'router-ids-differ',
    field: 'routerID',
    says: (peer, other) =>
      `peer ${peer.spec.routerID ?? ''} has RouterID different from ${other.spec.routerID ?? ''}, ` +
      'in FRR mode all RouterID must be equal',
  },
  duplicate: {
    rule: 'duplicate-peer',
    field: 'peerAddress',
    says: (peer) =>
      `peer ${peer.spec.peerAddress ?? ''} already exists, FRR mode doesn't support duplicate BGPPeers`,
  },
  myASN: {
    rule: 'local-asns-differ',
    field: 'myASN',
    says: (peer, other) =>
      `peer ${peer.spec.peerAddress ?? ''} has myAsn different from ${other.spec.peerAddress ?? ''}, ` +
      'in FRR mode all myAsn must be equal for the same VRF',
  },
} as const satisfies Record<string, Conflict>;

/** From v0.16.0 on: held against peers that meet on a node. */
const perNode = {
  routerID: {
    rule: 'router-ids-differ',
    field: 'routerID',
    says: (peer, other) =>
      `peer ${peer.spec.routerID ?? ''} has RouterID different from ${other.spec.routerID ?? ''}, ` +
      'in FRR mode peers selecting the same node must all have the same RouterID',
  },
  duplicate: {
    rule: 'duplicate-peer',
    field: 'peerAddress',
    says: (peer) =>
      `peer ${nameInFrr(peer)} already exists, FRR mode doesn't support duplicate BGPPeers selecting the same node`,
  },
  myASN: {
    rule: 'local-asns-differ',
    field: 'myASN',
    says: (peer, other) =>
      `peer ${nameInFrr(peer)} has myAsn different from ${nameInFrr(other)}, ` +
      'in FRR mode peers selecting the same node must have the same myAsn within the same VRF',
  },
} as const satisfies Record<string, Conflict>;

function nameInFrr({ spec }: BGPPeer): string {
  const address = spec.peerAddress ?? spec.interface ?? '';
  return spec.vrf === undefined ? address : `${address}-${spec.vrf}`;
}
