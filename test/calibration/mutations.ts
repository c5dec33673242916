import { factNames } from '../../src/core/cluster/kinds.ts';
import type { KubeEvent, ObjectMeta, Pod, Service } from '../../src/core/facts/kube-objects.ts';
import type { Forbidden, Reading } from '../../src/core/facts/reading.ts';
import type { FactName, Readings, Snapshot } from '../../src/core/facts/snapshot.ts';
import { shareSnapshot } from '../../src/core/share/share-snapshot.ts';

/** What a cluster looks like to somebody who sees less of it, later, or under other names. */
export interface Mutation {
  readonly title: string;
  /** Mutations of one family share a line of the table. */
  readonly family: string;
  readonly apply: (snapshot: Snapshot) => Mutated;
}

/** The changed snapshot, and what became of a name in it. */
export interface Mutated {
  readonly snapshot: Snapshot;
  readonly renamed: (text: string) => string;
}

function sameNames(snapshot: Snapshot): Mutated {
  return { snapshot, renamed: (text) => text };
}

function withReadings(snapshot: Snapshot, readings: Partial<Readings>): Snapshot {
  return { ...snapshot, readings: { ...snapshot.readings, ...readings } };
}

function changed<T>(
  reading: Reading<T>,
  change: (items: readonly T[]) => readonly T[],
): Reading<T> {
  return reading.state === 'read' ? { ...reading, items: change(reading.items) } : reading;
}

function forbidden(resource: string): Forbidden {
  return { state: 'forbidden', verb: 'list', resource };
}

const withoutEvents = (snapshot: Snapshot) =>
  withReadings(snapshot, { events: changed(snapshot.readings.events, () => []) });

const withoutLogs = (snapshot: Snapshot): Snapshot => ({ ...snapshot, logs: [] });

const withLogsForbidden = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  logs: snapshot.logs.map((excerpt) => ({
    ...excerpt,
    lines: { state: 'forbidden', verb: 'get', resource: 'pods/log' },
  })),
});

const withLogsRotated = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  logs: snapshot.logs.map((excerpt) => ({
    ...excerpt,
    lines: changed(excerpt.lines, (lines) => lines.slice(-1)),
  })),
});

/** Only the youngest half of the hour that an API server keeps. */
const withEventsHalfExpired = (snapshot: Snapshot) => {
  const limit = new Date(Date.parse(snapshot.takenAt) - 30 * 60_000).toISOString();
  const isYoung = ({ lastAt, firstAt }: KubeEvent) => (lastAt ?? firstAt ?? '') >= limit;
  return withReadings(snapshot, {
    events: changed(snapshot.readings.events, (events) => events.filter(isYoung)),
  });
};

const noiseCount = 200;

function noiseService(index: number, isClassed: boolean): Service {
  return {
    kind: 'Service',
    metadata: {
      name: `noise-${index}`,
      namespace: `noise-${index % 7}`,
      labels: {},
      annotations: { 'example.org/note': 'old' },
      finalizers: [],
      ownerReferences: [],
      managedFields: [],
    },
    spec: {
      type: isClassed ? 'LoadBalancer' : 'ClusterIP',
      clusterIP: `10.200.0.${index}`,
      clusterIPs: [`10.200.0.${index}`],
      externalIPs: [],
      ipFamilies: ['IPv4'],
      ...(isClassed ? { loadBalancerClass: 'noise.example.net/lb' } : {}),
      loadBalancerSourceRanges: [],
      ports: [{ protocol: 'TCP', port: 80 }],
      selector: { app: `noise-${index}` },
    },
    status: { ingress: isClassed ? [{ ip: `203.0.113.${index}` }] : [], conditions: [] },
  };
}

/** 200 healthy Services of other types and of somebody else's class. */
export function withNoise(snapshot: Snapshot): Snapshot {
  const noise = Array.from({ length: noiseCount }, (_, index) =>
    noiseService(index, index % 4 === 0),
  );
  return withReadings(snapshot, {
    services: changed(snapshot.readings.services, (services) => [...services, ...noise]),
  });
}

