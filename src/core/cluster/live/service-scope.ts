import type { Pod } from '../../facts/kube-objects.ts';
import type { Reading } from '../../facts/reading.ts';
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

/**
 * Lists the pods of MetalLB's namespaces and, where one is given, of the Service's. Where the latter may not
 * be read, the former are what is known.
 */
export async function listPods(
  client: ApiClient,
  home: readonly string[],
  namespace: string | undefined,
): Promise<Reading<Pod>> {
  const [own, others] = await Promise.all([
    listInEach(client, kinds.pods, home),
    namespace === undefined || home.includes(namespace)
      ? undefined
      : listKind(client, kinds.pods, { namespace }),
  ]);
  if (own.state !== 'read' || namespace === undefined) {
    return own;
  }
  return others?.state === 'read'
    ? { state: 'read', items: [...own.items, ...others.items], within: [...home, namespace] }
    : { ...own, within: home, ...(others !== undefined && { rest: 'denied' as const }) };
}
