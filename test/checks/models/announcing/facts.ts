import {
  announcingHelps,
  announcingNeeds,
} from '../../../../src/checks/models/announcing/speakers-at-work.ts';
import type { Facts } from '../../../../src/core/diagnosis/facts.ts';
import { factsFrom, materialFrom } from '../../../../src/core/diagnosis/material.ts';
import type {
  Node,
  Pod,
  Service,
  ServiceL2Status,
} from '../../../../src/core/facts/kube-objects.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aPod } from '../../../builders/programs.ts';
import { aNode, anEvent, aPool, aSlice, home, named } from '../../../builders/some-objects.ts';

/** Everything the models of announcers ask for. */
export type Everything = Facts<
  (typeof announcingNeeds)[number],
  (typeof announcingHelps)[number] | 'serviceL2Statuses' | 'serviceBGPStatuses' | 'events'
>;

/** The facts of a built cluster. */
export function factsOf(builder: SnapshotBuilder): Everything {
  const helps = ['serviceL2Statuses', 'serviceBGPStatuses', 'events'] as const;
  return factsFrom(materialFrom(builder.build()), announcingNeeds, [...announcingHelps, ...helps]);
}

/** A Service whose address goes to n2, then n1, then n3 by hash. */
export const checkout: Service = aService('shop/checkout', { ip: '10.4.11.3' });

/** A healthy cluster of n1, n2 and n3 in which `checkout` has endpoints on n1 and n2. */
export const lan = aSnapshot()
  .withPool(aPool('lan', '10.4.11.0/28'))
  .withService(checkout)
  .withSlice(
    aSlice('shop/checkout', [
      { addresses: ['10.244.1.5'], nodeName: 'n1', ready: true },
      { addresses: ['10.244.2.5'], nodeName: 'n2', ready: true },
    ]),
  );

/** The speaker of a node, its pod told apart from an earlier one by its uid. */
export function speakerPod(node: string, more: Partial<Pod['metadata']> = {}): Pod {
  const pod = aPod('speaker', { name: `speaker-${node}`, node });
  return { ...pod, metadata: { ...pod.metadata, uid: `uid-${node}`, ...more } };
}

/** A node of which the kubelet says nothing any more. */
export function silentNode(name: string): Node {
  const node = aNode(name);
  return {
    ...node,
    status: { ...node.status, conditions: [{ type: 'Ready', status: 'Unknown' }] },
  };
}

/** What the speaker of a node wrote of `checkout`. */
export function statusFrom(node: string, writer = `uid-${node}`): ServiceL2Status {
  return {
    kind: 'ServiceL2Status',
    metadata: named(`l2-${node}`, {
      namespace: home,
      creationTimestamp: '2026-03-14T02:00:00Z',
      ownerReferences: [{ kind: 'Pod', name: `speaker-${node}`, uid: writer }],
    }),
    status: { node, serviceName: 'checkout', serviceNamespace: 'shop', interfaces: [] },
  };
}

/** The event with which a speaker says that it announces `checkout`. */
export function assignedTo(node: string, at: string) {
  const about = { kind: 'Service', namespace: 'shop', name: 'checkout' };
  const message = `announcing from node "${node}" with protocol "layer2"`;
  return anEvent(about, 'nodeAssigned', { message, at, type: 'Normal' });
}

/** A line of a speaker's log about the address of `checkout`. */
export function speakerLine(
  event: string,
  at: string,
  more: Readonly<Record<string, string>> = {},
) {
  return JSON.stringify({
    level: 'info',
    ts: at,
    event,
    ips: ['10.4.11.3'],
    protocol: 'layer2',
    ...more,
  });
}
