import type {
  Condition,
  ContainerStatus,
  EndpointSlice,
  NetworkPolicy,
  Pod,
  Workload,
} from '../../src/core/facts/kube-objects.ts';
import type { WireLook } from '../../src/core/facts/wire.ts';
import { aWorkload } from './programs.ts';
import { named } from './some-objects.ts';

/** How a pod behind a Service differs from one that serves. */
export interface BackendWords {
  readonly labels?: Readonly<Record<string, string>>;
  readonly ready?: boolean;
  readonly ports?: Pod['spec']['containers'][number]['ports'];
  readonly ip?: string;
  readonly node?: string;
  readonly phase?: string;
  readonly deletionTimestamp?: string;
  readonly status?: Partial<ContainerStatus>;
  readonly conditions?: readonly Condition[];
}

/** The pod `namespace/name` of an application, ready for days unless said otherwise. */
export function aBackend(key: string, words: BackendWords = {}): Pod {
  const [namespace = 'default', name = key] = key.split('/');
  const labels = words.labels ?? { app: 'web' };
  const ready = words.ready ?? true;
  const { deletionTimestamp } = words;
  return {
    kind: 'Pod',
    metadata: named(name, {
      namespace,
      labels: { ...labels, 'pod-template-hash': '7f9c' },
      ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    }),
    spec: {
      labels,
      containers: [
        {
          name: 'web',
          image: 'registry.example.net/web:4',
          command: [],
          args: [],
          env: {},
          ports: words.ports ?? [{ name: 'http', port: 8080, protocol: 'TCP' }],
        },
      ],
      nodeSelector: {},
      tolerations: [],
      hostNetwork: false,
      nodeName: words.node ?? 'n1',
    },
    status: {
      phase: words.phase ?? 'Running',
      podIP: words.ip ?? '10.244.1.10',
      conditions: words.conditions ?? [
        { type: 'PodScheduled', status: 'True' },
        ready
          ? { type: 'Ready', status: 'True', lastTransitionTime: '2026-03-10T00:00:00Z' }
          : {
              type: 'Ready',
              status: 'False',
              reason: 'ContainersNotReady',
              message: 'containers with unready status: [web]',
            },
      ],
      containerStatuses: [
        {
          name: 'web',
          image: 'registry.example.net/web:4',
          ready,
          restartCount: 0,
          state: { state: 'running', startedAt: '2026-03-10T00:00:00Z' },
          ...words.status,
        },
      ],
      initContainerStatuses: [],
    },
  };
}

/** The slice of the Service `namespace/name`, with one endpoint that serves on n1 unless said otherwise. */
export function aBackendSlice(key: string, words: Partial<EndpointSlice> = {}): EndpointSlice {
  const [namespace = 'default', name = key] = key.split('/');
  return {
    kind: 'EndpointSlice',
    metadata: named(`${name}-abcde`, {
      namespace,
      labels: {
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
    }),
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.244.1.10'], nodeName: 'n1', ready: true, serving: true }],
    ports: [{ port: 8080, protocol: 'TCP' }],
    ...words,
  };
}

/** A policy that selects all pods of its namespace and lets nobody in, unless said otherwise. */
export function aPolicy(
  key: string,
  ingress: NetworkPolicy['spec']['ingress'] = [],
  spec: Partial<NetworkPolicy['spec']> = {},
): NetworkPolicy {
  const [namespace = 'default', name = key] = key.split('/');
  return {
    kind: 'NetworkPolicy',
    metadata: named(name, { namespace }),
    spec: {
      podSelector: { matchLabels: {}, matchExpressions: [] },
      policyTypes: ['Ingress'],
      ingress,
      ...spec,
    },
  };
}

/** A DaemonSet of kube-system, ready on every node. */
export function anAgent(name: string, count = 3, ready = count): Workload {
  const { spec, ...rest } = aWorkload('speaker');
  return {
    ...rest,
    metadata: named(name, { namespace: 'kube-system', labels: { 'k8s-app': name } }),
    spec: { ...spec, template: { ...spec.template, labels: { 'k8s-app': name } } },
    status: { desired: count, ready, updated: count, available: ready, conditions: [] },
  };
}

/** A look from a host of the segment at which n1 answered. */
export function aLook(address: string, words: Partial<WireLook> = {}): WireLook {
  return {
    address,
    at: '2026-03-14T03:12:30Z',
    from: {
      host: 'laptop',
      interface: 'eth0',
      mac: '02:00:00:00:00:99',
      addresses: ['10.0.0.200/16'],
    },
    method: 'arp',
    windowMs: 2_000,
    asked: 3,
    answers: [{ mac: '02:00:00:00:00:01', count: 3, firstMs: 1, lastMs: 900, unasked: false }],
    neighbours: [{ address: '10.0.0.1', mac: '02:00:00:00:00:01' }],
    ports: [{ protocol: 'TCP', port: 80, outcome: 'open', ms: 2 }],
    unseen: [],
    ...words,
  };
}
