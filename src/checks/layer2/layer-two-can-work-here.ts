import { type Found } from '../../core/diagnosis/check.ts';
import type { Node } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { type Layer2Scene } from '../models/layer2/scene.ts';
import { clouds, filteringHosts } from '../models/layer2/infrastructure.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** Clouds have no segment on which a node could answer for an address that is not its own. */
export const layerTwoCanWorkHere = layer2Check({
  id: 'MLB-L19',
  asks: 'Can layer 2 work where the nodes are?',
  causes: ['layer2-in-a-cloud', 'anti-spoofing-suspected'],
  link: 'elsewhere',
  basis: 'inferred',
  run: (scene, facts) => {
    const announcer = scene.announcing.announcer;
    const node = facts.nodes.find(({ metadata }) => metadata.name === announcer);
    if (node === undefined) {
      return [];
    }
    const scheme = schemeOf(node);
    const cloud = clouds.get(scheme);
    const host = filteringHosts.get(scheme);
    return [
      ...(cloud === undefined ? [] : [inCloud(scene, node, cloud)]),
      ...(host === undefined ? [] : [filtered(scene, node, host)]),
    ];
  },
});

function schemeOf({ spec }: Node): string {
  return /^([a-z0-9-]+):/.exec(spec.providerID ?? '')?.[1] ?? '';
}

function common({ service }: Layer2Scene, node: Node) {
  return {
    about: refOf(node),
    affects: [refOf(service)],
    because: [seenField(refOf(node), 'spec.providerID', node.spec.providerID ?? '')],
  };
}

function inCloud(scene: Layer2Scene, node: Node, cloud: string): Found {
  return {
    ...common(scene, node),
    cause: 'layer2-in-a-cloud',
    severity: 'warning',
    says: `the nodes are machines of ${cloud}, whose network does not carry answers for addresses that are not their own`,
    details: [
      'its network is routed by what the cloud knows of each machine; ARP answers and gratuitous ones are ignored',
    ],
    doubts: [
      'the address was assigned to the machine in the cloud, or the nodes have a network of their own',
    ],
    suggests: [
      {
        says: `use the load balancer of ${cloud}, or have the address routed to the node there`,
        command: 'kubectl get nodes -o wide',
        mutates: false,
      },
    ],
  };
}

function filtered(
  scene: Layer2Scene,
  node: Node,
  {
    name,
    filter,
    mends,
  }: { readonly name: string; readonly filter: string; readonly mends: string },
): Found {
  return {
    ...common(scene, node),
    cause: 'anti-spoofing-suspected',
    severity: 'info',
    says: `the nodes are machines of ${name}: ${filter} may drop what they send for an address that is not their own`,
    details: [
      'to be sure: listen for ARP on the node and on another host at the same time; an answer that leaves the node and never arrives was dropped between',
    ],
    doubts: ['it was allowed for these machines already'],
    suggests: [
      { says: mends, mutates: false },
      {
        says: 'see on the node whether it is asked and answers',
        command: `tcpdump -eni any arp`,
        mutates: false,
      },
    ],
  };
}
