import type { Reading } from '../../facts/reading.ts';
import type { Wanted } from '../../facts/ports.ts';
import type { FactKinds, FactName } from '../../facts/snapshot.ts';
import { notAsked, notNeeded, notNeededWithPools } from '../assemble.ts';
import { kinds, type Kind } from '../kinds.ts';
import type { ApiClient } from './api-client.ts';
import { readConfigMaps } from './read-config-maps.ts';
import { servedVersion, type Discovered } from './discovery.ts';
import { findMetalLB, type Whereabouts } from './find-metallb.ts';
import { listKind } from './list-kind.ts';
import { pluginReaders } from './plugin-readers.ts';
import { listIn, listPods, type ServicePlace } from './service-scope.ts';
import { listSlicesOf } from './slices-of-sharers.ts';
import { listEvents, listWithFallback, orWithin } from './scopes.ts';
import { hasNoPool, isWorthACall } from './worth-a-call.ts';

/** What one reading of a cluster is about. */
export interface Plan {
  readonly wanted: Wanted;
  readonly client: ApiClient;
  readonly discovered: Promise<Discovered>;
  readonly metallbNamespace: string | undefined;
  /** The namespace the person stands in: where a Service is looked for when nothing else may be read. */
  readonly namespace: string;
}

/** Every kind that is read, each as it comes; a kind is never asked for twice. */
export interface KindReader {
  read<K extends FactName>(fact: K): Promise<Reading<FactKinds[K]>>;
}

type Readers = { readonly [K in FactName]: () => Promise<Reading<FactKinds[K]>> };

/** Reads the kinds that the plan wants, side by side. */
export function readKinds(plan: Plan): KindReader {
  const readers = readersFor(plan);
  const started = new Map<FactName, Promise<unknown>>();
  return {
    read<K extends FactName>(fact: K) {
      const reading = started.get(fact) ?? readIfWanted(plan, readers, fact);
      started.set(fact, reading);
      // The map holds under each kind what the reader of that kind has started.
      return reading as Promise<Reading<FactKinds[K]>>;
    },
  };
}

/** MetalLB is found by these, whatever is wanted. */
const alwaysRead: readonly FactName[] = [
  'deployments',
  'daemonSets',
  'ipAddressPools',
  'addressPools',
];

async function readIfWanted<K extends FactName>(
  { wanted }: Plan,
  readers: Readers,
  fact: K,
): Promise<Reading<FactKinds[K]>> {
  const forLogs = fact === 'pods' && wanted.logs.length > 0;
  if (wanted.facts.includes(fact) || alwaysRead.includes(fact) || forLogs) {
    return await readers[fact]();
  }
  if (wanted.factsWithoutPools?.includes(fact) === true) {
    // a release before v0.13 knows no pools of this kind, and keeps its own in a ConfigMap
    const isOld = (await readers.ipAddressPools()).state === 'absent';
    return isOld || (await hasNoPool(readers)) ? await readers[fact]() : notNeededWithPools;
  }
  if (wanted.factsIfSelected?.includes(fact) !== true) {
    return notAsked;
  }
  return (await isWorthACall(fact, readers)) ? await readers[fact]() : notNeeded;
}

function readersFor(plan: Plan): Readers {
  const { client, wanted } = plan;
  const webhooks = once(() => listKind(client, kinds.validatingWebhooks, {}));
  const everyPool = once(() => metallbList(plan, 'ipAddressPools'));
  const whereabouts = once(() =>
    findMetalLB(client, async () => ({
      asked: plan.metallbNamespace,
      pools: await everyPool(),
      validatingWebhooks: webhooks,
    })),
  );
  const home = async () => (await whereabouts()).namespaces;
  const pools = poolReaders(plan, { home, everyPool });
  const metallb = metallbReaders(plan, home);
  const daemonSets = async () => (await whereabouts()).daemonSets;
  const { service, namespace = service && (service.namespace ?? plan.namespace) } = wanted;
  const here = namespace === undefined ? [] : [namespace];
  const services = once(() => listWithFallback(client, kinds.services, here));
  return {
    ...metallb,
    ...trafficReaders(plan, { here, whereabouts, services }),
    ...pluginReaders(client, plan.discovered, placeOf(plan)?.namespace),
    deployments: async () => (await whereabouts()).deployments,
    daemonSets,
    services,
    nodes: () => listKind(client, kinds.nodes, {}),
    namespaces: () => listKind(client, kinds.namespaces, {}),
    validatingWebhooks: webhooks,
    ...pools,
    events: async () =>
      listEvents(client, {
        service,
        metallbNamespaces: await home(),
        here: plan.namespace,
        // then whoever could not apply them may have said so, in a namespace of his own
        allWarnings: await hasNoPool({ ...pools, ipAddressPools: everyPool }),
        backendsIn: placeOf(plan)?.namespace,
      }),
    configMaps: () => readConfigMaps(client, wanted, { ...pools, ...metallb, daemonSets, home }),
  };
}

