import type { ManagedFields, Service, ServicePort } from '../../src/core/facts/kube-objects.ts';

/** What a Service of a test says of itself; the rest is ordinary. */
export interface ServiceWords {
  readonly type?: string;
  readonly ip?: string | readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports?: readonly (number | ServicePort)[];
  readonly clusterIPs?: readonly string[];
  readonly families?: readonly string[];
  readonly policy?: string;
  readonly local?: boolean;
  readonly selector?: Readonly<Record<string, string>>;
  readonly loadBalancerClass?: string;
  readonly loadBalancerIP?: string;
  readonly createdAt?: string;
  readonly writtenAt?: string;
  readonly writer?: string;
  /** When somebody changed it; unknown unless said. */
  readonly editedAt?: string;
}

/** The Service `namespace/name`, of type LoadBalancer and pending unless said otherwise. */
export function aService(key: string, words: ServiceWords = {}): Service {
  const [namespace = 'default', name = key] = key.split('/');
  const addresses = words.ip === undefined ? [] : [words.ip].flat();
  const clusterIPs = words.clusterIPs ?? ['10.96.0.10'];
  return {
    kind: 'Service',
    metadata: {
      name,
      namespace,
      labels: words.labels ?? {},
      annotations: words.annotations ?? {},
      creationTimestamp: words.createdAt ?? '2026-03-01T00:00:00Z',
      finalizers: [],
      ownerReferences: [],
      managedFields: [...editor(words), ...statusWriter(words)],
    },
    spec: {
      type: words.type ?? 'LoadBalancer',
      ...(clusterIPs[0] === undefined ? {} : { clusterIP: clusterIPs[0] }),
      clusterIPs,
      externalIPs: [],
      externalTrafficPolicy: words.local === true ? 'Local' : 'Cluster',
      ipFamilies: words.families ?? ['IPv4'],
      ipFamilyPolicy: words.policy ?? 'SingleStack',
      ...(words.loadBalancerClass === undefined
        ? {}
        : { loadBalancerClass: words.loadBalancerClass }),
      ...(words.loadBalancerIP === undefined ? {} : { loadBalancerIP: words.loadBalancerIP }),
      loadBalancerSourceRanges: [],
      ports: (words.ports ?? [80]).map((port) =>
        typeof port === 'number' ? { protocol: 'TCP', port } : port,
      ),
      selector: words.selector ?? { app: name },
    },
    status: { ingress: addresses.map((ip) => ({ ip })), conditions: [] },
  };
}

function statusWriter({ writer, writtenAt }: ServiceWords): readonly ManagedFields[] {
  return writer === undefined && writtenAt === undefined
    ? []
    : [
        {
          manager: writer ?? 'controller',
          operation: 'Update',
          subresource: 'status',
          ...(writtenAt === undefined ? {} : { time: writtenAt }),
        },
      ];
}

function editor({ editedAt }: ServiceWords): readonly ManagedFields[] {
  return editedAt === undefined
    ? []
    : [{ manager: 'kubectl-edit', operation: 'Update', time: editedAt }];
}
