import { addressAt, familyOf, valueOf } from '../facts/ip.ts';
import type { IpAddress, IpFamily, IpRange } from '../facts/ip.ts';

/** Replaces one address by another. */
export type AddressPlan = (address: IpAddress) => IpAddress;

/** A part of the address space whose addresses change places among themselves only. */
interface Area {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/** What moves as one: `size` blocks from `from` on, aligned to its size. */
interface Group {
  readonly from: bigint;
  readonly size: bigint;
}

/** Addresses within one block keep their distance: a /24, or a /64. */
const blockBits = { ipv4: 8n, ipv6: 64n } as const;
const width = { ipv4: 32, ipv6: 128 } as const;

const privateAreas: readonly Area[] = [
  areaAt('10.0.0.0', 8),
  areaAt('172.16.0.0', 12),
  areaAt('192.168.0.0', 16),
  areaAt('100.64.0.0', 10),
];

/** Loopback, link-local, multicast and unspecified addresses mean something; nobody lives there. */
const fixedAreas: readonly Area[] = [
  areaAt('0.0.0.0', 8),
  areaAt('127.0.0.0', 8),
  areaAt('169.254.0.0', 16),
  areaAt('224.0.0.0', 3),
  areaAt('::', 16),
  areaAt('fe80::', 10),
  areaAt('ff00::', 8),
];

/**
 * Moves all addresses so that nobody recognises them and MetalLB decides the same: order, distances within a range, last
 * octets (the `.0` and `.255` of avoidBuggyIPs) and containment in every prefix that was seen stay as they are.
 */
export function planFor(ranges: readonly IpRange[]): AddressPlan {
  const shifts = [...groupedByArea(ranges)].flatMap(([area, inside]) => shiftsIn(area, inside));
  return (address) => {
    const family = familyOf(address);
    const value = valueOf(address);
    const block = value >> blockBits[family];
    const shift = shifts.find(
      ({ of, group }) => of === family && group.from <= block && block < group.from + group.size,
    );
    return shift === undefined ? address : addressAt(family, value + shift.by);
  };
}

interface Shift {
  readonly of: IpFamily;
  readonly group: Group;
  readonly by: bigint;
}

function groupedByArea(ranges: readonly IpRange[]): ReadonlyMap<Area, readonly IpRange[]> {
  const areas = new Map<string, Area>();
  return Map.groupBy(
    ranges.filter((range) => areaOf(range) !== undefined),
    (range) => {
      const area = areaOf(range) ?? range;
      const key = `${area.family} ${area.first} ${area.last}`;
      const known = areas.get(key) ?? area;
      areas.set(key, known);
      return known;
    },
  );
}

/** The smallest area that holds the whole range; none for what must stay, or spans several. */
function areaOf(range: IpRange): Area | undefined {
  if (fixedAreas.some((area) => holds(area, range))) {
    return undefined;
  }
  const known = privateAreas.find((area) => holds(area, range));
  const top = range.family === 'ipv4' ? 24n : 112n;
  const first = (range.first >> top) << top;
  const whole: Area = { family: range.family, first, last: first + (1n << top) - 1n };
  return known ?? (holds(whole, range) ? whole : undefined);
}

function holds(area: Area, range: IpRange): boolean {
  return area.family === range.family && area.first <= range.first && range.last <= area.last;
}

/** Some starts close together, then ever farther ones: a large aligned group needs a far one to move at all. */
const startsTried: readonly bigint[] = Array.from({ length: 120 }, (_, index) =>
  index < 64 ? BigInt(index + 1) : 64n << BigInt(index - 63),
);

/** Packs the groups into the area again, in their order; an area without room for that stays as it is. */
function shiftsIn(area: Area, ranges: readonly IpRange[]): readonly Shift[] {
  const bits = blockBits[area.family];
  const inside = ranges.filter((range) => !holds(range, area));
  const all = disjoint(inside.map((range) => groupOf(range, bits)));
  const ends = { floor: area.first >> bits, ceiling: area.last >> bits };
  if (inside.length === ranges.length) {
    return shiftsBetween(ends, all, area.family);
  }
  // 10.0.0.0/8 as a whole stays what it is, and so its two ends; what lies between them moves
  const touches = ({ from, size }: Group) =>
    from === ends.floor || from + size - 1n === ends.ceiling;
  const between = all.filter((group) => !touches(group));
  const [low, high] = [all.find(touches), all.findLast(touches)];
  const floor = low?.from === ends.floor ? low.from + low.size - 1n : ends.floor;
  const ceiling = high === undefined || high.from === ends.floor ? ends.ceiling : high.from - 1n;
  return shiftsBetween({ floor, ceiling }, between, area.family);
}

function shiftsBetween(
  { floor, ceiling }: { readonly floor: bigint; readonly ceiling: bigint },
  groups: readonly Group[],
  family: IpFamily,
): readonly Shift[] {
  for (const start of startsTried) {
    const places = packed(groups, floor + start);
    const end = places.at(-1) ?? floor;
    const fits = end + (groups.at(-1)?.size ?? 0n) - 1n <= ceiling;
    if (fits && groups.every((group, index) => group.from !== places[index])) {
      return groups.map((group, index) => ({
        of: family,
        group,
        by: ((places[index] ?? group.from) - group.from) << blockBits[family],
      }));
    }
  }
  return [];
}

function packed(groups: readonly Group[], start: bigint): readonly bigint[] {
  let next = start;
  return groups.map(({ size }) => {
    const place = ((next + size - 1n) / size) * size;
    next = place + size;
    return place;
  });
}

/** The smallest aligned group of blocks around a range. */
function groupOf({ first, last }: IpRange, bits: bigint): Group {
  const [from, to] = [first >> bits, last >> bits];
  let size = 1n;
  while (from / size !== to / size) {
    size *= 2n;
  }
  return { from: (from / size) * size, size };
}

/** Aligned groups are nested or apart; the outer ones remain, in order. */
function disjoint(groups: readonly Group[]): readonly Group[] {
  const sorted = groups.toSorted((a, b) => compare(a.from, b.from) || compare(b.size, a.size));
  const outer: Group[] = [];
  for (const group of sorted) {
    const last = outer.at(-1);
    if (last === undefined || group.from >= last.from + last.size) {
      outer.push(group);
    }
  }
  return outer;
}

function compare(left: bigint, right: bigint): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

function areaAt(base: string, prefix: number): Area {
  // written here as literals, so they are addresses
  const address = base as IpAddress;
  const family = familyOf(address);
  const first = valueOf(address);
  return { family, first, last: first + (1n << BigInt(width[family] - prefix)) - 1n };
}
