import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { contains, parseAddress, parseCidr, type IpAddress } from '../../core/facts/ip.ts';
import type { HostInterface, HostPort, HostRoute, KernelNeighbour } from './host-port.ts';

/**
 * A host without the program `ip`, such as a slim image: interfaces that have an address, the networks they are in and
 * the first default gateway of IPv4. Whether an interface is Ethernet is told when it is opened.
 */
export function hostWithoutIp(): HostPort {
  return {
    name: hostname(),
    interfaces: async () => interfacesHere(),
    route: async (address) =>
      routeAmong(interfacesHere(), address, await textOf('/proc/net/route')),
    neighbours: async () => neighboursIn(await textOf('/proc/net/arp')),
  };
}

function interfacesHere(): readonly HostInterface[] {
  return Object.entries(networkInterfaces()).flatMap(([name, infos = []]) => {
    const [first] = infos;
    return first === undefined
      ? []
      : [
          {
            name,
            index: undefined,
            mac: first.mac,
            type: first.internal ? 'loopback' : undefined,
            isUp: true,
            hasCarrier: true,
            speaksArp: true,
            master: undefined,
            addresses: infos.flatMap(addressOf),
          },
        ];
  });
}

function addressOf({ address: text, cidr }: NetworkInterfaceInfo): HostInterface['addresses'] {
  const address = parseAddress(text);
  const prefixLength = Number(cidr?.split('/')[1]);
  return address === undefined || Number.isNaN(prefixLength) ? [] : [{ address, prefixLength }];
}

/** The network with the longest prefix, else the default gateway. */
export function routeAmong(
  interfaces: readonly HostInterface[],
  address: IpAddress,
  table: string,
): HostRoute {
  const networks = interfaces.flatMap(({ name, addresses }) =>
    addresses.flatMap((own) => {
      const network = parseCidr(`${own.address}/${own.prefixLength}`);
      return network !== undefined && contains(network, address) ? [{ name, own }] : [];
    }),
  );
  const [nearest] = networks.toSorted(
    (left, right) => right.own.prefixLength - left.own.prefixLength,
  );
  if (nearest === undefined) {
    return address.includes(':') ? { kind: 'none' } : defaultRoute(table);
  }
  return nearest.own.address === address
    ? { kind: 'own' }
    : { kind: 'on-link', interface: nearest.name, source: nearest.own.address };
}

/** The gateway of `/proc/net/route`, which writes addresses as hexadecimal numbers, the last octet first. */
function defaultRoute(table: string): HostRoute {
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  const row = rows.find((each) => each[1] === '00000000' && each[7] === '00000000');
  const [name, , gateway] = row ?? [];
  if (name === undefined || gateway === undefined || !/^[0-9A-F]{8}$/i.test(gateway)) {
    return { kind: 'none' };
  }
  const octets = (gateway.match(/../g) ?? []).toReversed().map((part) => Number.parseInt(part, 16));
  return { kind: 'routed', interface: name, gateway: octets.join('.') };
}

/**
 * The table of IPv4 in `/proc/net/arp`. It tells whether an entry is complete, but not when it was last confirmed, so
 * that every answer in it counts as an old one.
 */
export function neighboursIn(table: string): readonly KernelNeighbour[] {
  const rows = table.split('\n').slice(1);
  return rows.flatMap((line) => {
    const [address, , flags, mac, , device] = line.trim().split(/\s+/);
    if (address === undefined || device === undefined) {
      return [];
    }
    const isComplete = (Number(flags) & complete) !== 0;
    return [
      {
        address,
        interface: device,
        mac: isComplete ? mac : undefined,
        state: isComplete ? 'STALE' : 'INCOMPLETE',
      },
    ];
  });
}

const complete = 0x2;

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
