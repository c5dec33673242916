import type { Facts } from '../../../core/diagnosis/facts.ts';
import { type IpAddress, parseAddress } from '../../../core/facts/ip.ts';
import type {
  NetworkPolicy,
  Node,
  Pod,
  Service,
  ServicePort,
} from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { isLocal } from '../../../core/metallb/election/serving.ts';
import { isReady } from '../programs/programs.ts';
import { podsBehind, stays } from './backends.ts';
import { type Enforcement, enforcementIn } from './network-plugins.ts';
import { type Admission, admissionTo, lets } from './policies.ts';
import { type Vantage, vantagesOf } from '../wire/vantage.ts';
import { numberIn } from './target-ports.ts';

/** What tells who gets through to the pods behind a Service. */
export type PolicyFacts = Facts<'networkPolicies', 'pods' | 'daemonSets' | 'nodes' | 'wire'>;

/** What decides who gets through to the pods behind one Service. */
export interface PolicyScene {
  readonly service: Service;
  /** Those that run with an address of their own: policies do not concern the host's. */
  readonly pods: readonly Pod[];
  readonly policies: readonly NetworkPolicy[];
  readonly nodes: readonly Node[];
  readonly enforcement: Enforcement;
  /** Somebody in particular who does not get through. */
  readonly client: IpAddress | undefined;
  /** Hosts that tried the Service and got no answer at all. */
  readonly dropped: readonly Vantage[];
}

/** The pods of the Service that policies may concern, and the policies. */
export function policySceneOf(service: Service, facts: PolicyFacts): PolicyScene {
  const { networkPolicies: policies } = facts;
  const nodes = itemsIfRead(facts.nodes);
  const behind = podsBehind(service, facts) ?? [];
  return {
    service,
    pods: behind.filter((pod) => stays(pod) && isReady(pod) && !pod.spec.hostNetwork),
    policies,
    nodes,
    enforcement: enforcementIn(facts.daemonSets, nodes),
    client: facts.client,
    dropped: vantagesOf(service, facts.wire).filter(({ isDropped }) => isDropped),
  };
}

/** A port that some pods do not take from everybody. */
export interface Barred {
  readonly port: ServicePort;
  readonly kind: 'nobody' | 'pods-only' | 'other-addresses' | 'some-clients';
  readonly ranges: readonly string[];
  readonly pods: readonly Pod[];
  readonly isForAll: boolean;
  /** A host that is kept out by this, and was seen to get no answer. */
  readonly dropped: Vantage | undefined;
}

/** The worst first. */
export const barringOrder = ['nobody', 'pods-only', 'other-addresses', 'some-clients'] as const;

/** Who is kept from a port of the Service; undefined when nobody is. */
export function barredPort(port: ServicePort, scene: PolicyScene): Barred | undefined {
  const found = scene.pods.flatMap((pod) => {
    const number = numberIn(pod, port);
    const kind =
      number === undefined
        ? undefined
        : barringOf(
            admissionTo(pod, { port: number, protocol: port.protocol }, scene.policies),
            scene,
          );
    return kind === undefined ? [] : [{ pod, ...kind }];
  });
  const kind = barringOrder.find((each) => found.some((one) => one.kind === each));
  return kind === undefined
    ? undefined
    : {
        port,
        kind,
        ranges: [...new Set(found.flatMap(({ ranges }) => ranges))],
        pods: found.map(({ pod }) => pod),
        isForAll: found.length === scene.pods.length,
        dropped: found.flatMap(({ dropped }) => dropped ?? [])[0],
      };
}

function barringOf(
  admission: Admission,
  { service, nodes, client, dropped: seen }: PolicyScene,
): Pick<Barred, 'kind' | 'ranges' | 'dropped'> | undefined {
  switch (admission.kind) {
    case 'unrestricted':
    case 'everybody':
      return undefined;
    case 'nobody':
    case 'pods-only':
      return { kind: admission.kind, ranges: [], dropped: seen[0] };
    case 'ranges': {
      const ranges = admission.blocks.map(({ text }) => text);
      if (isLocal(service)) {
        const isIn = client !== undefined && lets(admission, client);
        const dropped = seen.find(({ hosts }) => hosts.every((host) => !lets(admission, host)));
        return isIn ? undefined : { kind: 'some-clients', ranges, dropped };
      }
      const isNodeIn = nodes.every((node) => sourcesOf(node).some((each) => lets(admission, each)));
      return nodes.length > 0 && isNodeIn
        ? undefined
        : { kind: 'other-addresses', ranges, dropped: seen[0] };
    }
  }
}

/** Addresses under which a node reaches pods: its own, or that of its tunnel or bridge, the first of its pod range. */
export function sourcesOf({ spec, status }: Node): readonly IpAddress[] {
  return [
    ...status.addresses
      .filter(({ type }) => type === 'InternalIP')
      .flatMap(({ address }) => parseAddress(address) ?? []),
    ...spec.podCIDRs.flatMap((text) => parseAddress(text.split('/')[0] ?? '') ?? []),
  ];
}
