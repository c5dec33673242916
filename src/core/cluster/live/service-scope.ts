import type { Pod, Workload } from '../../facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../facts/reading.ts';
import { kinds, type Kind } from '../kinds.ts';
import type { ApiClient } from './api-client.ts';
import { listKind, type Scope } from './list-kind.ts';
import { listInEach } from './scopes.ts';

/** A Service, and the namespace that it was found or looked for in. */
export interface ServicePlace {
  readonly namespace: string;
  readonly name: string;
}

/** Lists a part of a kind in one namespace, and says that it is no more than that. */
export async function listIn<T>(
  client: ApiClient,
  kind: Kind<T>,
  scope: Scope & { readonly namespace: string },
): Promise<Reading<T>> {
  const reading = await listKind(client, kind, scope);
  return reading.state === 'read' ? { ...reading, within: scope.namespace } : reading;
}

/** Lists the EndpointSlices, or whatever else is labelled so, of one Service. */
export async function listOfService<T>(
  client: ApiClient,
  kind: Kind<T>,
  { namespace, name }: ServicePlace,
): Promise<Reading<T>> {
  return await listIn(client, kind, {
    namespace,
    labelSelector: `kubernetes.io/service-name=${name}`,
  });
}

/** Whose pods are wanted. */
export interface PodPlaces {
  /** MetalLB's namespaces. */
  readonly home: readonly string[];
  /** That of the Service whose traffic is asked about. */
  readonly namespace: string | undefined;
  readonly daemonSets: Reading<Workload>;
}

/**
 * Lists the pods of MetalLB's namespaces and, where one is given, of the Service's; then those of kube-proxy too, when
 * its DaemonSet says that not all of them are ready, or when none makes them, as in RKE2. Where the Service's may not be
 * read, MetalLB's are what is known.
 */
export async function listPods(
  client: ApiClient,
  { home, namespace, daemonSets }: PodPlaces,
): Promise<Reading<Pod>> {
  const isForTraffic = namespace !== undefined;
  const proxies = troubledProxies(daemonSets);
  const [own, others, ofProxies] = await Promise.all([
    listInEach(client, kinds.pods, home),
    !isForTraffic || home.includes(namespace)
      ? undefined
      : listKind(client, kinds.pods, { namespace }),
    isForTraffic && proxies !== undefined
      ? listKind(client, kinds.pods, { namespace: proxyHome, labelSelector: proxies })
      : undefined,
  ]);
  if (own.state !== 'read' || !isForTraffic) {
    return own;
  }
  const read = new Set([...home, ...(others?.state === 'read' ? [namespace] : [])]);
  const items = [
    ...own.items,
    ...(others?.state === 'read' ? others.items : []),
    ...(read.has(proxyHome) || ofProxies?.state !== 'read' ? [] : ofProxies.items),
  ];
  const isDenied = others !== undefined && others.state !== 'read';
  return { ...own, items, within: [...read], ...(isDenied && { rest: 'denied' as const }) };
}

const proxyHome = 'kube-system';

/** The label of kube-proxy's pods where they may tell something: some are not ready, or only they themselves say so. */
function troubledProxies(daemonSets: Reading<Workload>): string | undefined {
  if (isProxyTroubled(daemonSets)) {
    return 'k8s-app=kube-proxy';
  }
  const isRke2 = itemsIfRead(daemonSets).some(({ metadata }) => metadata.name.startsWith('rke2-'));
  return isRke2 ? 'component=kube-proxy' : undefined;
}

function isProxyTroubled(daemonSets: Reading<Workload>): boolean {
  return itemsIfRead(daemonSets).some(
    ({ metadata, spec, status }) =>
      metadata.namespace === proxyHome &&
      spec.template.labels['k8s-app'] === 'kube-proxy' &&
      status.ready < status.desired,
  );
}
