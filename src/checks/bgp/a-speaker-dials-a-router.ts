import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPFacts, type BGPWay, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { listed } from '../models/bgp/listed.ts';
import { sendingsAtWork, sendingsOf } from '../models/bgp/sessions.ts';
import { speakerOn } from '../models/announcing/speaker-on.ts';
import { placementLines } from '../models/programs/placement.ts';
import { speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';

/** Peers choose nodes by labels, and speakers run where taints let them: the two may never meet. */
export const aSpeakerDialsARouter = bgpCheck({
  id: 'MLB-B21',
  asks: 'Does a speaker work on a node that dials a router for the address?',
  causes: ['no-speaker-where-advertised'],
  link: 'announced',
  run: (way, facts) => {
    const nodes = sendingsOf(way).map(({ node }) => node);
    return nodes.length === 0 || sendingsAtWork(way, facts).length > 0
      ? []
      : [findingOf(way, nodes.toSorted(), facts)];
  },
});

function findingOf(way: BGPWay, nodes: readonly string[], facts: BGPFacts): Omit<Found, 'affects'> {
  const about = refOf(way.service);
  const speaker = speakerOf(facts);
  const template = speaker?.workload?.spec.template;
  return {
    cause: 'no-speaker-where-advertised',
    severity: severityOn(way),
    about,
    says: `only ${listed(nodes)} ${nodes.length === 1 ? 'dials' : 'dial'} a router for ${addressesIn(way.service).join(', ')}, and no speaker works there`,
    details: [
      ...nodes.slice(0, 4).map((node) => `${node}: ${stateText(node, facts)}`),
      ...(template === undefined ? [] : placementLines(template)),
      ...otherWayLines(way),
    ],
    because: [
      workedOut(about, 'metallb/speaker: syncPeers', `no speaker works on ${listed(nodes)}`),
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

function stateText(node: string, facts: BGPFacts): string {
  return speakerOn(node, facts).state === 'absent' ? 'no speaker' : 'its speaker does not run';
}
