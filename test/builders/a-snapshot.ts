import type {
  EndpointSlice,
  IPAddressPool,
  KubeEvent,
  Service,
} from '../../src/core/facts/kube-objects.ts';
import type { Reading } from '../../src/core/facts/reading.ts';
import type {
  FactKinds,
  FactName,
  Installation,
  LogExcerpt,
  Readings,
  Snapshot,
} from '../../src/core/facts/snapshot.ts';
import { aPod, aWorkload } from './programs.ts';
import { aNode, anL2Advertisement, home } from './some-objects.ts';

/** The moment of every built snapshot. */
export const now = '2026-03-14T03:12:40Z';

/** A cluster in the making; every `with` gives a new one. */
export interface SnapshotBuilder {
  readonly build: () => Snapshot;
  readonly withPool: (...pools: readonly IPAddressPool[]) => SnapshotBuilder;
  readonly withService: (...services: readonly Service[]) => SnapshotBuilder;
  readonly withEvent: (...events: readonly KubeEvent[]) => SnapshotBuilder;
  readonly withSlice: (...slices: readonly EndpointSlice[]) => SnapshotBuilder;
  /** Replaces all that is known of one kind. */
  readonly with: <K extends FactName>(
    kind: K,
    ...items: readonly FactKinds[K][]
  ) => SnapshotBuilder;
  readonly withReading: <K extends FactName>(
    kind: K,
    reading: Reading<FactKinds[K]>,
  ) => SnapshotBuilder;
  readonly forbidding: (...kinds: readonly FactName[]) => SnapshotBuilder;
  readonly withLog: (
    pod: string,
    lines: readonly string[],
    more?: { readonly previous?: boolean; readonly container?: string },
  ) => SnapshotBuilder;
  readonly withInstallation: (words: Partial<Installation>) => SnapshotBuilder;
  readonly withSnapshot: (words: Partial<Snapshot>) => SnapshotBuilder;
}

/** A healthy MetalLB v0.15.3 with one controller, three speakers, one advertisement for every pool, and no pool yet. */
export function aSnapshot(): SnapshotBuilder {
  return builderOf(emptyCluster());
}

function builderOf(snapshot: Snapshot): SnapshotBuilder {
  const read = <K extends FactName>(kind: K, items: readonly FactKinds[K][]) =>
    builderOf({
      ...snapshot,
      readings: { ...snapshot.readings, [kind]: { state: 'read', items } },
    });
  const itemsOf = <K extends FactName>(kind: K): readonly FactKinds[K][] => {
    const reading: Reading<FactKinds[K]> = snapshot.readings[kind];
    return reading.state === 'read' ? reading.items : [];
  };
  return {
    build: () => snapshot,
    withPool: (...pools) => read('ipAddressPools', [...itemsOf('ipAddressPools'), ...pools]),
    withService: (...services) => read('services', [...itemsOf('services'), ...services]),
    withEvent: (...events) => read('events', [...itemsOf('events'), ...events]),
    withSlice: (...slices) => read('endpointSlices', [...itemsOf('endpointSlices'), ...slices]),
    with: (kind, ...items) => read(kind, items),
    withReading: (kind, reading) =>
      builderOf({ ...snapshot, readings: { ...snapshot.readings, [kind]: reading } }),
    forbidding: (...kinds) =>
      builderOf({
        ...snapshot,
        readings: {
          ...snapshot.readings,
          ...Object.fromEntries(
            kinds.map((kind) => [kind, { state: 'forbidden', verb: 'list', resource: kind }]),
          ),
        },
      }),
    withLog: (pod, lines, more = {}) =>
      builderOf({ ...snapshot, logs: [...snapshot.logs, logOf(pod, lines, more)] }),
    withInstallation: (words) =>
      builderOf({
        ...snapshot,
        installations: snapshot.installations.map((each, index) =>
          index === 0 ? { ...each, ...words } : each,
        ),
      }),
    withSnapshot: (words) => builderOf({ ...snapshot, ...words }),
  };
}

function logOf(
  pod: string,
  lines: readonly string[],
  more: { readonly previous?: boolean; readonly container?: string },
): LogExcerpt {
  return {
    namespace: home,
    pod,
    container: more.container ?? (pod.startsWith('speaker') ? 'speaker' : 'controller'),
    previous: more.previous ?? false,
    lines: { state: 'read', items: lines },
  };
}

function emptyCluster(): Snapshot {
  return {
    schemaVersion: 'triage.snapshot/v1',
    takenAt: now,
    target: { server: 'test', namespace: 'default' },
    versions: {},
    metallbResources: [
      'ipaddresspools',
      'l2advertisements',
      'bgpadvertisements',
      'bgppeers',
      'bfdprofiles',
      'communities',
      'servicel2statuses',
      'servicebgpstatuses',
      'configurationstates',
    ].map((resource) => `v1beta1/${resource}`),
    installations: [
      {
        namespace: home,
        controllerVersion: 'v0.15.3',
        speakerVersion: 'v0.15.3',
        controller: { kind: 'Deployment', name: 'controller' },
        speaker: { kind: 'DaemonSet', name: 'speaker' },
        ignoresExcludeLabel: false,
        foundBy: ['image quay.io/metallb/controller:v0.15.3'],
      },
    ],
    readings: healthyReadings(),
    logs: [logOf('controller-0', ['{"level":"info","msg":"ok"}'], {})],
    receipt: { calls: 0, lists: 0, logs: 0, bytes: 0, ms: 0 },
    interrupted: false,
  };
}

function healthyReadings(): Readings {
  const none = { state: 'read', items: [] } as const;
  return {
    services: none,
    endpointSlices: none,
    nodes: {
      state: 'read',
      items: ['n1', 'n2', 'n3'].map((name, index) => aNode(name, `10.0.0.${index + 1}`)),
    },
    namespaces: none,
    pods: {
      state: 'read',
      items: [
        aPod('controller'),
        ...['n1', 'n2', 'n3'].map((node) => aPod('speaker', { name: `speaker-${node}`, node })),
      ],
    },
    deployments: { state: 'read', items: [aWorkload('controller')] },
    daemonSets: { state: 'read', items: [aWorkload('speaker')] },
    events: none,
    ipAddressPools: none,
    addressPools: { state: 'absent' },
    l2Advertisements: { state: 'read', items: [anL2Advertisement('all')] },
    bgpAdvertisements: none,
    bgpPeers: none,
    bfdProfiles: none,
    communities: none,
    serviceL2Statuses: none,
    serviceBGPStatuses: none,
    configurationStates: none,
    validatingWebhooks: none,
    configMaps: none,
    networkPolicies: none,
    bgpSessionStates: none,
    frrNodeStates: none,
    calicoNetworkPolicies: { state: 'absent' },
    calicoGlobalNetworkPolicies: { state: 'absent' },
    ciliumNetworkPolicies: { state: 'absent' },
    ciliumClusterwideNetworkPolicies: { state: 'absent' },
    ciliumLoadBalancerIPPools: { state: 'absent' },
    ciliumL2AnnouncementPolicies: { state: 'absent' },
  };
}
