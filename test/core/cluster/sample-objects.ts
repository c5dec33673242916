/** Objects as kubectl prints them, as small as tests need them. */

interface Named {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

function metadata({ name, namespace, labels }: Named) {
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(labels !== undefined && { labels }),
  };
}

export function aService(namespace: string, name: string, extra: object = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata({ name, namespace }), ...extra },
    spec: {
      type: 'LoadBalancer',
      clusterIP: '10.96.0.10',
      clusterIPs: ['10.96.0.10'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      externalTrafficPolicy: 'Cluster',
      selector: { app: name },
      ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 'web', nodePort: 30080 }],
    },
    status: { loadBalancer: {} },
  };
}

export function aPool(namespace: string, name: string, addresses: readonly string[]) {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: metadata({ name, namespace }),
    spec: { addresses, autoAssign: true },
  };
}

interface ProgramOptions {
  readonly namespace?: string;
  readonly role: 'controller' | 'speaker';
  readonly name?: string;
  readonly image?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly container?: string;
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}

function template(options: ProgramOptions) {
  const { role } = options;
  return {
    metadata: { labels: options.labels ?? { app: 'metallb', component: role } },
    spec: {
      serviceAccountName: role,
      hostNetwork: role === 'speaker',
      containers: [
        {
          name: options.container ?? role,
          image: options.image ?? `quay.io/metallb/${role}:v0.15.3`,
          args: options.args ?? ['--port=7472', '--log-level=info'],
          ...(options.command !== undefined && { command: options.command }),
          env: options.env ?? [{ name: 'METALLB_BGP_TYPE', value: 'native' }],
        },
      ],
    },
  };
}

export function aWorkload(options: ProgramOptions) {
  const { role, namespace = 'metallb-system', name = role } = options;
  const status =
    role === 'controller'
      ? { replicas: 1, readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1 }
      : {
          desiredNumberScheduled: 3,
          numberReady: 3,
          updatedNumberScheduled: 3,
          numberAvailable: 3,
        };
  return {
    apiVersion: 'apps/v1',
    kind: role === 'controller' ? 'Deployment' : 'DaemonSet',
    metadata: metadata({ name, namespace }),
    spec: { ...(role === 'controller' && { replicas: 1 }), template: template(options) },
    status,
  };
}

export function aPod(
  options: ProgramOptions & { readonly restartCount?: number; readonly state?: object },
) {
  const { role, namespace = 'metallb-system', name = `${role}-x` } = options;
  const { metadata: own, spec } = template(options);
  const restartCount = options.restartCount ?? 0;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadata({ name, namespace, labels: own.labels }),
    spec: { ...spec, nodeName: 'worker-1' },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: options.container ?? role,
          image: options.image ?? `quay.io/metallb/${role}:v0.15.3`,
          ready: true,
          restartCount,
          state: options.state ?? { running: { startedAt: '2026-03-01T00:00:00Z' } },
          lastState:
            restartCount > 0
              ? { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-03-01T00:00:00Z' } }
              : {},
        },
      ],
    },
  };
}

export function anEvent(namespace: string, name: string, about: { kind: string; name: string }) {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: { ...about, namespace },
    type: 'Warning',
    reason: 'AllocationFailed',
    message: 'Failed to allocate IP: no available IPs',
    source: { component: 'metallb-controller' },
    count: 3,
    firstTimestamp: '2026-03-01T00:00:00Z',
    lastTimestamp: '2026-03-01T00:10:00Z',
  };
}

/** A cluster with MetalLB as the released manifests install it, one pool and one pending Service. */
export function aCluster() {
  return [
    aService('shop', 'checkout'),
    aPool('metallb-system', 'lan', ['10.4.11.10-10.4.11.19']),
    aWorkload({ role: 'controller' }),
    aWorkload({ role: 'speaker' }),
    aPod({ role: 'controller', name: 'controller-1' }),
    aPod({ role: 'speaker', name: 'speaker-1', restartCount: 2 }),
    anEvent('shop', 'checkout.1', { kind: 'Service', name: 'checkout' }),
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker-1' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  ] as const;
}
