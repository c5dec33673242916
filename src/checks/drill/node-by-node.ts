import { type DrilledNode, lostServicesNamed } from '../../core/facts/drill-report.ts';
import { familyOf, parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { canServe, isLocal } from '../../core/metallb/election/serving.ts';
import type { Speakers } from '../../core/metallb/election/speakers.ts';
import type { AtAGlance } from '../models/announcing/at-a-glance.ts';
import { wouldAnnounce } from '../models/announcing/would-announce.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import type { Beforehand } from './after-the-loss.ts';
import { hangsOn, standingOf, type DrilledAddresses } from './drilled-addresses.ts';

interface Tally {
  moves: number;
  fewerNextHops: number;
  lost: number;
  readonly lostServices: Set<string>;
}

const shown = lostServicesNamed;

/** One row per node; no address is told by itself, only how many are announced at all. */
export interface NodeByNode extends DrilledAddresses {
  readonly nodes: readonly DrilledNode[];
}

/**
 * Every node thought away by itself, without a new election for each: what was not elected can go without anything
 * moving, so of a Service only its first two candidates, its next hops and the node that has all its endpoints count.
 */
export function nodeByNode(
  services: readonly Service[],
  { before, glanceAt, isAtWork }: Beforehand,
): NodeByNode {
  const tallies = new Map(before.nodes.map(({ name }) => [name, emptyTally()]));
  const sums: Sums = { tallies, hops: new Map(), hanging: { nodes: new Set(), open: 0 } };
  const counts = { untouched: 0, already: 0, open: 0 };
  const hasMembers = before.input.members !== undefined;
  for (const service of services) {
    const glance = glanceAt(service);
    const sole = soleNodeOf(service, before);
    const second = hasMembers || isLocal(service) ? nextOf(glance, before) : undefined;
    const next = second !== undefined && isAtWork(second) ? second : undefined;
    for (const text of addressesIn(service)) {
      const address = parseAddress(text);
      if (address !== undefined) {
        const hops = glance.advertisers(familyOf(address));
        const standing = standingOf(address, glance);
        counts[standing === 'announced' ? 'untouched' : standing] += 1;
        if (standing === 'open') {
          tallyOpen(glance, sums);
        }
        tallyAddress({ glance, sole, hops, next }, sums);
      }
    }
  }
  addHops(sums);
  const hanging = { ...sums.hanging, lost: 0 };
  return { nodes: rowsOf(tallies), addresses: [], ...counts, hanging };
}

/** Who announces in layer 2 when the announcer goes and that is noticed: by memberlist, or as its endpoint goes with it. */
function nextOf({ announcer, layer2 }: AtAGlance, speakers: Speakers): string | undefined {
  const [, second] = announcer === undefined ? [] : layer2.candidates;
  return second !== undefined && wouldAnnounce(second, { layer2, speakers }) ? second : undefined;
}

/** Whatever hangs on one silent node alone is lost for certain when that goes. */
function tallyOpen(glance: AtAGlance, { tallies, hanging }: Sums): void {
  const on = hangsOn(glance);
  const [only] = on.length === 1 ? on : [];
  const tally = only === undefined ? undefined : tallies.get(only);
  if (on.length > 0) {
    hanging.open += 1;
    on.forEach((node) => hanging.nodes.add(node));
  }
  if (tally !== undefined) {
    tally.lost += 1;
    tally.lostServices.add(keyOfService(glance.service));
  }
}

function rowsOf(tallies: ReadonlyMap<string, Tally>): readonly DrilledNode[] {
  return [...tallies]
    .map(([node, { lostServices, ...counts }]) => ({
      node,
      ...counts,
      lostServices: [...lostServices].toSorted().slice(0, shown),
    }))
    .toSorted(
      (left, right) =>
        right.lost - left.lost ||
        right.moves - left.moves ||
        right.fewerNextHops - left.fewerNextHops ||
        (left.node < right.node ? -1 : 1),
    );
}

interface Exposed {
  readonly glance: AtAGlance;
  /** The one node with all endpoints that can serve; undefined when several have some. */
  readonly sole: string | undefined;
  readonly hops: readonly string[];
  /** Who announces in layer 2 when the announcer goes. */
  readonly next: string | undefined;
}

/** Nodes that matter to this address alone; what the others come to is the same for all with these next hops. */
function tallyAddress({ glance, sole, hops, next }: Exposed, sums: Sums): void {
  const { announcer, service } = glance;
  if (announcer === undefined && hops.length === 0) {
    return;
  }
  const [onlyHop] = hops.length === 1 ? hops : [];
  const known = sums.hops.get(hops) ?? { nodes: new Set(hops), times: 0 };
  sums.hops.set(hops, { ...known, times: known.times + 1 });
  for (const node of new Set([announcer, sole, onlyHop])) {
    const tally = node === undefined ? undefined : sums.tallies.get(node);
    if (node === undefined || tally === undefined) {
      continue;
    }
    const isHop = known.nodes.has(node);
    const announces = node === announcer ? next !== undefined : announcer !== undefined;
    if (node === sole || (!announces && hops.length === Number(isHop))) {
      tally.lost += 1;
      tally.lostServices.add(keyOfService(service));
    } else if (node === announcer) {
      tally.moves += 1;
    } else if (isHop) {
      tally.fewerNextHops += 1;
    }
    tally.fewerNextHops -= Number(isHop);
  }
}

/** Every node of a list of next hops leaves one fewer, but for those that were told apart. */
function addHops({ hops, tallies }: Sums): void {
  for (const { nodes, times } of hops.values()) {
    for (const node of nodes) {
      const tally = tallies.get(node);
      if (tally !== undefined) {
        tally.fewerNextHops += times;
      }
    }
  }
}

interface Sums {
  readonly hanging: { readonly nodes: Set<string>; open: number };
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Most addresses have the very same list. */
  readonly hops: Map<
    readonly string[],
    { readonly nodes: ReadonlySet<string>; readonly times: number }
  >;
}

/** Endpoints that are on no node stay when a node goes. */
function soleNodeOf(service: Service, before: Speakers): string | undefined {
  const nodes = new Set(
    before
      .slicesOf(service)
      .flatMap(({ endpoints }) => endpoints)
      .filter(canServe)
      .map(({ nodeName }) => nodeName),
  );
  const [only] = nodes;
  return nodes.size === 1 ? only : undefined;
}

function emptyTally(): Tally {
  return { moves: 0, fewerNextHops: 0, lost: 0, lostServices: new Set() };
}
