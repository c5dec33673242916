import type {
  Endpoint,
  EndpointSlice,
  KubeEvent,
  Namespace,
  Node,
  ObjectMeta,
} from '../../src/core/facts/kube-objects.ts';
import type {
  BGPAdvertisement,
  IPAddressPool,
  L2Advertisement,
} from '../../src/core/facts/kube-objects.ts';

export const home = 'metallb-system';

/** Metadata with nothing in it but the name. */
export function named(name: string, more: Partial<ObjectMeta> = {}): ObjectMeta {
  return {
    name,
    labels: {},
    annotations: {},
    finalizers: [],
    ownerReferences: [],
    managedFields: [],
    ...more,
  };
}

/** A pool in MetalLB's namespace. */
export function aPool(
  name: string,
  addresses: string | readonly string[],
  spec: Partial<IPAddressPool['spec']> = {},
): IPAddressPool {
  return {
    kind: 'IPAddressPool',
    metadata: named(name, { namespace: home }),
    spec: { addresses: [addresses].flat(), ...spec },
  };
}

const selectsAll = {
  ipAddressPools: [],
  ipAddressPoolSelectors: [],
  nodeSelectors: [],
  serviceSelectors: [],
};

/** An L2Advertisement for all pools, unless said otherwise. */
export function anL2Advertisement(
  name: string,
  spec: Partial<L2Advertisement['spec']> = {},
): L2Advertisement {
  return {
    kind: 'L2Advertisement',
    metadata: named(name, { namespace: home }),
    spec: { ...selectsAll, interfaces: [], ...spec },
  };
}

/** A BGPAdvertisement for all pools, unless said otherwise. */
export function aBGPAdvertisement(
  name: string,
  spec: Partial<BGPAdvertisement['spec']> = {},
): BGPAdvertisement {
  return {
    kind: 'BGPAdvertisement',
    metadata: named(name, { namespace: home }),
    spec: { ...selectsAll, communities: [], peers: [], ...spec },
  };
}

/** A node that is ready. */
export function aNode(name: string, address = '10.0.0.1', labels = {}): Node {
  return {
    kind: 'Node',
    metadata: named(name, { labels }),
    spec: { unschedulable: false, podCIDRs: [], taints: [] },
    status: {
      addresses: [{ type: 'InternalIP', address }],
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

/** A namespace with labels. */
export function aNamespace(name: string, labels: Readonly<Record<string, string>> = {}): Namespace {
  return { kind: 'Namespace', metadata: named(name, { labels }), status: { phase: 'Active' } };
}

/** Endpoints of a Service; none of them when `endpoints` is empty. */
export function aSlice(
  key: string,
  endpoints: readonly Endpoint[],
  changedAt?: string,
): EndpointSlice {
  const [namespace = 'default', name = key] = key.split('/');
  return {
    kind: 'EndpointSlice',
    metadata: named(`${name}-abcde`, {
      namespace,
      labels: { 'kubernetes.io/service-name': name },
      managedFields: changedAt === undefined ? [] : [{ manager: 'kcm', time: changedAt }],
    }),
    addressType: 'IPv4',
    endpoints,
    ports: [],
  };
}

/** A warning event about an object, unless its type says otherwise. */
export function anEvent(
  about: KubeEvent['about'],
  reason: string,
  more: { readonly message: string; readonly at: string; readonly type?: string },
): KubeEvent {
  return {
    kind: 'Event',
    metadata: named(`${about.name}.${reason}`, { namespace: about.namespace ?? 'default' }),
    about,
    type: more.type ?? 'Warning',
    reason,
    message: more.message,
    count: 1,
    firstAt: more.at,
    lastAt: more.at,
  };
}
