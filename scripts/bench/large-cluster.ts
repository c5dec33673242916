import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many of each a generated cluster holds; `shop/late` is one of the Services. */
export interface Size {
  readonly services: number;
  readonly nodes: number;
}

type Json = Record<string, unknown>;

const now = '2026-03-14T03:12:40Z';
const before = '2026-03-01T00:00:00Z';
const image = (program: string) => `quay.io/metallb/${program}:v0.15.3`;

const emptyKinds = [
  ...['BGPAdvertisement', 'ConfigurationState', 'Community', 'BGPPeer', 'ServiceL2Status'].map(
    (kind) => [kind, 'metallb.io/v1beta1'] as const,
  ),
  ['NetworkPolicy', 'networking.k8s.io/v1'],
  ['ConfigMap', 'v1'],
  ['Event', 'v1'],
] as const;

/** The moment the generated files speak of. */
export const generatedAt = now;

/** Writes a cluster that kubectl could have printed: every Service but `shop/late` has its address, the pool is full. */
export function writeLargeCluster(directory: string, size: Size): void {
  mkdirSync(directory, { recursive: true });
  const writeList = (
    name: string,
    list: { kind: string; apiVersion: string; items: readonly Json[] },
  ) =>
    writeFileSync(
      join(directory, `${name}.json`),
      JSON.stringify({ ...list, kind: `${list.kind}List` }),
    );
  const write = (name: string, kind: string, items: readonly Json[]) =>
    writeList(name, { kind, apiVersion: 'v1', items });
  const numbers = Array.from({ length: size.services - 1 }, (_, index) => index);
  const nodes = Array.from({ length: size.nodes }, (_, index) => index);
  write('services', 'Service', [...numbers.map(serviceWithAddress), lateService()]);
  write('slices', 'EndpointSlice', numbers.map(sliceOf));
  write('nodes', 'Node', nodes.map(node));
  write('pods', 'Pod', [pod('controller', 0), ...nodes.map((index) => pod('speaker', index))]);
  write('deployments', 'Deployment', [workload('Deployment', 'controller', 1)]);
  write('daemonsets', 'DaemonSet', [workload('DaemonSet', 'speaker', size.nodes)]);
  write('pools', 'IPAddressPool', [pool(numbers.length)]);
  write('advertisements', 'L2Advertisement', [advertisement()]);
  for (const [kind, apiVersion] of emptyKinds) {
    writeList(kind.toLowerCase(), { kind, apiVersion, items: [] });
  }
  writeLogs(directory, size);
}

/** `10.x.y.z` for the n-th address of the pool, which starts at 10.64.0.0. */
function addressOf(index: number): string {
  return `10.${64 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
}

function metadata(name: string, namespace?: string): Json {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid: `uid-${namespace ?? ''}-${name}`,
    creationTimestamp: before,
  };
}

function serviceWithAddress(index: number): Json {
  const name = `web-${index}`;
  const writer = {
    manager: 'controller',
    operation: 'Update',
    subresource: 'status',
    time: before,
  };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...metadata(name, 'shop'),
      annotations: { 'metallb.io/ip-allocated-from-pool': 'lan' },
      managedFields: [{ ...writer, apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: {} }],
    },
    spec: { ...serviceSpec(index), selector: { app: name } },
    status: { loadBalancer: { ingress: [{ ip: addressOf(index), ipMode: 'VIP' }] } },
  };
}

function lateService(): Json {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('late', 'shop'),
    spec: { ...serviceSpec(60_000), selector: { app: 'late' } },
    status: { loadBalancer: {} },
  };
}

function serviceSpec(index: number): Json {
  const clusterIP = `10.${96 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
  return {
    type: 'LoadBalancer',
    clusterIP,
    clusterIPs: [clusterIP],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    externalTrafficPolicy: 'Cluster',
    internalTrafficPolicy: 'Cluster',
    sessionAffinity: 'None',
    ports: [{ protocol: 'TCP', port: 80, targetPort: 8080 }],
  };
}

function sliceOf(index: number): Json {
  const name = `web-${index}`;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...metadata(`${name}-x`, 'shop'),
      labels: { 'kubernetes.io/service-name': name },
    },
    addressType: 'IPv4',
    endpoints: [
      { addresses: [`10.244.${(index >> 8) & 255}.${index & 255}`], conditions: { ready: true } },
    ],
    ports: [{ port: 8080, protocol: 'TCP' }],
  };
}

function node(index: number): Json {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { ...metadata(`node-${index}`), labels: { 'kubernetes.io/os': 'linux' } },
    spec: {},
    status: {
      addresses: [{ type: 'InternalIP', address: nodeAddress(index) }],
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: before }],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    },
  };
}

function nodeAddress(index: number): string {
  return `192.0.2.${index + 10}`;
}

function pod(program: 'controller' | 'speaker', index: number): Json {
  const labels = { app: 'metallb', component: program };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata(`${program}-${index}`, 'metallb-system'), labels },
    spec: { nodeName: `node-${index}`, containers: [{ name: program, image: image(program) }] },
    status: {
      phase: 'Running',
      hostIP: nodeAddress(index),
      podIP: nodeAddress(index),
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: before }],
      containerStatuses: [
        {
          name: program,
          image: image(program),
          imageID: '',
          ready: true,
          started: true,
          restartCount: 0,
          state: { running: { startedAt: before } },
        },
      ],
    },
  };
}

function workload(kind: string, program: 'controller' | 'speaker', count: number): Json {
  const labels = { app: 'metallb', component: program };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: program, image: image(program) }] },
  };
  const status =
    kind === 'Deployment'
      ? { replicas: count, readyReplicas: count, updatedReplicas: count, availableReplicas: count }
      : {
          desiredNumberScheduled: count,
          currentNumberScheduled: count,
          numberMisscheduled: 0,
          numberReady: count,
          updatedNumberScheduled: count,
          numberAvailable: count,
        };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { ...metadata(program, 'metallb-system'), labels },
    spec: {
      ...(kind === 'Deployment' ? { replicas: count } : {}),
      selector: { matchLabels: labels },
      template,
    },
    status,
  };
}

function pool(taken: number): Json {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: metadata('lan', 'metallb-system'),
    spec: { addresses: [`10.64.0.0-${addressOf(taken - 1)}`] },
    status: {
      assignedIPv4: taken,
      assignedIPv6: 0,
      availableIPv4: 0,
      availableIPv6: 0,
    },
  };
}

function advertisement(): Json {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'L2Advertisement',
    metadata: metadata('lan', 'metallb-system'),
    spec: {},
  };
}

function writeLogs(directory: string, size: Size): void {
  const line = (index: number) =>
    `{"caller":"main.go:1","event":"serviceAnnounced","level":"info","msg":"line ${index}","ts":"${before}"}\n`;
  const text = Array.from({ length: 200 }, (_, index) => line(index)).join('');
  const folders = [
    'controller-0/controller',
    ...Array.from({ length: size.nodes }, (_, index) => `speaker-${index}/speaker`),
  ];
  for (const folder of folders) {
    const file = join(directory, 'logs', 'metallb-system', `${folder}.log`);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
}
