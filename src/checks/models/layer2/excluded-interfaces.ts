import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { ObjectRef } from '../../../core/facts/object-ref.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { refOf } from '../references.ts';

/** The list of interfaces that speakers leave alone. */
export interface ExcludedInterfaces {
  readonly about: ObjectRef;
  /** The first pattern that takes this interface out; undefined when none does. */
  readonly patternFor: (name: string) => string | undefined;
}

/** What ConfigMap `metallb-excludel2` says; undefined when it was not read or is not there. */
export function excludedFrom(facts: Facts<never, 'configMaps'>): ExcludedInterfaces | undefined {
  const found = itemsIfRead(facts.configMaps).find(
    ({ metadata, data }) =>
      metadata.namespace === facts.installation?.namespace &&
      new Map(Object.entries(data)).has(file),
  );
  if (found === undefined) {
    return undefined;
  }
  const patterns = patternsIn(new Map(Object.entries(found.data)).get(file) ?? '');
  return {
    about: refOf(found),
    patternFor: (name) => patterns.find((pattern) => matches(pattern, name)),
  };
}

const file = 'excludel2.yaml';

/** The entries of the only list in the file: `["^lo$", "^veth.*"]` in the manifests, one per line in the chart. */
function patternsIn(text: string): readonly string[] {
  const inBrackets = /\[(.*)\]/s.exec(text)?.[1];
  const entries =
    inBrackets === undefined
      ? text.split('\n').flatMap((line) => /^\s*-\s*(.+?)\s*$/.exec(line)?.[1] ?? [])
      : inBrackets.split(',').map((entry) => entry.trim());
  return entries
    .map((entry) => entry.replace(/^(["'])(.*)\1$/, '$2'))
    .filter((entry) => entry !== '');
}

/** Linux has no longer names. */
const longestName = 15;
const longestPattern = 100;

/** Go's regular expressions know no way back; a pattern that could keep ours busy matches nothing. */
function matches(pattern: string, name: string): boolean {
  const isPlain = pattern.length <= longestPattern && !/\)[*+?{]/.test(pattern);
  if (!isPlain || name.length > longestName) {
    return false;
  }
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return false;
  }
}
