import type { Facts } from '../../../core/diagnosis/facts.ts';
import { parseAddress } from '../../../core/facts/ip.ts';
import type { Node, Service } from '../../../core/facts/kube-objects.ts';
import type { WireAnswer, WireLook } from '../../../core/facts/wire.ts';
import { ageMs } from '../ages.ts';
import { addressesIn } from '../services.ts';

/** What gives answers on the wire their names. */
export type WireFacts = Facts<'wire' | 'nodes'>;

/** How much a look can tell of who answers. */
export type Sight =
  /** Nodes answered in the same look, so silence is silence, and a stranger is one. */
  | 'segment'
  /** The address was asked for, and no node's Ethernet address is known there. */
  | 'unproven'
  /** One Ethernet address answers for several nodes: somebody stands in between. */
  | 'proxied'
  /** Only the kernel's neighbour table was read. */
  | 'passive'
  /** Nothing was asked: the address is not on this link. */
  | 'none';

/** An Ethernet address that answered, and whose it is. */
export interface NamedAnswer extends WireAnswer {
  /** The node it belongs to; undefined when none is known to have it. */
  readonly node: string | undefined;
}

/** One look at one address of a Service, with names put to the Ethernet addresses. */
export interface NamedLook {
  readonly look: WireLook;
  /** As the status of the Service writes it. */
  readonly address: string;
  readonly sight: Sight;
  readonly answers: readonly NamedAnswer[];
  /** Nodes whose Ethernet addresses were seen from there. */
  readonly known: ReadonlySet<string>;
  /** Nodes whose Ethernet addresses were not seen from there, sorted. */
  readonly unknown: readonly string[];
}

/** The looks at the addresses of the Service, in the order of its status. */
export function looksAt(service: Service, { wire, nodes }: WireFacts): readonly NamedLook[] {
  const holders = holdersOf(nodes);
  return addressesIn(service).flatMap((address) =>
    newestOf(wire.filter((look) => isSameAddress(look.address, address))).map((look) => {
      const beside = wire.filter((other) => placeOf(other) === placeOf(look));
      return namedLook(look, { address, nodes, beside, holders });
    }),
  );
}

/** Who looks again from the same place wants to know how it is now. */
function newestOf(looks: readonly WireLook[]): readonly WireLook[] {
  return looks.filter(
    (look) =>
      !looks.some(
        (other) =>
          placeOf(other) === placeOf(look) &&
          other.method === look.method &&
          (ageMs(look.at, other.at) ?? 0) > 0,
      ),
  );
}

interface Surroundings {
  readonly address: string;
  readonly nodes: readonly Node[];
  /** Looks from the same interface: an Ethernet address that one of them learned is good for all. */
  readonly beside: readonly WireLook[];
  readonly holders: ReadonlyMap<string, string>;
}

function namedLook(look: WireLook, { address, nodes, beside, holders }: Surroundings): NamedLook {
  const seen = Map.groupBy(
    beside.flatMap((each) => pairsIn(each, holders)),
    ({ mac }) => mac,
  );
  const names = new Map([...seen].map(([mac, pairs]) => [mac, [...namesIn(pairs)]]));
  const isProxied = [...names.values()].some((several) => several.length > 1);
  const known = new Set(isProxied ? [] : [...names.values()].flat());
  return {
    look,
    address,
    sight: sightOf(look, { isProxied, knowsNodes: knowsOthers({ known, look }) }),
    answers: look.answers.map((answer) => ({
      ...answer,
      node: isProxied ? undefined : names.get(answer.mac.toLowerCase())?.[0],
    })),
    known,
    unknown: nodes
      .map(({ metadata }) => metadata.name)
      .filter((name) => !known.has(name))
      .sort(),
  };
}

/** That the host knows itself proves nothing of the segment. */
export function knowsOthers({ known, look }: Pick<NamedLook, 'known' | 'look'>): boolean {
  return [...known].some((name) => name !== look.from.node);
}

interface Pair {
  readonly mac: string;
  readonly node: string;
}

/** Node addresses that were asked in the look; and the host itself, where it is a node. */
function pairsIn(
  { neighbours, from }: WireLook,
  holders: ReadonlyMap<string, string>,
): readonly Pair[] {
  const own =
    from.node === undefined || from.mac === '' ? [] : [{ mac: from.mac, node: from.node }];
  const asked = neighbours.flatMap(({ address, mac }) => {
    const node = holders.get(plain(address));
    return node === undefined ? [] : [{ mac, node }];
  });
  return [...own, ...asked].map(({ mac, node }) => ({ mac: mac.toLowerCase(), node }));
}

function namesIn(pairs: readonly Pair[]): ReadonlySet<string> {
  return new Set(pairs.map(({ node }) => node));
}

function sightOf(
  { method, reach, asked }: WireLook,
  { isProxied, knowsNodes }: { readonly isProxied: boolean; readonly knowsNodes: boolean },
): Sight {
  if (reach !== undefined && reach.kind !== 'on-link') {
    return 'none';
  }
  if (isProxied) {
    return 'proxied';
  }
  if (method === 'neighbours') {
    return 'passive';
  }
  if (asked === 0) {
    return 'none';
  }
  return knowsNodes ? 'segment' : 'unproven';
}

/** Which node has an address, by the Nodes. */
function holdersOf(nodes: readonly Node[]): ReadonlyMap<string, string> {
  return new Map(
    nodes.flatMap(({ metadata, status }) =>
      status.addresses
        .filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP')
        .map(({ address }) => [plain(address), metadata.name] as const),
    ),
  );
}

function placeOf({ from }: WireLook): string {
  return `${from.host} ${from.interface}`;
}

/** Whether two texts write one address. */
export function isSameAddress(left: string, right: string): boolean {
  return plain(left) === plain(right);
}

function plain(address: string): string {
  return parseAddress(address) ?? address;
}
