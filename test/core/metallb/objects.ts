import type {
  Community,
  IPAddressPool,
  Namespace,
  Service,
} from '../../../src/core/facts/kube-objects.ts';
import type { AllocationAnswer } from '../../../src/core/metallb/answer.ts';
import { explainAllocations } from '../../../src/core/metallb/explain.ts';
import type { Explanations } from '../../../src/core/metallb/explain.ts';
import type { ModelInput } from '../../../src/core/metallb/model-input.ts';
import { worldObject } from './vector-objects.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An IPAddressPool in MetalLB's namespace. */
export function poolNamed(
  name: string,
  addresses: readonly string[],
  more: Fields = {},
): IPAddressPool {
  const metadata = { name, namespace: 'metallb-system' };
  const object = worldObject({ kind: 'IPAddressPool', metadata, spec: { addresses, ...more } });
  if (object.kind !== 'IPAddressPool') {
    throw new Error('not a pool');
  }
  return object;
}

interface ServiceFields {
  readonly spec?: Fields;
  readonly annotations?: Record<string, string>;
  readonly labels?: Record<string, string>;
  readonly holds?: readonly string[];
}

/** A single-stack LoadBalancer Service with one port, `shop/<name>` unless a namespace is given. */
export function serviceNamed(key: string, fields: ServiceFields = {}): Service {
  const [name = '', namespace = 'shop'] = key.split('/').reverse();
  const { annotations = {}, labels = {}, holds = [] } = fields;
  const object = worldObject({
    kind: 'Service',
    metadata: { name, namespace, annotations, labels },
    spec: {
      type: 'LoadBalancer',
      clusterIP: '172.20.0.7',
      clusterIPs: ['172.20.0.7'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ protocol: 'TCP', port: 80 }],
      ...fields.spec,
    },
    status: { loadBalancer: { ingress: holds.map((ip) => ({ ip })) } },
  });
  if (object.kind !== 'Service') {
    throw new Error('not a Service');
  }
  return object;
}

/** What a Service on two cluster IPs has in its spec. */
export function dualStack(ipFamilyPolicy: string | undefined): Fields {
  return {
    clusterIPs: ['172.20.0.7', 'fd00::7'],
    ipFamilies: ['IPv4', 'IPv6'],
    ipFamilyPolicy,
  };
}

/** A namespace with labels. */
export function namespaceNamed(name: string, labels: Record<string, string> = {}): Namespace {
  const object = worldObject({ kind: 'Namespace', metadata: { name, labels } });
  if (object.kind !== 'Namespace') {
    throw new Error('not a namespace');
  }
  return object;
}

/** A Community object with these aliases. */
export function communityNamed(name: string, aliases: Readonly<Record<string, string>>): Community {
  const communities = Object.entries(aliases).map(([alias, value]) => ({ name: alias, value }));
  const metadata = { name, namespace: 'metallb-system' };
  const object = worldObject({ kind: 'Community', metadata, spec: { communities } });
  if (object.kind !== 'Community') {
    throw new Error('not a Community');
  }
  return object;
}

/** A cluster with nothing in it, on v0.15.3. */
export const emptyCluster: ModelInput = {
  pools: [],
  communities: [],
  namespaces: [],
  services: [],
  version: 'v0.15.3',
  loadBalancerClass: undefined,
  bgpType: undefined,
  namespace: 'metallb-system',
};

/** The answers over a cluster that differs from the empty one in these. */
export function answersOver(cluster: Partial<ModelInput>): Explanations {
  return explainAllocations({ ...emptyCluster, ...cluster });
}

/** What becomes of the last of the Services. */
export function answerToLast(cluster: Partial<ModelInput>): AllocationAnswer {
  const last = cluster.services?.at(-1);
  if (last === undefined) {
    throw new Error('no Service to ask about');
  }
  return answersOver(cluster).answerFor(last);
}
