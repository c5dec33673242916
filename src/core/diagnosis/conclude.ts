import type {
  CauseId,
  CheckId,
  Diagnosis,
  Finding,
  MissingFact,
  RootCause,
} from '../facts/finding.ts';
import type { Evidence } from '../facts/evidence.ts';
import type { Cause } from './cause.ts';
import type { Judgement } from './judge.ts';
import { rankCauses } from './rank.ts';

/** What all verdicts together say, before it is put into words. */
export type Conclusion = Pick<
  Diagnosis,
  'rootCauses' | 'ruledOut' | 'unknowns' | 'verdicts' | 'evidence'
>;

/** Weighs the verdicts: causes ranked, causes excluded, facts missing, evidence by id. */
export function conclude(
  judgements: readonly Judgement[],
  catalogue: readonly Cause[],
  notAsked: ReadonlySet<CauseId> = new Set(),
): Conclusion {
  const rootCauses = rankCauses(judgements, catalogue);
  return {
    rootCauses,
    ruledOut: ruledOutBy(judgements, notAsked),
    unknowns: uniqueMissing(
      judgements.flatMap(({ verdict, deniedHelp }) =>
        verdict.verdict === 'unknown' ? verdict.missing : deniedHelp,
      ),
    ),
    verdicts: judgements.map(({ verdict }) => verdict),
    evidence: evidenceOf(judgements, rootCauses),
  };
}

/** A cause is excluded when a check that can find it passed, and none that can find it did anything else or was left out. */
function ruledOutBy(
  judgements: readonly Judgement[],
  notAsked: ReadonlySet<CauseId>,
): readonly { readonly cause: CauseId; readonly check: CheckId }[] {
  const open = new Set([
    ...notAsked,
    ...judgements.flatMap(({ check, verdict }) => {
      switch (verdict.verdict) {
        case 'pass':
          return [];
        case 'fail':
          return verdict.findings.map((finding) => finding.cause);
        case 'unknown':
        case 'skipped':
          return check.causes;
      }
    }),
  ]);
  const excluded = new Map<CauseId, CheckId>();
  for (const { check, verdict } of judgements) {
    if (verdict.verdict === 'pass') {
      check.causes
        .filter((cause) => !open.has(cause) && !excluded.has(cause))
        .forEach((cause) => excluded.set(cause, check.id));
    }
  }
  return [...excluded].map(([cause, check]) => ({ cause, check }));
}

function evidenceOf(
  judgements: readonly Judgement[],
  rootCauses: readonly RootCause[],
): Diagnosis['evidence'] {
  const cited = new Set(rootCauses.flatMap((cause) => cause.because));
  const all = judgements.flatMap(({ verdict }) =>
    verdict.verdict === 'fail' ? verdict.findings.flatMap(evidenceIn) : [],
  );
  return Object.fromEntries(
    all
      .filter((item) => cited.has(item.id))
      .map((item): [string, Evidence] => [item.id, item])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function evidenceIn(finding: Finding): readonly Evidence[] {
  return finding.because;
}

/** Every missing fact once. */
export function uniqueMissing(missing: readonly MissingFact[]): readonly MissingFact[] {
  return [...new Map(missing.map((fact) => [`${fact.fact} ${fact.why}`, fact])).values()];
}
