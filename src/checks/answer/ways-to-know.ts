import type { MissingFact } from '../../core/facts/finding.ts';

/** What to run to learn what is missing; what was refused once is not asked for again. */
export function waysToKnow(unknowns: readonly MissingFact[]): readonly string[] {
  const denied = unknowns.some(({ permission }) => permission !== undefined);
  const collect = unknowns.flatMap((fact) =>
    fact.permission === undefined && fact.collect !== undefined ? [fact.collect] : [],
  );
  return [...new Set([...(denied ? ['triage doctor', 'triage rbac'] : []), ...collect])];
}
