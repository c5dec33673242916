import { addressAt, parseAddress, parseCidr, valueOf, familyOf } from '../facts/ip.ts';
import type { IpAddress, IpRange } from '../facts/ip.ts';
import type { IPAddressPool } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import { itemsIfRead } from '../facts/reading.ts';
import type { SharedRange } from '../facts/reports.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { claimsAcross, type CrossClaim } from '../metallb/claims-across.ts';
import { identityOf, likenessOf, type ClusterIdentity } from './same-cluster.ts';
import { someOf } from '../facts/in-words.ts';

/** What of a cluster matters to its neighbours; all that is kept of a snapshot once its own answer is known. */
export interface Footprint {
  readonly cluster: string;
  readonly identity: ClusterIdentity;
  /** Undefined when the pools could not be read. */
  readonly pools: readonly IPAddressPool[] | undefined;
  readonly nodes: readonly IpAddress[];
  /** Who holds which address, as `namespace/name`. */
  readonly holders: ReadonlyMap<IpAddress, string>;
}

/** The footprint of a cluster. */
export function footprintOf(cluster: string, snapshot: Snapshot): Footprint {
  const { readings } = snapshot;
  const services = itemsIfRead(readings.services);
  return {
    cluster,
    identity: identityOf(snapshot),
    pools: readings.ipAddressPools.state === 'read' ? readings.ipAddressPools.items : undefined,
    nodes: itemsIfRead(readings.nodes)
      .flatMap(({ status }) => status.addresses)
      .filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP')
      .flatMap(({ address }) => parseAddress(address) ?? []),
    holders: new Map(
      services.flatMap(({ metadata, spec, status }) =>
        spec.type === 'LoadBalancer'
          ? status.ingress.flatMap(({ ip }) => {
              const address = parseAddress(ip ?? '');
              return address === undefined ? [] : [[address, keyOf(metadata)] as const];
            })
          : [],
      ),
    ),
  };
}

/** Pairs of names that turned out to be one cluster, the earlier name first. */
export function sameClusters(
  footprints: readonly Footprint[],
): readonly (readonly [string, string])[] {
  return footprints.flatMap(({ cluster, identity }, index) => {
    const first = footprints
      .slice(0, index)
      .find((each) => likenessOf(each.identity, identity) === 'same');
    return first === undefined ? [] : [[first.cluster, cluster] as const];
  });
}

/** Ranges that two clusters both hand out; a cluster that is there twice is compared once. */
export function sharedRanges(footprints: readonly Footprint[]): readonly SharedRange[] {
  const repeated = new Set(sameClusters(footprints).map(([, again]) => again));
  const distinct = footprints.filter(({ cluster }) => !repeated.has(cluster));
  const byName = new Map(distinct.map((each) => [each.cluster, each]));
  return claimsAcross(distinct.map(({ cluster, pools = [] }) => ({ cluster, pools }))).flatMap(
    (claim) => {
      const [first, second] = [byName.get(claim.first.cluster), byName.get(claim.second.cluster)];
      return first === undefined || second === undefined ? [] : [told(claim, first, second)];
    },
  );
}

function told(claim: CrossClaim, first: Footprint, second: Footprint): SharedRange {
  const ranges = claim.ranges.map(rangeText);
  const neighbours = neighbourhoodOf(first, second);
  const isPrivate = claim.ranges.every(isPrivateRange);
  const isHarmless = neighbours.network === 'apart' && isPrivate;
  const count = claim.count === 1n ? '1 address' : `${claim.count} addresses`;
  return {
    severity: isHarmless ? 'info' : 'warning',
    pools: [claim.first, claim.second],
    ranges,
    count: String(claim.count),
    network: neighbours.network,
    says:
      `pool ${claim.first.pool} of ${claim.first.cluster} and pool ${claim.second.pool} of ` +
      `${claim.second.cluster} both hand out ${someOf(ranges, rangesShown)} (${count})`,
    details: [...heldTwice(claim, [first, second], neighbours), neighbours.says],
    doubt: doubtText({ isPrivate, isHarmless }),
  };
}

/** What was concluded from the nodes is not doubted in the next line. */
function doubtText(known: { readonly isPrivate: boolean; readonly isHarmless: boolean }): string {
  if (known.isHarmless) {
    return 'harmless: private ranges may repeat from network to network';
  }
  return known.isPrivate
    ? 'harmless if the clusters are in different networks: private ranges may repeat from site to site'
    : 'harmless if only one of the two clusters is reached under these addresses';
}

const rangesShown = 3;

/** `10.4.15.0-10.4.15.254`, or the one address it is. */
export function rangeText({ family, first, last }: IpRange): string {
  const start = addressAt(family, first);
  return first === last ? start : `${start}-${addressAt(family, last)}`;
}

const heldShown = 5;

/** Addresses that a Service of either cluster holds now: in one network those are in conflict already. */
function heldTwice(
  { ranges }: CrossClaim,
  [first, second]: readonly [Footprint, Footprint],
  { network }: Neighbourhood,
): readonly string[] {
  const word = network === 'apart' ? 'used in both' : 'GIVEN TWICE NOW';
  const both = [...first.holders]
    .filter(([address]) => ranges.some((range) => holds(range, address)))
    .flatMap(([address, one]) => {
      const other = second.holders.get(address);
      const who = `${address}  ${one} in ${first.cluster}, ${other} in ${second.cluster}`;
      return other === undefined ? [] : [who];
    })
    .toSorted();
  const rest = both.length - heldShown;
  return [
    ...both.slice(0, heldShown).map((line) => `${word}  ${line}`),
    ...(rest > 0 ? [`and ${rest} more of them`] : []),
  ];
}

function holds({ family, first, last }: IpRange, address: IpAddress): boolean {
  const value = valueOf(address);
  return familyOf(address) === family && first <= value && value <= last;
}

interface Neighbourhood {
  readonly network: SharedRange['network'];
  readonly says: string;
}

/** Two nodes cannot have one address in one network; two nodes of one /24 (IPv6: /64) are likely neighbours. */
function neighbourhoodOf(first: Footprint, second: Footprint): Neighbourhood {
  const taken = new Set(first.nodes);
  const twin = second.nodes.find((address) => taken.has(address));
  if (twin !== undefined) {
    return {
      network: 'apart',
      says: `both have a node at ${twin}, so they are in different networks`,
    };
  }
  const near = new Map(first.nodes.map((address) => [networkOf(address), address]));
  const neighbour = second.nodes.find((address) => near.has(networkOf(address)));
  if (neighbour !== undefined) {
    const other = near.get(networkOf(neighbour));
    return {
      network: 'same',
      says: `their nodes are neighbours: ${other} of ${first.cluster}, ${neighbour} of ${second.cluster}`,
    };
  }
  const isKnown = first.nodes.length > 0 && second.nodes.length > 0;
  return {
    network: 'unknown',
    says: isKnown
      ? 'their nodes are in different networks; whether a LAN spans both cannot be seen from here'
      : 'whether they share a LAN is not known: the nodes of one of them could not be read',
  };
}

function networkOf(address: IpAddress): string {
  const family = familyOf(address);
  return `${family} ${valueOf(address) >> (family === 'ipv4' ? 8n : 64n)}`;
}

const privateRanges = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
].flatMap((text) => parseCidr(text) ?? []);

function isPrivateRange(range: IpRange): boolean {
  return privateRanges.some(
    ({ family, first, last }) =>
      family === range.family && first <= range.first && range.last <= last,
  );
}
