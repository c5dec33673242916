import type { Service } from '../facts/kube-objects.ts';
import { endingText } from './what-if-course.ts';
import type { Ending, OrderedCourse } from './what-if-course.ts';

/** The order to recommend, and those that come to something else. */
export interface RankedOrders {
  readonly best: OrderedCourse;
  /** Best first, each telling something that no earlier one does. */
  readonly others: readonly OrderedCourse[];
}

/** Puts first the order with the fewest refusals, then the surest address, the fewest losses, the least on the way. */
export function bestFirst(courses: readonly OrderedCourse[], service: Service): RankedOrders {
  const now = service.status.ingress.flatMap(({ ip }) => ip ?? []);
  const ranked = courses
    .map((course) => ({ course, rank: rankOf(course, now), text: meaningOf(course, now) }))
    .toSorted((left, right) => compare(left.rank, right.rank));
  const [first, ...rest] = ranked;
  if (first === undefined) {
    throw new RangeError('no order was tried');
  }
  const told = new Map(
    rest
      .filter(({ text }) => text !== first.text)
      .toReversed()
      .map((each) => [each.text, each.course]),
  );
  return { best: first.course, others: [...told.values()].toReversed() };
}

function rankOf(course: OrderedCourse, now: readonly string[]): readonly number[] {
  const { endings, others, writes } = course;
  const losers = others.filter(
    (other) =>
      other.now.length > 0 && other.endings.some(({ addresses }) => addresses.length === 0),
  );
  return [
    writes.filter(({ admission }) => !admission.allowed).length,
    endings.filter(isPending).length,
    losers.length,
    goesDark(course, now) ? 1 : 0,
    passingAddresses(course, now).length,
  ];
}

function compare(left: readonly number[], right: readonly number[]): number {
  const place = left.findIndex((figure, index) => figure !== right[index]);
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0);
}

/** What somebody who picks this order has to know. Where not every draw was tried, two samples differ by themselves. */
function meaningOf(course: OrderedCourse, now: readonly string[]): string {
  const { endings, others, writes, isComplete } = course;
  const refused = writes.flatMap(({ write, admission }) =>
    write.kind === 'pool' && !admission.allowed ? [write.step.name] : [],
  );
  const losers = others.filter((other) => other.now.length > 0);
  return JSON.stringify([
    refused.toSorted(),
    isComplete ? endings.map(endingText) : [endings.some(isPending)],
    losers.map(({ service, endings: theirs }) => [
      service,
      isComplete ? theirs.map(endingText) : theirs.some(isPending),
    ]),
    goesDark(course, now),
    isComplete ? passingAddresses(course, now) : passingAddresses(course, now).length > 0,
  ]);
}

function isPending({ addresses }: Ending): boolean {
  return addresses.length === 0;
}

/** True when the Service that has an address now, and has one in the end, may be without between two writes. */
export function goesDark(
  { between, endings }: Pick<OrderedCourse, 'between' | 'endings'>,
  now: readonly string[],
): boolean {
  return now.length > 0 && between.some(isPending) && !endings.every(isPending);
}

/** Addresses the Service may have between two writes, and neither before nor after. */
export function passingAddresses(
  { between, endings }: Pick<OrderedCourse, 'between' | 'endings'>,
  now: readonly string[],
): readonly string[] {
  const stays = new Set([...now, ...endings.flatMap(({ addresses }) => addresses)]);
  const seen = between.flatMap(({ addresses }) => addresses);
  return [...new Set(seen)].filter((address) => !stays.has(address)).toSorted();
}
