import type { AnnouncedHere, AnnouncingVerdict } from '../../core/facts/announcers-report.ts';
import { countText } from '../../core/facts/count-text.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { isPending, keyOfService } from '../models/services.ts';

interface Scene {
  readonly service: Service | undefined;
  /** Where all the Services asked about are; undefined for everywhere. */
  readonly namespace: string | undefined;
  readonly holding: readonly Service[];
  /** Why MetalLB announces nothing of the one Service that is asked about, where that is so. */
  readonly notServed: string;
}

/** The answer in one sentence. */
export function headlineOf(
  addresses: readonly AnnouncedHere[],
  { service, namespace, holding, notServed }: Scene,
): string {
  if (service !== undefined) {
    return ofOne(addresses, service, notServed);
  }
  const place = namespace === undefined ? '' : ` in namespace ${namespace}`;
  if (holding.length === 0) {
    return `no Service of this MetalLB${place} has an address, so there is nothing to announce`;
  }
  const parts = [
    `${counted(addresses, 'announced')} announced`,
    ...some(counted(addresses, 'nobody'), 'by nobody'),
    ...some(counted(addresses, 'uncertain'), 'open'),
    ...some(
      addresses.filter((each) => each.disagreements.length > 0).length,
      'of which speakers say otherwise',
    ),
  ];
  return `${number(addresses.length)} ${addresses.length === 1 ? 'address' : 'addresses'} of ${number(holding.length)} ${holding.length === 1 ? 'Service' : 'Services'}${place}: ${parts.join(', ')}`;
}

function some(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${number(count)} ${what}`];
}

function counted(addresses: readonly AnnouncedHere[], wanted: AnnouncingVerdict): number {
  return addresses.filter(({ verdict }) => verdict === wanted).length;
}

function number(count: number): string {
  return countText(BigInt(count));
}

function ofOne(addresses: readonly AnnouncedHere[], service: Service, notServed: string): string {
  const key = keyOfService(service);
  const [first] = addresses;
  if (first === undefined) {
    return isPending(service)
      ? `${key} has no address yet, so there is nothing to announce`
      : notServed;
  }
  const verdicts = new Set(addresses.map(({ verdict }) => verdict));
  return verdicts.size === 1
    ? `${key}: ${addresses.map(({ address }) => address).join(', ')} ${sentenceOf(first)}`
    : `${key}: ${addresses.map((each) => `${each.address} ${sentenceOf(each)}`).join('; ')}`;
}

function sentenceOf({ verdict, announcer, advertisers, why }: AnnouncedHere): string {
  const layer2 = announcer === undefined ? [] : [`by ${announcer} in layer 2`];
  const bgp =
    advertisers.count === 0
      ? []
      : [
          `by ${advertisers.count === 1 ? advertisers.first.join() : `${number(advertisers.count)} nodes`} over BGP`,
        ];
  switch (verdict) {
    case 'announced':
      return `is announced ${[...layer2, ...bgp].join(' and ')}`;
    case 'nobody':
      return `is announced by nobody: ${why ?? ''}`;
    case 'uncertain':
      return `is open: ${why ?? ''}`;
  }
}
