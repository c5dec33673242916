import type { KubeObject } from '../../facts/kube-objects.ts';
import type { ObjectRef } from '../../facts/object-ref.ts';
import type { ConfigurationProblem } from '../configuration.ts';

type Rest = Omit<ConfigurationProblem, 'object' | 'other' | 'entry'> & {
  readonly other?: KubeObject;
  readonly entry?: string;
};

/** A rule that `object` breaks. */
export function problemOf(
  object: KubeObject,
  { other, entry, ...rest }: Rest,
): ConfigurationProblem {
  return {
    ...rest,
    object: refTo(object),
    other: other === undefined ? undefined : refTo(other),
    entry,
  };
}

/** Names the object. */
export function refTo({ kind, metadata }: KubeObject): ObjectRef {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

/** Each pair of a list once, the earlier one first. */
export function pairsOf<Each>(list: readonly Each[]): readonly (readonly [Each, Each])[] {
  return list.flatMap((first, index) =>
    list.slice(index + 1).map((second) => [first, second] as const),
  );
}

/** What occurs twice in a list of texts, or undefined. */
export function repeatedIn(texts: readonly string[]): string | undefined {
  return texts.find((text, index) => texts.indexOf(text, index + 1) > index);
}
