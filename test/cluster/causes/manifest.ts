import { stringify } from 'yaml';

/** An object as somebody would write it for kubectl. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly addressType?: string;
  readonly ports?: readonly Readonly<Record<string, unknown>>[];
  readonly endpoints?: readonly Readonly<Record<string, unknown>>[];
}

/** Objects as YAML documents for `kubectl apply -f -`. */
export function yamlOf(objects: readonly Manifest[]): string {
  return objects.map((object) => stringify(object)).join('---\n');
}

export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A pool in MetalLB's own namespace. */
export function pool(
  name: string,
  addresses: string | readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): Manifest {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name, namespace: 'metallb-system' },
    spec: { addresses: [addresses].flat(), ...more },
  };
}

/** A layer 2 advertisement; without a specification it selects every pool. */
export function l2Advertisement(
  name: string,
  spec: Readonly<Record<string, unknown>> = {},
): Manifest {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'L2Advertisement',
    metadata: { name, namespace: 'metallb-system' },
    spec,
  };
}

export interface LoadBalancerParts {
  /** Annotations without their prefix: `address-pool`, `loadBalancerIPs`, `allow-shared-ip`. */
  readonly asks?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** A Service of type LoadBalancer, `namespace/name`. */
export function loadBalancer(place: string, parts: LoadBalancerParts = {}): Manifest {
  const [namespaceName = '', name = ''] = place.split('/');
  const asks = Object.entries(parts.asks ?? {});
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: namespaceName,
      labels: parts.labels ?? {},
      annotations: Object.fromEntries(asks.map(([key, value]) => [`metallb.io/${key}`, value])),
    },
    spec: {
      type: 'LoadBalancer',
      selector: { app: name },
      ports: [{ port: parts.port ?? 80 }],
      ...parts.spec,
    },
  };
}

/** An endpoint that is ready, so that the address of the Service is announced. */
export function readyEndpoint(place: string, nodeName: string): Manifest {
  const [namespaceName = '', name = ''] = place.split('/');
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-1`,
      namespace: namespaceName,
      labels: { 'kubernetes.io/service-name': name },
    },
    addressType: 'IPv4',
    ports: [{ port: 80, protocol: 'TCP' }],
    endpoints: [{ addresses: ['10.244.1.2'], conditions: { ready: true }, nodeName }],
  };
}
