import type { Service } from '../../facts/kube-objects.ts';
import { deprecatedPrefix, newPrefix } from '../annotations.ts';
import type { Field } from './candidates.ts';
import type { Speakers } from './speakers.ts';

type Scores = Field['scores'];

/** Those of the highest score: the hash only decides among them. */
export function mostPreferred(places: readonly number[], scores: Scores): readonly number[] {
  if (scores === undefined) {
    return places;
  }
  const highest = places.reduce((best, place) => Math.max(best, scores.get(place) ?? 0), 0);
  return places.filter((place) => (scores.get(place) ?? 0) === highest);
}

/** Places in the order of their hashes, put into the order in which they are preferred. */
export function byPreference(places: readonly number[], scores: Scores): readonly number[] {
  return scores === undefined
    ? places
    : places.toSorted((left, right) => (scores.get(right) ?? 0) - (scores.get(left) ?? 0));
}

/** True when the one node is less preferred than the other. */
export function isLess(one: string, other: string | undefined, scoreOf: ScoreOf): boolean {
  return other !== undefined && scoreOf(one) < scoreOf(other);
}

type ScoreOf = (node: string) => number;

/** The score of a node by its name; 0 for all where nobody prefers any. */
export function scoring({ nodes }: Speakers, scores: Scores): ScoreOf {
  if (scores === undefined) {
    return () => 0;
  }
  const byName = new Map(nodes.map(({ name }, place) => [name, scores.get(place) ?? 0]));
  return (name) => byName.get(name) ?? 0;
}

/** Either sharing annotation counts here, whatever its value. */
export function isRefusedAsShared(
  { metadata }: Service,
  { matching }: Field,
  { rules }: Speakers,
): boolean {
  return (
    rules.refusesSharedWithSelectors &&
    matching.some(({ serviceSelectors }) => serviceSelectors.length > 0) &&
    [newPrefix, deprecatedPrefix].some((prefix) =>
      Object.hasOwn(metadata.annotations, `${prefix}allow-shared-ip`),
    )
  );
}