const noiseEvent = (index: number, at: string): KubeEvent => ({
  kind: 'Event',
  metadata: {
    name: `noise-${index}.1`,
    namespace: 'noise-0',
    labels: {},
    annotations: {},
    finalizers: [],
    ownerReferences: [],
    managedFields: [],
  },
  about: { kind: 'Service', namespace: 'noise-0', name: `noise-${index}` },
  type: index % 2 === 0 ? 'Warning' : 'Normal',
  reason: index % 2 === 0 ? 'AllocationFailed' : 'nodeAssigned',
  message:
    index % 2 === 0
      ? `Failed to allocate IP for "noise-0/noise-${index}": no available IPs`
      : 'announcing from node "elsewhere" with protocol "layer2"',
  component: index % 2 === 0 ? 'metallb-controller' : 'metallb-speaker',
  count: 1,
  firstAt: at,
  lastAt: at,
});

/** What others say about Services that are gone. */
const withNoisyEvents = (snapshot: Snapshot) =>
  withReadings(snapshot, {
    events: changed(snapshot.readings.events, (events) => [
      ...events,
      ...Array.from({ length: 40 }, (_, index) => noiseEvent(index, snapshot.takenAt)),
    ]),
  });

const team = { 'example.org/team': 'platform', 'app.kubernetes.io/managed-by': 'Helm' };

function labelled<T extends { readonly metadata: ObjectMeta }>(reading: Reading<T>): Reading<T> {
  return changed(reading, (items) =>
    items.map((each) => ({
      ...each,
      metadata: { ...each.metadata, labels: { ...each.metadata.labels, ...team } },
    })),
  );
}

/** Labels that nobody selects by, on what is most often selected. */
const withOtherLabels = (snapshot: Snapshot): Snapshot => {
  const { services, nodes, ipAddressPools, bgpPeers } = snapshot.readings;
  return withReadings(snapshot, {
    services: labelled(services),
    nodes: labelled(nodes),
    ipAddressPools: labelled(ipAddressPools),
    bgpPeers: labelled(bgpPeers),
  });
};

/** Every pod once more, evicted a while ago: such pods stay listed beside their successors. */
const withEvictedPods = (snapshot: Snapshot): Snapshot =>
  withReadings(snapshot, {
    pods: changed(snapshot.readings.pods, (pods) => [...pods, ...pods.map(evicted)]),
  });

function evicted(pod: Pod): Pod {
  const { metadata, status } = pod;
  return {
    ...pod,
    metadata: { ...metadata, name: `${metadata.name}-evicted`, uid: `evicted-${metadata.uid}` },
    status: {
      ...status,
      phase: 'Failed',
      reason: 'Evicted',
      conditions: [],
      containerStatuses: [],
    },
  };
}

const shiftedBy = (minutes: number) => (snapshot: Snapshot) => ({
  ...snapshot,
  takenAt: new Date(Date.parse(snapshot.takenAt) + minutes * 60_000).toISOString(),
});

function plain(family: string, title: string, change: (snapshot: Snapshot) => Snapshot): Mutation {
  return { family, title, apply: (snapshot) => sameNames(change(snapshot)) };
}

const withoutRight = (fact: FactName): Mutation =>
  plain('a reading forbidden', `${fact} forbidden`, (snapshot) =>
    withReadings(snapshot, { [fact]: forbidden(fact) }),
  );

/** The cluster as it was recorded. */
export const untouched: Mutation = plain('nothing', 'nothing', (snapshot) => snapshot);

/** Every mutation, by family. */
export const mutations: readonly Mutation[] = [
  plain('events removed', 'no events', withoutEvents),
  plain('events removed', 'half of the events expired', withEventsHalfExpired),
  plain('logs removed', 'no logs', withoutLogs),
  plain('logs removed', 'logs rotated to one line', withLogsRotated),
  plain('logs removed', 'logs forbidden', withLogsForbidden),
  plain('events and logs removed', 'neither', (it) => withoutLogs(withoutEvents(it))),
  plain('unrelated noise', '200 other Services', withNoise),
  plain('unrelated noise', '40 events of Services that are gone', withNoisyEvents),
  plain('harmless changes', 'labels that nobody selects by', withOtherLabels),
  plain('harmless changes', 'an evicted pod beside every pod', withEvictedPods),
  plain('clock skew', 'our clock ten minutes behind', shiftedBy(-10)),
  plain('clock skew', 'our clock ten minutes ahead', shiftedBy(10)),
  plain('clock skew', 'our clock a day ahead', shiftedBy(24 * 60)),
  {
    family: 'other names',
    title: 'other names and addresses',
    apply: (snapshot) => {
      const { snapshot: shared, rewrite } = shareSnapshot(snapshot);
      return { snapshot: shared, renamed: rewrite };
    },
  },
  ...factNames.map(withoutRight),
];
