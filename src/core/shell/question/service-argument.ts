import { whyNotMade } from '../../../checks/why-not-made.ts';
import { shellWord } from '../../diagnosis/kubectl.ts';
import { UsageError } from '../../facts/errors.ts';
import type { KubeEvent, Service } from '../../facts/kube-objects.ts';
import { keyOf } from '../../facts/object-ref.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import {
  itemsIfRead,
  namespacesInWords,
  namespacesRead,
  type Read,
  type Reading,
} from '../../facts/reading.ts';
import { unknownService, type Asks } from './unknown-service.ts';
import { typedFlag } from '../flags/words.ts';
import { someOf } from '../../facts/in-words.ts';

/** A Service as it was typed; without a namespace it is searched in all of them. */
export interface WantedService {
  readonly namespace: string | undefined;
  readonly name: string;
}

/** A question about one Service, as a command asks it. */
export type ServiceQuestion = 'pending' | 'no-traffic';

function asksBy(command: ServiceQuestion): Asks {
  return (key) => `triage ${command} ${shellWord(key)}`;
}

/** `shop/checkout`, or `checkout` with `-n shop`, or `checkout` alone. */
export function wantedService(
  argument: string,
  namespaceFlag: string | undefined,
  words: readonly string[] = ['--namespace'],
): WantedService {
  const parts = argument.replace(/^(?:svc|service|services)\//, '').split('/');
  const [first = '', second] = parts;
  if (parts.length > 2 || first === '' || second === '') {
    throw new UsageError(`"${argument}" does not name a Service`, {
      suggestions: ['write it as namespace/name, or as name with -n namespace'],
    });
  }
  if (second === undefined) {
    return { namespace: namespaceFlag, name: first };
  }
  // what only the environment says is a default, as a kubeconfig's namespace is
  const isTyped = typedFlag(words, 'namespace', 'n');
  if (isTyped && namespaceFlag !== undefined && namespaceFlag !== first) {
    throw new UsageError(`"${argument}" and --namespace ${namespaceFlag} name two namespaces`);
  }
  return { namespace: first, name: second };
}

/** One Service, or all of a namespace; a namespace that only the environment says is a default, and narrows nothing. */
export function askedFor(
  argument: string | undefined,
  namespaceFlag: string | undefined,
  words: readonly string[],
): { readonly service: WantedService | undefined; readonly namespace: string | undefined } {
  return argument === undefined
    ? {
        service: undefined,
        namespace: typedFlag(words, 'namespace', 'n') ? namespaceFlag : undefined,
      }
    : { service: wantedService(argument, namespaceFlag, words), namespace: undefined };
}

/**
 * The Service that was meant. Undefined when the Services could not be read, because then nobody knows
 * whether it exists; a name that is not there, or is there twice, is the caller's to mend.
 */
export function theService(
  wanted: WantedService,
  services: Reading<Service>,
  asks: Asks = asksBy('pending'),
): Service | undefined {
  if (services.state !== 'read') {
    return undefined;
  }
  const named = services.items.filter((service) => isCalled(wanted, service));
  if (named.length > 1) {
    throw ambiguous(wanted, named, asks);
  }
  const [only] = named;
  if (only === undefined) {
    throw unread(wanted, services, asks) ?? unknownService(wanted, services.items, asks);
  }
  return only;
}

function isCalled({ namespace, name }: WantedService, { metadata }: Service): boolean {
  return metadata.name === name && (namespace === undefined || metadata.namespace === namespace);
}

/** The same from all that was read: where the Service is not there, the events may tell why. */
export function soughtService(
  wanted: WantedService,
  { services, events }: Pick<Snapshot['readings'], 'services' | 'events'>,
  command: ServiceQuestion = 'pending',
): Service | undefined {
  const isThere = itemsIfRead(services).some((service) => isCalled(wanted, service));
  const refused = isThere ? undefined : notMade(wanted, itemsIfRead(events));
  if (services.state === 'read' && refused !== undefined) {
    throw refused;
  }
  return theService(wanted, services, asksBy(command));
}

/** No slip of the keyboard: it was applied, and refused. */
function notMade(wanted: WantedService, events: readonly KubeEvent[]): UsageError | undefined {
  const why = whyNotMade(wanted, events);
  const { namespace, name } = wanted;
  const place = namespace === undefined ? 'any namespace' : `namespace ${namespace}`;
  return why === undefined
    ? undefined
    : new UsageError(`there is no Service ${name} in ${place}; ${why}`, {
        suggestions: ['triage health', 'triage explain services-blocked-by-quota'],
      });
}

/** Nobody knows what is in namespaces that were not read. */
function unread(
  { namespace, name }: WantedService,
  services: Read<Service>,
  asks: Asks,
): UsageError | undefined {
  const names = namespacesRead(services);
  if (names === undefined || (namespace !== undefined && names.includes(namespace))) {
    return undefined;
  }
  const there = namespacesInWords(names);
  const dump = namespace === undefined ? `no Service ${name}` : `nothing of namespace ${namespace}`;
  return typeof services.within === 'string'
    ? new UsageError(`there is no Service ${name} in ${there}, and no other could be read`, {
        suggestions: [`name the one it is in: ${asks('NAMESPACE/NAME')}`],
      })
    : new UsageError(`the dump holds ${dump}: it covers only the ${there}`, {
        suggestions: [
          'dump again, all namespaces: kubectl cluster-info dump --all-namespaces --output-directory=DIR',
          'or add the Services to it: kubectl get services -A -o yaml >DIR/services.yaml',
        ],
      });
}

function ambiguous({ name }: WantedService, named: readonly Service[], asks: Asks): UsageError {
  const keys = named.map(({ metadata }) => keyOf(metadata)).toSorted();
  return new UsageError(`there are ${keys.length} Services called ${name}: ${keys.join(', ')}`, {
    suggestions: keys.slice(0, 5).map(asks),
  });
}

/** LoadBalancer Services without an address, as `namespace/name`. */
export function pendingServices(services: Reading<Service>): readonly string[] {
  return offeredFor('pending', services);
}

/** The LoadBalancer Services that the question is worth asking of: without an address, or with one. */
export function offeredFor(
  command: ServiceQuestion,
  services: Reading<Service>,
): readonly string[] {
  const wantsServed = command === 'no-traffic';
  return itemsIfRead(services)
    .filter(
      ({ spec, status }) =>
        spec.type === 'LoadBalancer' && status.ingress.length > 0 === wantsServed,
    )
    .map(({ metadata }) => keyOf(metadata))
    .toSorted();
}

const offeredAtMost = 10;

const sorts = {
  pending: { none: 'no Service is pending', some: 'pending' },
  'no-traffic': { none: 'no Service of type LoadBalancer has an address', some: 'with an address' },
} as const;

/** Nobody was there to choose, or there was nothing to choose from: says what there is, or why that is not known. */
export function noneNamed(
  services: Reading<Service>,
  offered: readonly string[],
  command: ServiceQuestion = 'pending',
): UsageError {
  const asks = asksBy(command);
  const { none, some } = sorts[command];
  switch (services.state) {
    case 'forbidden':
      return new UsageError(
        `which Service? they cannot be looked for: you may not ${services.verb} ${services.resource}`,
        { suggestions: ['triage doctor', asks('NAMESPACE/NAME')] },
      );
    case 'failed':
    case 'absent':
      return new UsageError(
        `which Service? they could not be looked for${services.state === 'failed' ? `: ${services.reason}` : ''}`,
        { suggestions: ['triage doctor', asks('NAMESPACE/NAME')] },
      );
    case 'read': {
      const within = namespacesRead(services);
      const place =
        within === undefined ? '' : ` in ${namespacesInWords(within)}, the only one read`;
      const shown = offered.slice(0, offeredAtMost);
      return offered.length === 0
        ? new UsageError(`${none}${place}`, { suggestions: ['triage health'] })
        : new UsageError(`which Service? ${some}${place}: ${someOf(offered, offeredAtMost)}`, {
            suggestions: shown.map(asks),
          });
    }
  }
}
