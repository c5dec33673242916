import { nearNames } from '../../cluster/near-names.ts';
import { UsageError } from '../../facts/errors.ts';
import { type IpAddress, parseAddress } from '../../facts/ip.ts';
import type { Service } from '../../facts/kube-objects.ts';
import { keyOf } from '../../facts/object-ref.ts';
import type { WantedService } from './service-argument.ts';
import { someOf } from '../../facts/in-words.ts';

/** The command that asks the same of another Service, given as `namespace/name`. */
export type Asks = (key: string) => string;

const offeredAtMost = 5;

/** There is no such Service: says which may have been meant, or what its namespace has instead. */
export function unknownService(
  wanted: WantedService,
  services: readonly Service[],
  asks: Asks,
): UsageError {
  const { namespace, name } = wanted;
  const address = parseAddress(name);
  if (address !== undefined) {
    return addressGiven(address, services, asks);
  }
  const near = nearTo(wanted, services).slice(0, offeredAtMost);
  const others = near.length > 0 ? [] : choicesIn(namespace, services);
  const place = namespace === undefined ? 'any namespace' : `namespace ${namespace}`;
  const isStrange = !services.some(isLoadBalancer);
  const text = [
    `there is no Service ${name} in ${place}`,
    ...(near.length === 0 ? [] : [`did you mean ${near.join(', ')}?`]),
    ...(others.length === 0
      ? []
      : [
          `of type LoadBalancer ${namespace === undefined ? 'there are' : 'it has'} ${someOf(others, offeredAtMost)}`,
        ]),
    ...(isStrange
      ? ['no Service here is of type LoadBalancer at all: is this the right cluster?']
      : []),
  ];
  return new UsageError(text.join('; '), {
    suggestions: [
      ...[...near, ...others].slice(0, offeredAtMost).map(asks),
      ...(isStrange ? ['kubectl config get-contexts'] : []),
    ],
  });
}

/** Alerts and callers know addresses: who holds it is the Service that is meant. */
function addressGiven(address: IpAddress, services: readonly Service[], asks: Asks): UsageError {
  const holders = services
    .filter(({ status }) => status.ingress.some(({ ip }) => parseAddress(ip ?? '') === address))
    .map(keyOfService)
    .toSorted();
  return holders.length === 0
    ? new UsageError(`${address} is an address, and no Service holds it`, {
        suggestions: ['triage pools', `triage arp ${address}`],
      })
    : new UsageError(
        `${address} is an address: ${someOf(holders, offeredAtMost)} ${holders.length === 1 ? 'holds' : 'hold'} it`,
        {
          suggestions: holders.slice(0, offeredAtMost).map(asks),
        },
      );
}

/** The same name elsewhere, then names like it; in other namespaces only where this one is not there at all. */
function nearTo(
  { namespace, name }: WantedService,
  services: readonly Service[],
): readonly string[] {
  const here = services.filter(({ metadata }) => metadata.namespace === namespace);
  const keys = services.map(keyOfService);
  const elsewhere = keys.filter((key) => key.endsWith(`/${name}`)).toSorted();
  if (namespace !== undefined && here.length === 0) {
    return [...new Set([...elsewhere, ...nearNames(`${namespace}/${name}`, keys)])];
  }
  return [...elsewhere, ...nearByName(name, namespace === undefined ? services : here)];
}

function nearByName(name: string, services: readonly Service[]): readonly string[] {
  const names = new Set(services.map(({ metadata }) => metadata.name));
  return nearNames(name, [...names]).flatMap((each) =>
    services
      .filter(({ metadata }) => metadata.name === each)
      .map(keyOfService)
      .toSorted(),
  );
}

/** Those of the namespace, or of all, that triage has something to say of, the pending ones first. */
function choicesIn(namespace: string | undefined, services: readonly Service[]): readonly string[] {
  const here = services.filter(
    (service) =>
      (namespace === undefined || service.metadata.namespace === namespace) &&
      isLoadBalancer(service),
  );
  const isServed = ({ status }: Service) => status.ingress.length > 0;
  return [false, true].flatMap((served) =>
    here
      .filter((service) => isServed(service) === served)
      .map(keyOfService)
      .toSorted(),
  );
}

function isLoadBalancer({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer';
}

function keyOfService({ metadata }: Service): string {
  return keyOf(metadata);
}
