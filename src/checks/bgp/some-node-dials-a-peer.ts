import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { BGPAdvertisement, BGPPeer, LabelSelector } from '../../core/facts/kube-objects.ts';
import { selectedNodes } from '../../core/metallb/configuration/selected-nodes.ts';
import type { DiallingFacts } from '../models/bgp/dialling.ts';
import { diallingCheck } from '../models/bgp/dialling-check.ts';
import { advertisementName } from '../models/configuration/advertisements.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { someOf } from '../../core/facts/in-words.ts';

type Selecting = {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly nodeSelectors: readonly LabelSelector[] };
};

/** A node advertises only what an advertisement wants there, and only to the peers that want that node. */
export const someNodeDialsAPeer = diallingCheck({
  id: 'MLB-B03',
  asks: 'Does a node that is to advertise the pool dial a router?',
  causes: ['bgp-peer-not-dialled', 'advertisement-selects-nothing'],
  tell: ({ pool, advertisements, heardBy, nodes }, facts) => {
    const [peer] = heardBy;
    const [advertisement] = advertisements;
    if (peer === undefined || advertisement === undefined || nodes.length > 0) {
      return undefined;
    }
    const name = pool.metadata.name;
    const isAdvertised = advertisements.some((each) => nodesOf(each, facts).length > 0);
    const isDialled = heardBy.some((each) => nodesOf(each, facts).length > 0);
    const guilty = isAdvertised ? peer : advertisement;
    const about = refOf(guilty);
    const rest = {
      about,
      details: [...advertisements, ...heardBy].map(
        (each) => `${each.kind} ${nodesText(each, facts)}`,
      ),
      because: [
        workedOut(
          about,
          'metallb/speaker: syncPeers',
          `no node is selected by both for pool ${name}`,
        ),
      ],
      suggests: remediesFor(guilty),
    };
    if (!isAdvertised) {
      return {
        cause: 'advertisement-selects-nothing',
        says: `the nodeSelectors of ${someOf(advertisements.map(advertisementName).toSorted())} match no node, so nobody advertises pool ${name} by BGP`,
        ...rest,
      };
    }
    return {
      cause: 'bgp-peer-not-dialled',
      says: isDialled
        ? `no node that is to advertise pool ${name} dials a router: advertisement and BGPPeer select different nodes`
        : `no node matches the nodeSelectors of ${peersText(heardBy)}, so nobody tells a router of pool ${name}`,
      ...rest,
    };
  },
});

function remediesFor({ kind, metadata }: BGPPeer | BGPAdvertisement): readonly Remedy[] {
  return [
    {
      says: 'see which labels the nodes have',
      command: 'kubectl get nodes --show-labels',
      mutates: false,
    },
    {
      says: 'correct its nodeSelectors, or take them out: then they are all nodes',
      command: kubectl`-n ${metadata.namespace ?? 'metallb-system'} edit ${kind.toLowerCase()} ${metadata.name}`,
      mutates: true,
    },
  ];
}

function peersText(peers: readonly Selecting[]): string {
  return someOf(peers.map(({ metadata }) => metadata.name).toSorted());
}

function nodesOf({ spec }: Selecting, { nodes }: DiallingFacts): readonly string[] {
  return [...selectedNodes(nodes, spec.nodeSelectors)].toSorted();
}

function nodesText(each: Selecting, facts: DiallingFacts): string {
  const names = nodesOf(each, facts);
  return `${each.metadata.name}: ${names.length === 0 ? 'no node' : someOf(names)}`;
}
