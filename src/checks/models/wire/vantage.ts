import { familyOf, type IpAddress, parseAddress } from '../../../core/facts/ip.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../../core/facts/reading.ts';
import type { WireLook } from '../../../core/facts/wire.ts';
import { addressesIn } from '../services.ts';
import { isSameAddress } from './looks.ts';

/** A host from which ports of the Service were tried, as the client that it was. */
export interface Vantage {
  readonly look: WireLook;
  /** Its addresses of the family that was tried, under one of which its packets arrive unless something translates. */
  readonly hosts: readonly IpAddress[];
  /** Its connections got no answer at all, as if somebody dropped them. */
  readonly isDropped: boolean;
}

/** Where the ports of the Service were tried from, without the nodes: their own packets never reach the wire. */
export function vantagesOf(service: Service, wire: Reading<WireLook>): readonly Vantage[] {
  const own = addressesIn(service);
  return itemsIfRead(wire)
    .filter(({ address, ports, from }) => {
      return (
        own.some((each) => isSameAddress(each, address)) &&
        ports.length > 0 &&
        from.node === undefined
      );
    })
    .map((look) => ({ look, hosts: hostsOf(look), isDropped: isDroppedIn(look) }))
    .filter(({ hosts }) => hosts.length > 0);
}

function hostsOf({ address, from }: WireLook): readonly IpAddress[] {
  const asked = parseAddress(address);
  return asked === undefined
    ? []
    : from.addresses
        .flatMap((text) => parseAddress(text.split('/')[0] ?? '') ?? [])
        .filter((host) => familyOf(host) === familyOf(asked) && !host.startsWith('fe80:'));
}

function isDroppedIn({ ports }: WireLook): boolean {
  const tried = ports.filter(({ protocol }) => protocol !== 'UDP');
  return tried.length > 0 && tried.every(({ outcome }) => outcome === 'timeout');
}
