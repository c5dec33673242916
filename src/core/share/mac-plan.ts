import { ethernetMark } from '../facts/ethernet-marks.ts';

/** Ethernet addresses in one form, `02:00:5e:10:00:01`, to what stands for them. */
export type MacPlan = ReadonlyMap<string, string>;

/** However it is written, with colons, dashes or dots, in large or small letters, it is the same address. */
export function plainMac(text: string): string {
  const digits = text.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
  return (digits.match(/../g) ?? []).join(':');
}

/**
 * Equal addresses get equal ones and keep their order. What an address says of itself stays, because it tells what kind of
 * machine answers; the machine's own part goes.
 */
export function macPlan(texts: Iterable<string>): MacPlan {
  const all = [...new Set([...texts].map(plainMac))].toSorted();
  return new Map(all.map((mac, index) => [mac, standingFor(mac, index + 1)]));
}

/** Locally administered, as cards of machines never are. */
const foreign = '02:00:00';

function standingFor(mac: string, number: number): string {
  const bytes = ethernetMark(mac)?.bytes ?? 0;
  const kept = bytes === 0 ? foreign : mac.slice(0, bytes * 3 - 1);
  const left = 6 - (kept.length + 1) / 3;
  const own = number
    .toString(16)
    .padStart(left * 2, '0')
    .slice(-left * 2);
  return left === 0 ? kept : [kept, ...(own.match(/../g) ?? [])].join(':');
}
