import { joinSegment } from '../../testbed/network.ts';
import { eventually } from '../../testbed/waiting.ts';
import { configured, ended, filtered, filteredIn, flowing, silent, startedAgain } from './deeds.ts';
import { LAYER2_ADDRESS } from './ground.ts';
import type { Deed, MadeCause } from './made-cause.ts';
import { answeringMacs, answeringNode } from './scene.ts';

const allNodes = ['node1', 'node2', 'node3'];

/** Everything that comes for a port of the address is dropped before kube-proxy sees it. */
const blocked = [
  'table ip blocked {',
  'chain before { type filter hook prerouting priority -400;',
  `ip daddr ${LAYER2_ADDRESS} tcp dport 80 drop`,
  '}',
  '}\n',
].join('\n');

/** Else nodes would look for a neighbour with the address, and some seconds later say that there is none. */
const unforwarded = [
  'table ip unforwarded {',
  'chain between { type filter hook forward priority 0;',
  `ip daddr ${LAYER2_ADDRESS} drop`,
  '}',
  '}\n',
].join('\n');

/** A switch that lets no question about the address through. */
const deaf = [
  'table bridge deaf {',
  'chain between { type filter hook forward priority 0;',
  `arp daddr ip ${LAYER2_ADDRESS} drop`,
  '}',
  '}\n',
].join('\n');

/** What only shows on the wire: the cluster's own objects are all as they should be. */
export const wireCauses: readonly MadeCause[] = [
  {
    name: 'a filter of the nodes drops what comes for the port',
    everywhere: true,
    cause: 'port-unanswered',
    link: 'data-path',
    says: [LAYER2_ADDRESS, '80'],
    probes: true,
    made: [filtered(allNodes, blocked)],
    shown: [silent()],
    undone: [filtered(allNodes, 'delete table ip blocked\n')],
  },
  {
    name: 'another machine of the segment has the address too',
    everywhere: true,
    cause: 'address-answered-by-stranger',
    link: 'wire',
    says: [LAYER2_ADDRESS],
    probes: true,
    // It could be a second card of the elected node, unless a connection went to the stranger.
    code: 'either',
    made: [squatter],
    shown: [severalAnswer(2)],
    undone: [configured('rogue', 'link set eth0 down')],
  },
  {
    name: 'the switch keeps questions about the address from the nodes',
    cause: 'address-unanswered',
    link: 'wire',
    says: [LAYER2_ADDRESS, 'node1'],
    probes: true,
    made: [answeredBy('node1'), onSwitch(deaf)],
    shown: [silent()],
    undone: [onSwitch('delete table bridge deaf\n')],
  },
  {
    // on every node: which one is elected depends on how the speakers found together after earlier causes
    name: 'kube-proxy and its rules are gone',
    cause: 'port-unanswered',
    link: 'data-path',
    says: [LAYER2_ADDRESS],
    probes: true,
    made: [
      ...allNodes.map((node) => ended(`kube-proxy-${node}`)),
      filtered(allNodes, 'delete table ip kube-proxy\ndelete table ip6 kube-proxy\n'),
      filtered(allNodes, unforwarded),
    ],
    shown: [silent()],
    undone: [
      filtered(allNodes, 'delete table ip unforwarded\n'),
      ...allNodes.map((node) => startedAgain(`kube-proxy-${node}`)),
      flowing(),
    ],
  },
];

/** Speakers that were just started do not always see one another at once; then somebody else is elected. */
export function answeredBy(node: string): Deed {
  return async (scene) => {
    await eventually(`answers from ${node}`, async () =>
      (await answeringNode(scene)) === node ? true : undefined,
    );
  };
}

/** Waits until so many machines answer for the address. */
export function severalAnswer(count: number): Deed {
  return (scene) =>
    eventually(`answers of ${count} machines`, async () =>
      (await answeringMacs(scene)).size === count ? true : undefined,
    );
}

async function squatter({ lab }: Parameters<Deed>[0]): Promise<void> {
  const namespace = await lab.bed.addNamespace('rogue');
  await joinSegment(lab.segment.namespace, namespace, ['192.0.2.66/24', `${LAYER2_ADDRESS}/24`]);
}

function onSwitch(rules: string): Deed {
  return ({ lab }) => filteredIn(lab.segment.namespace, rules);
}
