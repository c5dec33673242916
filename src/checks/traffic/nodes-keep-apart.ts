import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { plural, someOf } from '../../core/facts/in-words.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { noServedAddress } from '../models/one-service.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import {
  type Collision,
  collisionsAtMost,
  collisionsOf,
} from '../models/traffic/node-collisions.ts';

/** Nodes and pods are told apart by their addresses alone. */
export const nodesKeepApart = defineCheck({
  id: 'MLB-D22',
  asks: 'Has every node an address and a pod range of its own?',
  symptoms: ['health', 'no-traffic'],
  causes: ['node-networks-collide'],
  link: 'data-path',
  needs: ['nodes'],
  helps: [],
  basis: 'observed',
  skipWhen: (facts, subject) => {
    if (facts.installation === undefined) {
      return 'no MetalLB was found';
    }
    return subject === undefined ? undefined : noServedAddress(facts, subject);
  },
  run: ({ nodes }, subject) => {
    const collisions = collisionsOf(nodes);
    const [first] = collisions;
    return first === undefined ? [] : [finding(first, collisions, subject)];
  },
});

const shown = 4;

function finding(
  first: Collision,
  collisions: readonly Collision[],
  subject: Service | undefined,
): Found {
  const more = collisions.slice(1, shown).map(collisionText);
  const left = collisions.length - 1 - more.length;
  return {
    cause: 'node-networks-collide',
    severity: 'warning',
    about: { kind: 'Node', name: namesIn(first)[0] ?? '' },
    affects: subject === undefined ? [] : [refOf(subject)],
    says: collisionText(first),
    details: [
      ...more,
      ...(left === 0
        ? []
        : [
            `and ${collisions.length < collisionsAtMost ? '' : 'at least '}${plural(left, 'more collision')}`,
          ]),
      consequence(first),
    ],
    because: [
      ...new Map(
        collisions
          .slice(0, shown)
          .flatMap(evidenceOf)
          .map((each) => [each.id, each]),
      ).values(),
    ],
    doubts: [doubtOf(first)],
    suggests: remediesFor(first),
  };
}

function namesIn({ nodes }: Collision): readonly string[] {
  return nodes.map(({ metadata }) => metadata.name);
}

function collisionText(collision: Collision): string {
  const names = namesIn(collision);
  switch (collision.kind) {
    case 'address':
      return `nodes ${someOf(names)} have the same address, ${collision.address}`;
    case 'pod-range':
      return `the pod ranges of nodes ${someOf(names)} overlap: ${collision.ranges}`;
    case 'address-in-pod-range': {
      const [node, owner] = names;
      return `${collision.address}, the address of node ${node}, lies in the pod range ${collision.range} of ${node === owner ? 'that node' : `node ${owner}`}`;
    }
  }
}

function consequence({ kind }: Collision): string {
  switch (kind) {
    case 'address':
      return 'a node reaches the pods of another by its address, and speakers find one another by theirs: between these nodes neither works';
    case 'pod-range':
      return 'packets for pods of the one go to the other';
    case 'address-in-pod-range':
      return 'what lies in a pod range is taken for a pod: answers to such nodes, and to clients in that range, get lost';
  }
}

function doubtOf({ kind }: Collision): string {
  return kind === 'address'
    ? 'the network plugin goes by other addresses than InternalIP'
    : 'the network plugin has ranges of its own, and leaves those of the nodes unused';
}

function evidenceOf(collision: Collision): Found['because'] {
  return collision.nodes.map((node) =>
    collision.kind === 'address'
      ? seenField(refOf(node), 'status.addresses', collision.address)
      : seenField(refOf(node), 'spec.podCIDRs', node.spec.podCIDRs.join(', ')),
  );
}

function remediesFor({ kind }: Collision): readonly Remedy[] {
  return kind === 'address'
    ? [
        {
          says: 'see the addresses of the nodes',
          command: 'kubectl get nodes -o wide',
          mutates: false,
        },
        {
          says: 'start each kubelet with the address at which the other nodes reach it: --node-ip (k3s: node-ip in its config.yaml), and the network plugin on that interface',
          mutates: true,
        },
      ]
    : [
        {
          says: 'see the pod range of each node',
          command: kubectl`get nodes -o ${'custom-columns=NODE:.metadata.name,PODS:.spec.podCIDRs'}`,
          mutates: false,
        },
        {
          says: 'make the pod network anew in a range that nobody else uses; a node that shares the range of another: take it out of the cluster and let it join again',
          mutates: true,
        },
      ];
}
