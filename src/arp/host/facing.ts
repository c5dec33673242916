import { UsageError } from '../../core/facts/errors.ts';
import {
  addressAt,
  cidrText,
  contains,
  familyOf,
  parseCidr,
  type IpAddress,
} from '../../core/facts/ip.ts';
import type { WireReach } from '../../core/facts/wire.ts';
import type { HostAddress, HostInterface, HostRoute } from './host-port.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Which interface faces an address, why, and whether anybody can be asked there. */
export interface Facing {
  readonly interface: HostInterface | undefined;
  readonly why: string;
  readonly reach: WireReach;
  /** The host's own address to ask with. */
  readonly source: IpAddress | undefined;
  /** Why nobody can be asked on the wire. */
  readonly hindrance: string | undefined;
}

/** What the host says of itself. */
export interface Standing {
  readonly interfaces: readonly HostInterface[];
  readonly route: HostRoute;
}

/** The interface to ask on: the named one, or the one that the host's routes lead to. */
export function facing(address: IpAddress, wanted: string | undefined, standing: Standing): Facing {
  refuseBroadcast(address, standing);
  const holder = standing.interfaces.find((each) =>
    each.addresses.some((own) => own.address === address),
  );
  if (holder !== undefined || standing.route.kind === 'own') {
    return ownFacing(address, holder ?? standing.interfaces.find(({ name }) => name === 'lo'));
  }
  return wanted === undefined
    ? routedFacing(address, standing)
    : namedFacing(address, wanted, standing);
}

function ownFacing(address: IpAddress, holder: HostInterface | undefined): Facing {
  const name = holder?.name ?? 'lo';
  const why = `${address} is an address of this host itself, on ${name}`;
  return {
    interface: holder,
    why,
    reach: { kind: 'own', interface: name },
    source: undefined,
    hindrance: `${why}: what is sent to it never reaches the wire`,
  };
}

/** A node has an interface for each Pod. */
const mostNamed = 20;

function namedFacing(address: IpAddress, wanted: string, { interfaces }: Standing): Facing {
  const found = interfaces.find(({ name }) => name === wanted);
  if (found === undefined) {
    const names = interfaces.map(({ name }) => name);
    throw new UsageError(`there is no interface ${wanted} on this host`, {
      suggestions: [`the interfaces here: ${someOf(names, mostNamed)}`],
    });
  }
  const hindrance = hindranceOf(found);
  if (hindrance !== undefined) {
    const suggestions = found.master === undefined ? [] : [`ask on ${found.master}`];
    throw new UsageError(hindrance, { suggestions });
  }
  const subnet = subnetOf(found, address);
  const isIn =
    subnet === undefined ? `${address} is in no network of it` : inSubnet(address, subnet, found);
  return { ...onLink(found, address), why: `--interface ${wanted}; ${isIn}` };
}

function routedFacing(address: IpAddress, { interfaces, route }: Standing): Facing {
  const near =
    route.kind === 'on-link'
      ? interfaces.find(({ name }) => name === route.interface)
      : // the kernel takes the routes of an interface away when that goes down
        interfaces.find((each) => !each.isUp && subnetOf(each, address) !== undefined);
  return route.kind === 'routed' && near === undefined
    ? behindGateway(address, route, interfaces)
    : linkedFacing(address, near);
}

function linkedFacing(address: IpAddress, found: HostInterface | undefined): Facing {
  if (found === undefined) {
    const why = `${address} is on no network of this host, and no route to it is known`;
    const reach = { kind: 'unroutable' } as const;
    return { interface: undefined, why, reach, source: undefined, hindrance: `${why}${elsewhere}` };
  }
  const subnet = subnetOf(found, address);
  const why =
    subnet === undefined
      ? `the route to ${address} leads straight out of ${found.name}`
      : inSubnet(address, subnet, found);
  return { ...onLink(found, address), why, hindrance: hindranceOf(found) };
}

const elsewhere =
  '; where its segment is cabled to this host all the same, name it with --interface';

