import type { KubeEvent } from '../../facts/kube-objects.ts';
import type { Read, Reading } from '../../facts/reading.ts';
import { kinds, type Kind } from '../kinds.ts';
import type { ApiClient } from './api-client.ts';
import { listKind } from './list-kind.ts';

/**
 * Lists a kind in all namespaces, or, when that is denied, in the first of these namespaces in which it is
 * not. What is denied everywhere stays denied cluster-wide.
 */
export async function listWithFallback<T>(
  client: ApiClient,
  kind: Kind<T>,
  namespaces: readonly string[],
): Promise<Reading<T>> {
  const everywhere = await listKind(client, kind, {});
  if (everywhere.state !== 'forbidden') {
    return everywhere;
  }
  for (const namespace of namespaces) {
    const within = await listKind(client, kind, { namespace });
    if (within.state === 'read') {
      return { ...within, within: namespace };
    }
  }
  return everywhere;
}

/** Lists a kind in several namespaces as one reading; one that cannot be read spoils it. */
export async function listInEach<T>(
  client: ApiClient,
  kind: Kind<T>,
  namespaces: readonly string[],
): Promise<Reading<T>> {
  const readings = await Promise.all(
    namespaces.map((namespace) => listKind(client, kind, { namespace })),
  );
  return merged(readings);
}

/** Where to look for what may not be listed in all namespaces. */
export interface Places {
  readonly namespaces: readonly string[];
  readonly version?: string | undefined;
}

/**
 * What may be listed of a kind that is denied in all namespaces: the namespaces that let it be listed, one
 * or several. What is denied in each of them stays denied cluster-wide.
 */
export async function orWithin<T>(
  client: ApiClient,
  { kind, reading }: { readonly kind: Kind<T>; readonly reading: Reading<T> },
  { namespaces, version }: Places,
): Promise<Reading<T>> {
  if (reading.state !== 'forbidden') {
    return reading;
  }
  const each = await Promise.all(
    namespaces.map(async (namespace) => {
      const there = await listKind(client, kind, { version, namespace });
      return there.state === 'read' ? [{ namespace, items: there.items }] : [];
    }),
  );
  const [first, ...more] = each.flat();
  if (first === undefined) {
    return reading;
  }
  const items = [first, ...more].flatMap((part) => part.items);
  return more.length === 0
    ? { state: 'read', items, within: first.namespace }
    : {
        state: 'read',
        items,
        within: [first, ...more].map(({ namespace }) => namespace),
        rest: 'denied',
      };
}

/** Several readings of one kind as one; the first that is not read spoils it. */
export function merged<T>(readings: readonly Reading<T>[]): Reading<T> {
  const items: (readonly T[])[] = [];
  for (const reading of readings) {
    if (reading.state !== 'read') {
      return reading;
    }
    items.push(reading.items);
  }
  return { state: 'read', items: items.flat() };
}

/** What events are worth reading. */
export interface EventInterest {
  readonly service: { readonly namespace: string | undefined; readonly name: string } | undefined;
  readonly metallbNamespaces: readonly string[];
  /** Where a Service without namespace is looked for when events may not be read everywhere. */
  readonly here: string;
  /** Read the warnings of all namespaces too. */
  readonly allWarnings?: boolean;
  /** The namespace whose pods stand behind the Service: read its warnings too. */
  readonly backendsIn?: string | undefined;
}

/** An address given to a Service is the bulk of the controller's events, and the Service's status says it too. */
const controllersEvents = 'source=metallb-controller,reason!=IPAllocated';

/**
 * Events of the Service in question and of MetalLB's namespaces; without a Service, what MetalLB's
 * controller had to complain of any: a choice, and marked as one. When only one namespace may be read, the reading
 * says which.
 */
export async function listEvents(
  client: ApiClient,
  { service, metallbNamespaces, here, allWarnings = false, backendsIn }: EventInterest,
): Promise<Reading<KubeEvent>> {
  const [warnings, services, ...installations] = await Promise.all([
    allWarnings || backendsIn !== undefined
      ? listKind(client, kinds.events, {
          fieldSelector: 'type=Warning',
          ...(!allWarnings && { namespace: backendsIn }),
        })
      : none,
    listServiceEvents(client, service, here),
    ...metallbNamespaces.map((namespace) => listKind(client, kinds.events, { namespace })),
  ]);
  const all = merged([
    services,
    ...installations,
    ...(warnings.state === 'read' ? [warnings] : []),
  ]);
  if (all.state === 'read') {
    const within = services.state === 'read' ? services.within : undefined;
    const whole = withoutRepeats(all);
    return { ...whole, chosen: true, ...(within !== undefined && { within }) };
  }
  if (all.state !== 'forbidden') {
    return all;
  }
  if (services.state === 'read' && service !== undefined) {
    return { ...services, within: service.namespace ?? here };
  }
  const index = installations.findIndex((reading) => reading.state === 'read');
  const [readable, within] = [installations[index], metallbNamespaces[index]];
  return readable?.state === 'read' && within !== undefined ? { ...readable, within } : all;
}

const none = { state: 'read', items: [] } as const;

async function listServiceEvents(
  client: ApiClient,
  service: EventInterest['service'],
  here: string,
): Promise<Reading<KubeEvent>> {
  if (service === undefined) {
    return await listKind(client, kinds.events, { fieldSelector: controllersEvents });
  }
  const { namespace } = service;
  const fieldSelector = `involvedObject.name=${service.name}`;
  const asked = await listKind(client, kinds.events, { namespace, fieldSelector });
  if (asked.state !== 'forbidden' || namespace !== undefined) {
    return asked;
  }
  const within = await listKind(client, kinds.events, { namespace: here, fieldSelector });
  return within.state === 'read' ? { ...within, within: here } : asked;
}

function withoutRepeats(reading: Read<KubeEvent>): Read<KubeEvent> {
  const byKey = new Map(
    reading.items.map((item) => [`${item.metadata.namespace}/${item.metadata.name}`, item]),
  );
  return { ...reading, items: [...byKey.values()] };
}
