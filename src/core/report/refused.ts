import type { Diagnosis, MissingFact, Verdict } from '../facts/finding.ts';
import { aimedMissing, type Aim } from './aim.ts';

/** The command that says which rights are missing and how to get them. */
const wayToRights = 'triage doctor';

/**
 * The diagnosis without commands that the server has just refused: kubectl would be refused as well. The
 * missing right stays named, and the way to it is offered instead.
 */
export function withoutRefused(diagnosis: Diagnosis): Diagnosis {
  const refused = new Set(
    [...diagnosis.unknowns, ...diagnosis.verdicts.flatMap(missingIn)]
      .filter(isRefused)
      .flatMap(({ collect }) => collect ?? []),
  );
  if (refused.size === 0) {
    return diagnosis;
  }
  return {
    ...diagnosis,
    unknowns: diagnosis.unknowns.map(withoutCollect),
    verdicts: diagnosis.verdicts.map((verdict) =>
      verdict.verdict === 'unknown'
        ? { ...verdict, missing: verdict.missing.map(withoutCollect) }
        : verdict,
    ),
    next: [
      wayToRights,
      ...diagnosis.next.filter((command) => command !== wayToRights && !refused.has(command)),
    ],
  };
}

/** What is missing, ready to be told: aimed, and without a command that the server has just refused. */
export function toldMissing(missing: MissingFact, aim: Aim): MissingFact {
  return aimedMissing(withoutCollect(missing), aim);
}

function missingIn(verdict: Verdict): readonly MissingFact[] {
  return verdict.verdict === 'unknown' ? verdict.missing : [];
}

function isRefused({ permission }: MissingFact): boolean {
  return permission !== undefined;
}

function withoutCollect(missing: MissingFact): MissingFact {
  return isRefused(missing) ? { ...missing, collect: undefined } : missing;
}
