import type { EndpointSlice, Service } from '../../facts/kube-objects.ts';
import { keyOf } from '../../facts/object-ref.ts';
import { itemsIfRead, type Reading } from '../../facts/reading.ts';
import { kinds } from '../kinds.ts';
import type { ApiClient } from './api-client.ts';
import { listKind } from './list-kind.ts';
import { listOfService, type ServicePlace } from './service-scope.ts';

/** More names make a longer line than some proxies take. */
const mostSharers = 50;

/**
 * Lists the EndpointSlices of one Service and, where it shares an address, with one more call those of the others: whether
 * they have endpoints decides who announces.
 */
export async function listSlicesOf(
  client: ApiClient,
  place: ServicePlace,
  services: () => Promise<Reading<Service>>,
): Promise<Reading<EndpointSlice>> {
  const [own, sharers] = await Promise.all([
    listOfService(client, kinds.endpointSlices, place),
    services().then((reading) => sharersOf(place, itemsIfRead(reading))),
  ]);
  if (own.state !== 'read' || sharers.length === 0 || sharers.length > mostSharers) {
    return own;
  }
  const others = await listKind(client, kinds.endpointSlices, scopeOf(sharers));
  const keys = new Set(sharers.map(({ metadata }) => keyOf(metadata)));
  return others.state === 'read'
    ? {
        ...own,
        items: [...own.items, ...others.items.filter((slice) => keys.has(holderOf(slice)))],
        chosen: true,
      }
    : own;
}

function scopeOf(sharers: readonly Service[]) {
  const namespaces = [...new Set(sharers.map(({ metadata }) => metadata.namespace ?? ''))];
  const names = [...new Set(sharers.map(({ metadata }) => metadata.name))].toSorted();
  const [only, ...more] = namespaces;
  return {
    ...(more.length === 0 && { namespace: only }),
    labelSelector: `kubernetes.io/service-name in (${names.join(',')})`,
  };
}

/** Services with an address of this one. */
function sharersOf({ namespace, name }: ServicePlace, all: readonly Service[]): readonly Service[] {
  const isOwn = ({ metadata }: Service): boolean =>
    metadata.name === name && metadata.namespace === namespace;
  const addresses = new Set(all.filter(isOwn).flatMap(addressesOf));
  return addresses.size === 0
    ? []
    : all.filter(
        (each) => !isOwn(each) && addressesOf(each).some((address) => addresses.has(address)),
      );
}

function addressesOf({ status }: Service): readonly string[] {
  return status.ingress.flatMap(({ ip }) => ip ?? []);
}

function holderOf({ metadata }: EndpointSlice): string {
  const { namespace = '', labels } = metadata;
  return `${namespace}/${labels['kubernetes.io/service-name'] ?? ''}`;
}
