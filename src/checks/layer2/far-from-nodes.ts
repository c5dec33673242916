import type { Found } from '../../core/diagnosis/check.ts';
import {
  contains,
  familyOf,
  type IpAddress,
  parseAddress,
  parseCidr,
} from '../../core/facts/ip.ts';
import type { Node } from '../../core/facts/kube-objects.ts';
import { ownAddresses } from '../models/layer2/subnets.ts';
import type { Whereabouts } from '../models/layer2/whereabouts.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { anotherInterface, fromTheSubnet, routedOnto, seeSubnets } from './subnet-remedies.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** What can be guessed where nobody knows how long the prefixes of nodes are. */
export function farFromNodes(place: Whereabouts, nodes: readonly Node[]): readonly Found[] {
  const apart = apartFrom(place, nodes);
  return apart.length > 0 ? [perhapsElsewhere(place, { apart, nodes })] : farAway(place, nodes);
}

/** Prefixes that segments mostly have: not longer, as a rule, where machines and pools share one. */
const usualBits = { ipv4: 24, ipv6: 64 } as const;

/** How near an address must be to be in the same subnet as far as anybody can tell: sites get no longer prefix. */
const nearBits = { ipv4: 16, ipv6: 48 } as const;

function isNear(address: IpAddress, node: Node, bits: number): boolean {
  const range = parseCidr(`${address}/${bits}`);
  return (
    range !== undefined &&
    ownAddresses([node], familyOf(address)).some((each) => contains(range, each))
  );
}

/** Nodes next to the address, where the announcer is not: then it may be in another segment than they (#484, #737). */
function apartFrom({ address, announcer }: Whereabouts, nodes: readonly Node[]): readonly string[] {
  const near = nodes.filter((node) => isNear(address, node, usualBits[familyOf(address)]));
  const names = near.map(({ metadata }) => metadata.name).toSorted();
  return names.includes(announcer) ? [] : names;
}

function perhapsElsewhere(
  place: Whereabouts,
  { apart, nodes }: { readonly apart: readonly string[]; readonly nodes: readonly Node[] },
): Found {
  const { scene, address, announcer } = place;
  const about = refOf(scene.service);
  const own = nodes.filter(({ metadata }) => metadata.name === announcer);
  const addresses = ownAddresses(own, familyOf(address));
  const isFar = !addresses.some((each) => areOneSegmentPerhaps(each, address));
  return {
    cause: 'elected-outside-subnet',
    severity: isFar && !place.isPlaced ? 'warning' : 'info',
    about,
    affects: [about],
    addresses: [address],
    says: `${announcer} is elected to announce ${address}, and may be in another segment: it has ${addresses.length === 0 ? 'no address of this family' : someOf(addresses)}`,
    details: [
      `next to the address: ${someOf(apart)}; how long the prefixes are no object tells`,
      'speakers answer on every interface whatever the subnet, so the election does not heed this',
    ],
    because: [seenField({ kind: 'Node', name: announcer }, 'status.addresses', someOf(addresses))],
    doubts: [anotherInterface, 'all nodes are in one segment with a shorter prefix'],
    suggests: [
      {
        says: 'see how long the prefix is, on the node; where it leaves the address out, give each subnet a pool and an L2Advertisement of its own, with nodeSelectors for the nodes in it',
        command: 'ip -brief address',
        mutates: false,
      },
      seeSubnets(place),
    ],
  };
}

/** Prefix lengths are not in the API: only what is very far away is worth a word. */
function farAway(place: Whereabouts, nodes: readonly Node[]): readonly Found[] {
  const { scene, address, isPlaced } = place;
  const bits = nearBits[familyOf(address)];
  const known = nodes.filter((node) => ownAddresses([node], familyOf(address)).length > 0);
  const [first] = known;
  if (first === undefined || known.some((node) => isNear(address, node, bits))) {
    return [];
  }
  const about = refOf(scene.service);
  const all = ownAddresses(known, familyOf(address));
  return [
    {
      cause: 'address-in-no-subnet',
      severity: isPlaced || !isInOtherBlock(address, all) ? 'info' : 'warning',
      about,
      affects: [about],
      addresses: [address],
      says: `${address} is far from the address of every node: it may be in none of their subnets`,
      details: [
        `nodes have ${someOf(all)}`,
        `none of them shares its first ${bits} bits; how long their prefixes are no object tells`,
      ],
      because: [
        seenField(
          { kind: 'Node', name: first.metadata.name },
          'status.addresses',
          firstOf(first, address),
        ),
      ],
      doubts: [anotherInterface, routedOnto],
      suggests: [fromTheSubnet, seeSubnets(place)],
    },
  ];
}

/** The ranges that anybody may use within a site (RFC 1918). */
const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap(
  (text) => parseCidr(text) ?? [],
);

function privateBlockOf(address: IpAddress): number {
  return privateBlocks.findIndex((block) => contains(block, address));
}

/**
 * A pool out of another private range than all nodes is mostly one that was copied from a manual. A public address before
 * private nodes, or a far one of the same range, is mostly on purpose: a second network, or a route.
 */
function isInOtherBlock(address: IpAddress, nodes: readonly IpAddress[]): boolean {
  const own = privateBlockOf(address);
  return own !== -1 && nodes.every((node) => ![-1, own].includes(privateBlockOf(node)));
}

/** Sites of one private range may be one large segment; IPv6 has segments of 64 bits, and no larger ones. */
function areOneSegmentPerhaps(left: IpAddress, right: IpAddress): boolean {
  const bits = familyOf(left) === 'ipv6' ? 64 : 8;
  const range = parseCidr(`${left}/${bits}`);
  const isClose = range !== undefined && contains(range, right);
  return isClose && privateBlockOf(left) === privateBlockOf(right);
}

function firstOf({ status }: Node, address: IpAddress): string {
  return (
    status.addresses.find((each) => {
      const own = parseAddress(each.address);
      return own !== undefined && familyOf(own) === familyOf(address);
    })?.address ?? ''
  );
}