function behindGateway(
  address: IpAddress,
  { gateway, interface: name }: HostRoute & { readonly kind: 'routed' },
  interfaces: readonly HostInterface[],
): Facing {
  const why = `${address} is on no network of this host; the way to it goes through ${gateway} on ${name}`;
  return {
    interface: interfaces.find((each) => each.name === name),
    why,
    reach: { kind: 'routed', gateway },
    source: undefined,
    hindrance: `${why}, and who answers behind a gateway cannot be seen from here${elsewhere}`,
  };
}

function onLink(found: HostInterface, address: IpAddress): Omit<Facing, 'why'> {
  return {
    interface: found,
    reach: { kind: 'on-link' },
    source: sourceOn(found, address),
    hindrance: undefined,
  };
}

/** Why an interface cannot be asked on. */
function hindranceOf({ name, type, isUp, speaksArp, master }: HostInterface): string | undefined {
  if (type === 'loopback') {
    return `${name} is the loopback: nobody else is there`;
  }
  if (type !== undefined && type !== 'ether') {
    const kind = type === 'none' ? 'a tunnel without Ethernet addresses' : type;
    return `${name} is not Ethernet but ${kind}: there is no ARP or NDP that could be looked at`;
  }
  if (master !== undefined) {
    return `${name} is a port of ${master}, which takes all its frames`;
  }
  if (!isUp) {
    return `${name} is down`;
  }
  return speaksArp ? undefined : `${name} has ARP switched off`;
}

/** The address to ask with: of the same network, else any of the family. */
function sourceOn(found: HostInterface, address: IpAddress): IpAddress | undefined {
  const family = familyOf(address);
  const own = found.addresses.filter((each) => familyOf(each.address) === family);
  const near = own.find((each) => isWithin(each, address));
  const linkLocal = own.find((each) => each.address.startsWith('fe80:'));
  return (near ?? linkLocal ?? own[0])?.address;
}

function subnetOf(found: HostInterface, address: IpAddress): HostAddress | undefined {
  return found.addresses.find((each) => isWithin(each, address));
}

function isWithin({ address: own, prefixLength }: HostAddress, address: IpAddress): boolean {
  const network = parseCidr(`${own}/${prefixLength}`);
  return network !== undefined && contains(network, address);
}

function inSubnet(
  address: IpAddress,
  { address: own, prefixLength }: HostAddress,
  found: HostInterface,
): string {
  const network = parseCidr(`${own}/${prefixLength}`);
  return `${address} is in ${network === undefined ? own : cidrText(network)} of ${found.name}`;
}

/** Whose it would be: hosts take the first address of a network for the network itself, older ones for a broadcast. */
export function refuseNetwork(address: IpAddress, interfaces: readonly HostInterface[]): void {
  for (const { name, addresses } of interfaces) {
    for (const own of addresses) {
      const network = parseCidr(`${own.address}/${own.prefixLength}`);
      if (
        network?.family === 'ipv4' &&
        network.prefixLength < 31 &&
        own.address !== address &&
        addressAt(network.family, network.first) === address
      ) {
        throw new UsageError(
          `${address} is the network address of ${cidrText(network)} on ${name}: it names the network, and no machine should have it`,
        );
      }
    }
  }
}

function refuseBroadcast(address: IpAddress, { interfaces, route }: Standing): void {
  const networks = interfaces.flatMap(({ name, addresses }) =>
    addresses.flatMap((own) => {
      const network = parseCidr(`${own.address}/${own.prefixLength}`);
      return network === undefined ? [] : [{ name, network }];
    }),
  );
  const hit = networks.find(
    ({ network: { family, last, prefixLength } }) =>
      family === 'ipv4' && prefixLength < 31 && addressAt(family, last) === address,
  );
  if (hit !== undefined || route.kind === 'broadcast') {
    const where = hit === undefined ? '' : ` of ${cidrText(hit.network)} on ${hit.name}`;
    throw new UsageError(
      `${address} is the broadcast address${where}: everybody hears it and nobody has it`,
    );
  }
}
