import { familyOf, type IpAddress, type IpFamily, parseAddress } from '../../../core/facts/ip.ts';
import type { Node, Pod, ServicePort } from '../../../core/facts/kube-objects.ts';
import { isLocal } from '../../../core/metallb/election/serving.ts';
import { addressesIn } from '../services.ts';
import { type PolicyScene, sourcesOf } from '../traffic/barred-ports.ts';
import { numberIn } from '../traffic/target-ports.ts';
import type { Sender } from './matching.ts';
import type { Outcomes } from './outcome.ts';
import {
  type PluginPolicies,
  type PluginPolicyFacts,
  pluginPoliciesOn,
} from './plugin-policies.ts';

/** A pod behind the Service, with what one plugin's policies make of it. */
export interface PolicedPod {
  readonly pod: Pod;
  readonly by: PluginPolicies;
}

/** The pods behind the Service on which policies of a plugin lie. */
export function policedPods(scene: PolicyScene, facts: PluginPolicyFacts): readonly PolicedPod[] {
  return scene.pods.flatMap((pod) =>
    pluginPoliciesOn(pod, scene.policies, facts).map((by) => ({ pod, by })),
  );
}

/** The worst first. */
export const barringKinds = ['dropped', 'nodes', 'perhaps'] as const;

/** What policies of a plugin make of those who come from outside to one port. */
export interface Barring {
  readonly port: ServicePort;
  /** `nodes`: only those that come in the name of a node; `perhaps`: somebody, or nobody: whom it takes cannot be told. */
  readonly kind: (typeof barringKinds)[number];
  readonly pods: readonly PolicedPod[];
}

/** The ports from which somebody outside is kept, or may be; the rest is let in. */
export function barringsOf(pods: readonly PolicedPod[], scene: PolicyScene): readonly Barring[] {
  const senders = sendersTo(scene);
  return scene.service.spec.ports.flatMap((port): readonly Barring[] => {
    const judged = pods.map((each) => ({ each, kind: judgementOf(each, port, senders) }));
    const worst = barringKinds.find((kind) => judged.some((one) => one.kind === kind));
    const those = judged.filter(({ kind }) => kind === worst).map(({ each }) => each);
    return worst === undefined ? [] : [{ port, kind: worst, pods: those }];
  });
}

function judgementOf(
  { pod, by }: PolicedPod,
  port: ServicePort,
  senders: Senders,
): Barring['kind'] | undefined {
  const number = numberIn(pod, port);
  if (number === undefined) {
    return undefined;
  }
  const outcomes = by.outcomes({ port: number, protocol: port.protocol });
  const clients = senders.clients.map(outcomes);
  const nodes = senders.nodes
    .filter(({ name }) => name !== pod.spec.nodeName)
    .map(({ sender }) => outcomes(sender));
  if ([...clients, ...nodes].every(isOut)) {
    return 'dropped';
  }
  // under which of its names Cilium knows a node is not told by its address
  const areNodesOut = by.product === 'Calico' && nodes.length > 0 && nodes.every(isOut);
  if (areNodesOut) {
    return 'nodes';
  }
  return clients.some((each) => each.has('deny')) || nodes.some(isOut) ? 'perhaps' : undefined;
}

function isOut(outcomes: Outcomes): boolean {
  return outcomes.has('deny') && !outcomes.has('allow');
}

/** Who in particular does not get through: who is named, or who tried in vain. */
export function clientOf({ client, dropped }: PolicyScene): IpAddress | undefined {
  return client ?? dropped.flatMap(({ hosts }) => hosts)[0];
}

interface Senders {
  readonly clients: readonly Sender[];
  readonly nodes: readonly { readonly name: string; readonly sender: Sender }[];
}

/** Behind externalTrafficPolicy Cluster nodes send to pods of other nodes in the client's stead. */
function sendersTo(scene: PolicyScene): Senders {
  const client = clientOf(scene);
  const families = client === undefined ? familiesOf(scene) : [familyOf(client)];
  return {
    clients: families.map((family) => ({ kind: 'client', address: client, family })),
    nodes: isLocal(scene.service)
      ? []
      : families.flatMap((family) =>
          scene.nodes.map((node) => ({ name: node.metadata.name, sender: nodeAs(node, family) })),
        ),
  };
}

function familiesOf({ service }: PolicyScene): readonly IpFamily[] {
  const addresses = addressesIn(service).flatMap((text) => parseAddress(text) ?? []);
  const found = new Set(addresses.map((address) => familyOf(address)));
  return found.size === 0 ? ['ipv4', 'ipv6'] : [...found];
}

/** Which of its addresses it takes depends on the way to the pod: its own, or that of its tunnel. */
function nodeAs(node: Node, family: IpFamily): Sender {
  const addresses = sourcesOf(node).filter((address) => familyOf(address) === family);
  return { kind: 'node', addresses, family };
}
