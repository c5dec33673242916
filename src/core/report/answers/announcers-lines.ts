import type {
  AdvertisedPrefix,
  AnnouncedHere,
  AnnouncersStanding,
  NodeShare,
  OutOfIt,
  Reasoning,
  SaidOfIt,
} from '../../facts/announcers-report.ts';
import { someOf } from '../../facts/in-words.ts';

/** Who announces an address, for a cell of a table. */
export function announcedBy(here: AnnouncedHere): string {
  const { announcer, advertisers, mayAnnounce, verdict } = here;
  if (verdict === 'nobody') {
    return 'NOBODY';
  }
  const open = mayAnnounce.length > 0 ? ` or ${someOf(mayAnnounce, 1)}` : '';
  const parts = [
    ...(announcer === undefined ? [] : [`${announcer}${open}`]),
    ...(advertisers.count === 0
      ? []
      : [
          `${advertisers.count === 1 ? advertisers.first.join() : `${advertisers.count} nodes`} (BGP)`,
        ]),
  ];
  return parts.length === 0 ? 'open' : parts.join(', ');
}

/** Rows of address, pool, announcer and Service; the first row names the columns. */
export function addressRows(addresses: readonly AnnouncedHere[]): readonly (readonly string[])[] {
  return [
    ['ADDRESS', 'POOL', 'ANNOUNCED BY', 'SERVICE'],
    ...addresses.map((each) => [each.address, each.pool ?? '-', announcedBy(each), each.service]),
  ];
}

/** What is to be said of some addresses besides their rows. */
export function remarksOn({ why, disagreements }: AnnouncedHere): readonly string[] {
  return [...(why === undefined ? [] : [why]), ...disagreements];
}

const namesShown = 4;

/** Each reason once, with the Services it is of. */
export function reasonLines(
  told: readonly { readonly service: string; readonly says: string }[],
): readonly string[] {
  return [...Map.groupBy(told, ({ says }) => says)].map(([says, all]) => {
    const services = [...new Set(all.map(({ service }) => service))];
    return `${someOf(services, namesShown)}: ${says}`;
  });
}

/** Nodes that announce something, or whose speakers are not simply at work; the others are counted. */
export function nodeRows({ nodes, addresses }: AnnouncersStanding): {
  readonly rows: readonly (readonly string[])[];
  readonly idle: number;
} {
  const told = nodes.filter(
    ({ layer2, bgp, remark }) => layer2 > 0 || bgp > 0 || remark !== undefined,
  );
  const hasBGP = addresses.some(({ by }) => by.includes('bgp'));
  return {
    rows: told.map((node) => [node.node, shareOf(node, hasBGP), node.remark ?? '']),
    idle: nodes.length - told.length,
  };
}

function shareOf({ layer2, bgp }: NodeShare, hasBGP: boolean): string {
  const own = `${layer2} ${layer2 === 1 ? 'address' : 'addresses'}`;
  return hasBGP ? `${own} in layer 2, ${bgp} by BGP` : own;
}

const shown = 8;

/** The candidates in order, and every other node with the reason it is out. */
export function layer2Lines({ layer2 }: Reasoning): readonly string[] {
  const [first, second, ...more] = layer2.candidates;
  return [
    ...(first === undefined ? [] : [`1. ${first} is elected${interfacesOf(layer2.interfaces)}`]),
    ...(second === undefined ? [] : [`2. ${second} ${whatThen(second, layer2.out)}`]),
    ...(more.length === 0 ? [] : [`then ${someOf(more, shown)}`]),
    ...layer2.out.map(outLine),
  ];
}

/** A candidate that is out as well is elected in vain. */
function whatThen(second: string, out: readonly OutOfIt[]): string {
  return out.some(({ nodes }) => nodes.includes(second))
    ? 'is elected if it goes, and announces nothing'
    : 'takes over if it goes';
}

function interfacesOf(interfaces: readonly string[] | undefined): string {
  return interfaces === undefined ? '' : `, on ${interfaces.join(', ')} only`;
}

function outLine({ why, nodes }: OutOfIt): string {
  return `out: ${someOf(nodes, shown)}: ${why}`;
}

/** Which node hands which prefix to which neighbour. */
export function bgpLines({ bgp }: Reasoning): readonly string[] {
  return [...bgp.prefixes.map(prefixLine), ...bgp.out.map(outLine)];
}

function prefixLine(prefix: AdvertisedPrefix): string {
  const { localPref, asPathPrepend, communities, lostBy, nodes, peer } = prefix;
  const attributes = [
    ...(localPref === 0 ? [] : [`localPref ${localPref}`]),
    ...(asPathPrepend === 0 ? [] : [`path prepended ${asPathPrepend} times`]),
    ...(communities.length === 0 ? [] : [`communities ${communities.join(' ')}`]),
  ];
  const told = attributes.length === 0 ? '' : ` (${attributes.join(', ')})`;
  return lostBy === undefined
    ? `${prefix.prefix} to ${peer} from ${someOf(nodes, shown)}${told}`
    : `${prefix.prefix} is NOT given to ${peer} from ${someOf(nodes, shown)}: ${lostBy}`;
}

const saidShown = 6;

/** What is said beside it, the newest first. */
export function saidLines({ said }: Reasoning): readonly string[] {
  const rest = said.length - saidShown;
  return [
    ...said.slice(0, saidShown).map(saidLine),
    ...(rest > 0 ? [`and ${rest} older words (-o json)`] : []),
  ];
}

function saidLine({ node, protocol, by, announces, at, stale }: SaidOfIt): string {
  const what = announces
    ? `${node} announces it${protocol === 'bgp' ? ' by BGP' : ''}`
    : `${node} withdrew it`;
  const when = at === undefined ? '' : ` of ${at}`;
  return `${what}, says its ${by}${when}${stale === undefined ? '' : `; counts no longer: ${stale}`}`;
}
