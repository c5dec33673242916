import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import {
  type Cidr,
  cidrText,
  familyOf,
  type IpAddress,
  parseAddress,
} from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import {
  holdsNobody,
  letsClient,
  type SourceRanges,
  sourceRangesOf,
} from '../models/traffic/source-ranges.ts';
import { type Vantage, vantagesOf } from '../models/wire/vantage.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { editService } from '../models/service-remedies.ts';
import { noServedAddress } from '../models/one-service.ts';

/** kube-proxy drops, without a word, clients outside the ranges that the Service names. */
export const sourceRangesLetClientsIn = defineCheck({
  id: 'MLB-D09',
  asks: 'Does spec.loadBalancerSourceRanges let the clients in?',
  symptoms: ['no-traffic'],
  causes: ['source-ranges-keep-out'],
  link: 'data-path',
  basis: 'observed',
  needs: [],
  helps: ['wire'],
  skipWhen: noServedAddress,
  run: (facts, service) => {
    if (service === undefined) {
      return [];
    }
    const found = sourceRangesOf(service);
    const shutOut = vantagesOf(service, facts.wire).filter(({ hosts }) =>
      hosts.every((host) => !letsClient(found, host)),
    );
    const who = whoIsDropped(facts.client, found, shutOut);
    if (who !== undefined && found.malformed.length === 0) {
      return [keptOut(service, found, who)];
    }
    const isOpen = found.ranges.some(({ prefixLength }) => prefixLength === 0);
    const isLetIn = facts.client !== undefined || found.ranges.length === 0 || isOpen;
    return isLetIn && found.malformed.length === 0 ? [] : [finding(service, found, shutOut)];
  },
});

/** Somebody in particular whom the ranges do not hold. */
interface Dropped {
  readonly client: IpAddress;
  /** What the look saw, where the client is the host that looked. */
  readonly seen: readonly string[];
}

/** The one who is named; else a host that tried it, was not let in, and got no answer. */
function whoIsDropped(
  client: IpAddress | undefined,
  found: SourceRanges,
  shutOut: readonly Vantage[],
): Dropped | undefined {
  if (client !== undefined && !letsClient(found, client)) {
    return { client, seen: [] };
  }
  const isForNobody = found.ranges.every(holdsNobody);
  const [dropped] = isForNobody ? [] : shutOut.filter(({ isDropped }) => isDropped);
  const [host] = dropped?.hosts ?? [];
  return dropped === undefined || host === undefined
    ? undefined
    : { client: host, seen: [`${hostText(dropped)} tried it, and nothing came back`] };
}

function hostText({ look, hosts }: Vantage): string {
  return `${look.from.host} (${hosts.join(', ')})`;
}

/** Of somebody who is named it is certain. */
function keptOut(service: Service, found: SourceRanges, { client, seen }: Dropped): Found {
  const about = refOf(service);
  const texts = found.ranges.map(cidrText);
  return {
    cause: 'source-ranges-keep-out',
    severity: 'error',
    about,
    affects: [about],
    addresses: addressesIn(service).filter((text) => {
      const address = parseAddress(text);
      return address !== undefined && familyOf(address) === familyOf(client);
    }),
    says: `${keyOfService(service)} does not let ${client} in: its source ranges are ${someOf(texts)}`,
    details: [
      ...seen,
      'whoever is outside is dropped without a word: connections hang until they time out',
      'it is the address that arrives at the node that counts: behind a router or firewall that translates addresses, that is its own',
    ],
    because: [
      seenField(
        about,
        'spec.loadBalancerSourceRanges',
        service.spec.loadBalancerSourceRanges.join(', '),
      ),
    ],
    doubts: [`the packets of ${client} arrive at the node under another address`],
    suggests: [editService(service, `add a range that holds ${client}`)],
  };
}

function finding(service: Service, found: SourceRanges, shutOut: readonly Vantage[]): Found {
  const about = refOf(service);
  const { ranges, malformed } = found;
  const isForNobody = ranges.length > 0 && ranges.every(holdsNobody);
  const texts = ranges.map(cidrText);
  return {
    cause: 'source-ranges-keep-out',
    severity: severityOf(isForNobody, malformed.length > 0 || !shutOut.every(wasAnswered)),
    about,
    affects: [about],
    says: isForNobody
      ? `${keyOfService(service)} lets nobody in: its source ranges (${texts.join(', ')}) hold no address that a client could have`
      : saysOf(service, found),
    details: [
      ...malformed.map(
        (text) => `${JSON.stringify(text)} is no range, and kube-proxy passes over it`,
      ),
      ...shutOut.map(outsiderText),
      'whoever is outside is dropped without a word: connections hang until they time out',
      ...otherFamily(service, ranges),
      'it is the address that arrives at the node that counts: behind a router or firewall that translates addresses, that is its own',
    ],
    because: [
      seenField(
        about,
        'spec.loadBalancerSourceRanges',
        service.spec.loadBalancerSourceRanges.join(', '),
      ),
    ],
    suggests: [
      editService(
        service,
        isForNobody
          ? 'write the ranges of the clients, or 0.0.0.0/0 for everybody'
          : 'add the range of the clients that are to get in, if they are not among these',
      ),
    ],
  };
}

function outsiderText(outsider: Vantage): string {
  const answered = wasAnswered(outsider)
    ? ', and got an answer: it arrives there under another address'
    : '';
  return `${hostText(outsider)}, from where it was tried, is not among them${answered}`;
}

/** Who is dropped is not even refused. */
function wasAnswered({ look }: Vantage): boolean {
  return look.ports.some(({ outcome }) => ['open', 'refused', 'reset'].includes(outcome));
}

function severityOf(isForNobody: boolean, isTroubling: boolean): Found['severity'] {
  if (isForNobody) {
    return 'error';
  }
  return isTroubling ? 'warning' : 'info';
}

function saysOf(service: Service, { ranges, malformed }: SourceRanges): string {
  return ranges.length === 0
    ? `the source ranges of ${keyOfService(service)} cannot be read: ${malformed.join(', ')}`
    : `${keyOfService(service)} lets only clients from ${someOf(ranges.map(cidrText))} in`;
}

/** A family without a range is open to everybody. */
function otherFamily(service: Service, ranges: readonly Cidr[]): readonly string[] {
  const families = new Set(ranges.map(({ family }) => family));
  const open = addressesIn(service).filter((text) => {
    const address = parseAddress(text);
    return address !== undefined && !families.has(address.includes(':') ? 'ipv6' : 'ipv4');
  });
  return open.length === 0 || ranges.length === 0
    ? []
    : [`for ${open.join(', ')} no range is given, so everybody may reach it there`];
}
