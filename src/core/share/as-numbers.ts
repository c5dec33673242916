import type { Place } from './texts.ts';

/** AS numbers as they stand in a snapshot, to what stands for them in a shared one. */
export type ASNumberPlan = ReadonlyMap<number, number>;

const firstPrivate = 64_512;
const community = /^(?:large:)?(\d{1,10}):\d+/;

/** The AS number that a field holds; undefined for any other number. */
export function asNumberAt(value: number, { key = '' }: Place): number | undefined {
  return /asn$/i.test(key) ? value : undefined;
}

/** The AS number that a community begins with; undefined for any other text. */
export function asNumberOf(text: string, { key = '' }: Place): number | undefined {
  const [, number] = key === 'communities' || key === 'value' ? (community.exec(text) ?? []) : [];
  return number === undefined ? undefined : Number(number);
}

/** A number in a sentence or a community; small ones are ports and counts more often than AS numbers. */
export function asNumberIn(word: string, plan: ASNumberPlan): string | undefined {
  const number = /^\d{4,10}$/.test(word) ? plan.get(Number(word)) : undefined;
  return number === undefined ? undefined : String(number);
}

/** Numbers that are registered to somebody get private ones, equal ones equal ones. */
export function asNumberPlan(numbers: Iterable<number>): ASNumberPlan {
  const all = new Set(numbers);
  const registered = [...all].filter(isRegistered).sort((a, b) => a - b);
  const plan = new Map<number, number>();
  let next = firstPrivate;
  for (const number of registered) {
    while (all.has(next)) {
      next += 1;
    }
    plan.set(number, next);
    next += 1;
  }
  return plan;
}

/** Outside the ranges for private use (RFC 6996) and the reserved 0, 23456 and 65535. */
function isRegistered(number: number): boolean {
  const isPrivate = (number >= firstPrivate && number <= 65_535) || number >= 4_200_000_000;
  return !isPrivate && number !== 0 && number !== 23_456;
}
