import type { RootCause } from '../facts/finding.ts';
import { pathQuestions } from '../facts/path.ts';
import type { Check } from './check.ts';

const severities = ['error', 'warning', 'info'] as const;

/**
 * Ranked causes in the order in which a packet meets them: what is certain first, of that the first link on the way,
 * and on one link the surer cause. What lies on no link comes last of its severity.
 */
export function inPathOrder(
  rootCauses: readonly RootCause[],
  checks: readonly Check[],
): readonly RootCause[] {
  const placeOf = new Map(
    checks.map(({ id, link }) => [
      id,
      link === undefined ? pathQuestions.length : pathQuestions.indexOf(link),
    ]),
  );
  const place = ({ check }: RootCause) => placeOf.get(check) ?? pathQuestions.length;
  return rootCauses.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      place(a) - place(b) ||
      b.confidence - a.confidence,
  );
}