/** Both kinds of pools; who may not read them everywhere reads MetalLB's own. */
function poolReaders(
  plan: Plan,
  {
    home,
    everyPool,
  }: {
    readonly home: () => Promise<readonly string[]>;
    readonly everyPool: Readers['ipAddressPools'];
  },
) {
  return {
    ipAddressPools: once(async () =>
      orAtHome(plan, kinds.ipAddressPools, { reading: await everyPool(), home }),
    ),
    addressPools: once(async () =>
      orAtHome(plan, kinds.addressPools, {
        reading: await metallbList(plan, 'addressPools'),
        home,
      }),
    ),
  };
}

interface TrafficPlaces {
  readonly here: readonly string[];
  readonly whereabouts: () => Promise<Whereabouts>;
  readonly services: Readers['services'];
}

/** What only matters once a Service has its address. */
function trafficReaders(plan: Plan, { here, whereabouts, services }: TrafficPlaces) {
  const { client } = plan;
  const place = placeOf(plan);
  return {
    endpointSlices: () =>
      place === undefined
        ? listWithFallback(client, kinds.endpointSlices, here)
        : listSlicesOf(client, place, services),
    pods: async () => {
      const { namespaces, daemonSets } = await whereabouts();
      return await listPods(client, { home: namespaces, namespace: place?.namespace, daemonSets });
    },
    networkPolicies: () =>
      place === undefined
        ? listWithFallback(client, kinds.networkPolicies, here)
        : listIn(client, kinds.networkPolicies, { namespace: place.namespace }),
    bgpSessionStates: () => frrList(plan, 'bgpSessionStates'),
    frrNodeStates: () => frrList(plan, 'frrNodeStates'),
  };
}

/** The Service whose backends are wanted, and where it is. */
function placeOf({ wanted, namespace }: Plan): ServicePlace | undefined {
  const { service, backends = false } = wanted;
  return service === undefined || !backends
    ? undefined
    : { namespace: service.namespace ?? namespace, name: service.name };
}

function metallbReaders(plan: Plan, home: () => Promise<readonly string[]>) {
  const readerOf =
    <K extends MetalLBFact>(fact: K) =>
    async (): Promise<Reading<FactKinds[K]>> => {
      const kind: Kind<FactKinds[K]> = kinds[fact];
      return await orAtHome(plan, kind, { reading: await metallbList(plan, fact), home });
    };
  return {
    l2Advertisements: once(readerOf('l2Advertisements')),
    bgpAdvertisements: once(readerOf('bgpAdvertisements')),
    bgpPeers: readerOf('bgpPeers'),
    bfdProfiles: readerOf('bfdProfiles'),
    communities: readerOf('communities'),
    serviceL2Statuses: readerOf('serviceL2Statuses'),
    serviceBGPStatuses: readerOf('serviceBGPStatuses'),
    configurationStates: readerOf('configurationStates'),
  };
}

type MetalLBFact =
  | 'ipAddressPools'
  | 'addressPools'
  | 'l2Advertisements'
  | 'bgpAdvertisements'
  | 'bgpPeers'
  | 'bfdProfiles'
  | 'communities'
  | 'serviceL2Statuses'
  | 'serviceBGPStatuses'
  | 'configurationStates';

/** Lists a kind of MetalLB in all namespaces; no call is made for one that the server does not serve. */
async function metallbList<K extends MetalLBFact>(
  { client, discovered }: Plan,
  fact: K,
): Promise<Reading<FactKinds[K]>> {
  const kind: Kind<FactKinds[K]> = kinds[fact];
  const version = servedVersion(kind, await discovered);
  return version === undefined ? { state: 'absent' } : await listKind(client, kind, { version });
}

/** Lists a kind of frr-k8s, which keeps a namespace of its own; no call is made where nothing of it is served. */
async function frrList<K extends 'bgpSessionStates' | 'frrNodeStates'>(
  { client, discovered }: Plan,
  fact: K,
): Promise<Reading<FactKinds[K]>> {
  const kind: Kind<FactKinds[K]> = kinds[fact];
  const { apiGroups } = await discovered;
  return apiGroups?.includes(kind.group) === false
    ? { state: 'absent' }
    : await listKind(client, kind, {});
}

async function orAtHome<T>(
  { client, discovered }: Plan,
  kind: Kind<T>,
  {
    reading,
    home,
  }: { readonly reading: Reading<T>; readonly home: () => Promise<readonly string[]> },
): Promise<Reading<T>> {
  if (reading.state !== 'forbidden') {
    return reading;
  }
  const version = servedVersion(kind, await discovered);
  return await orWithin(client, { kind, reading }, { namespaces: await home(), version });
}

function once<T>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  return () => (started ??= start());
}
