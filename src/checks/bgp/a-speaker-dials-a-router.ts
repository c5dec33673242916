import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { selectedNodes } from '../../core/metallb/configuration/selected-nodes.ts';
import { isLocal } from '../../core/metallb/election/serving.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPFacts, type BGPWay, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { advertisingNodes } from '../models/bgp/decisions.ts';
import { sendingsAtWork, sendingsOf } from '../models/bgp/sessions.ts';
import { speakerOn } from '../models/announcing/speaker-on.ts';
import { placementLines } from '../models/programs/placement.ts';
import { taintLines } from '../models/programs/taints.ts';
import { speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Peers choose nodes by labels, and speakers run where taints let them: the two may never meet. */
export const aSpeakerDialsARouter = bgpCheck({
  id: 'MLB-B21',
  asks: 'Does a speaker work on a node that dials a router for the address?',
  causes: ['no-speaker-where-advertised', 'bgp-peer-not-dialled'],
  link: 'announced',
  run: (way, facts) => {
    const nodes = sendingsOf(way).map(({ node }) => node);
    if (nodes.length === 0) {
      return undialled(way, facts);
    }
    return sendingsAtWork(way, facts).length > 0 ? [] : [findingOf(way, nodes.toSorted(), facts)];
  },
});

/** Others dial for the pool (else MLB-B03 says it), and policy Local lets only these nodes advertise. */
function undialled(way: BGPWay, facts: BGPFacts): readonly Omit<Found, 'affects'>[] {
  const advertising = advertisingNodes(way);
  const met = meetingsOf(way, facts);
  const [first] = met;
  if (advertising.length === 0 || first === undefined) {
    return [];
  }
  const { namespace = 'metallb-system', name } = first.peer.metadata;
  const others = [...new Set(met.map(({ node }) => node))].toSorted();
  const about = refOf(way.service);
  const nodes = someOf(advertising);
  return [
    {
      cause: 'bgp-peer-not-dialled',
      severity: severityOn(way),
      about,
      says: `only ${nodes} may advertise ${addressesIn(way.service).join(', ')}, and no BGPPeer selects ${advertising.length === 1 ? 'it' : 'them'}`,
      details: [
        `${someOf(others)} ${others.length === 1 ? 'dials' : 'dial'} a router for its pool, and may not advertise it`,
        ...(isLocal(way.service)
          ? [
              'with externalTrafficPolicy: Local only nodes with an endpoint of their own advertise it',
            ]
          : []),
        ...otherWayLines(way),
      ],
      because: [workedOut(about, 'metallb/speaker: syncPeers', `no BGPPeer selects ${nodes}`)],
      suggests: [
        {
          says: 'let the BGPPeer select the nodes of the endpoints, or let the pods run where a router is dialled',
          command: kubectl`-n ${namespace} edit bgppeer ${name}`,
          mutates: true,
        },
      ],
    },
  ];
}

function findingOf(way: BGPWay, nodes: readonly string[], facts: BGPFacts): Omit<Found, 'affects'> {
  const about = refOf(way.service);
  const speaker = speakerOf(facts);
  const template = speaker?.workload?.spec.template;
  return {
    cause: 'no-speaker-where-advertised',
    severity: severityOn(way),
    about,
    says: `only ${someOf(nodes)} ${nodes.length === 1 ? 'dials' : 'dial'} a router for ${addressesIn(way.service).join(', ')}, and no speaker works there`,
    details: [
      ...nodes.slice(0, 4).map((node) => `${node}: ${stateText(node, facts)}`),
      ...(template === undefined
        ? []
        : [...taintLines(nodes.slice(0, 4), template, facts.nodes), ...placementLines(template)]),
      ...otherWayLines(way),
    ],
    because: [
      workedOut(about, 'metallb/speaker: syncPeers', `no speaker works on ${someOf(nodes)}`),
    ],
    suggests: [
      {
        says: 'let the speakers run there (taints, node selector), or let the BGPPeer select nodes that have one',
        command: kubectl`-n ${speaker?.namespace ?? 'metallb-system'} get pods -o wide`,
        mutates: false,
      },
    ],
  };
}

/** The nodes where an advertisement of its pool meets a BGPPeer that is to hear of it. */
function meetingsOf({ advertisements, peers }: BGPWay, { nodes }: BGPFacts) {
  return advertisements.flatMap(({ spec }) => {
    const wanted = selectedNodes(nodes, spec.nodeSelectors);
    return peers
      .filter(({ metadata }) => spec.peers.length === 0 || spec.peers.includes(metadata.name))
      .flatMap((peer) =>
        [...selectedNodes(nodes, peer.spec.nodeSelectors)]
          .filter((node) => wanted.has(node))
          .map((node) => ({ peer, node })),
      );
  });
}

function stateText(node: string, facts: BGPFacts): string {
  return speakerOn(node, facts).state === 'absent' ? 'no speaker' : 'its speaker does not run';
}
