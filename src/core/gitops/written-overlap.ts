import { cidrText } from '../facts/ip.ts';
import type { IPAddressPool } from '../facts/kube-objects.ts';
import { nameOf, type ObjectRef } from '../facts/object-ref.ts';
import type { ConfigurationProblem } from '../metallb/configuration.ts';
import { prefixesIn } from '../metallb/parse-pool.ts';
import { refOf } from './manifest-set.ts';

/** An entry of `spec.addresses`, as somebody wrote it. */
export interface WrittenEntry {
  readonly text: string;
  readonly index: number;
}

/** Two entries that overlap; MetalLB speaks of the prefixes it splits them into. */
export interface WrittenOverlap {
  readonly own: WrittenEntry;
  readonly other: WrittenEntry;
  readonly message: string;
}

const prefixes = /^CIDR "([^"]+)" in pool .* overlaps with already defined CIDR "([^"]+)"$/;

/** Two written ranges overlap once, into however many prefixes they are split. */
export function overlapsOnce(
  problems: readonly ConfigurationProblem[],
  pools: readonly IPAddressPool[],
): readonly (readonly [ConfigurationProblem, WrittenOverlap | undefined])[] {
  const told = problems.map((problem) => [problem, writtenOverlap(problem, pools)] as const);
  const groups = Map.groupBy(told, ([problem, overlap]) =>
    JSON.stringify(
      overlap === undefined
        ? problem
        : [problem.object, problem.other, overlap.own.index, overlap.other.index],
    ),
  );
  return [...groups.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
}

/** The entries that a problem is about; undefined when it is about no overlap. */
function writtenOverlap(
  { rule, object, other, message }: ConfigurationProblem,
  pools: readonly IPAddressPool[],
): WrittenOverlap | undefined {
  const [, late, early] = prefixes.exec(message) ?? [];
  if (rule !== 'overlap' || other === undefined || late === undefined || early === undefined) {
    return undefined;
  }
  // of one pool the later entry is blamed, so two equal entries are told apart
  const own = entriesHolding(late, object, pools).at(-1);
  const first = entriesHolding(early, other, pools)[0];
  return own === undefined || first === undefined
    ? undefined
    : {
        own,
        other: first,
        message:
          own.text === late && first.text === early
            ? message
            : `${textOf(own, first, { object, other })}; in MetalLB's words: ${message}`,
      };
}

function entriesHolding(
  prefix: string,
  pool: ObjectRef,
  pools: readonly IPAddressPool[],
): readonly WrittenEntry[] {
  const object = pools.find((each) => nameOf(refOf(each)) === nameOf(pool));
  return (object?.spec.addresses ?? [])
    .map((text, index) => ({ text, index }))
    .filter(({ text }) => prefixesIn(text).some((each) => cidrText(each) === prefix));
}

function textOf(
  own: WrittenEntry,
  first: WrittenEntry,
  { object, other }: { readonly object: ObjectRef; readonly other: ObjectRef },
): string {
  const where = nameOf(object) === nameOf(other) ? 'the same pool' : `pool ${other.name}`;
  return `${own.text} in pool ${object.name} overlaps ${first.text} in ${where}`;
}
