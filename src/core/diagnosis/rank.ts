import type { Evidence } from '../facts/evidence.ts';
import type { Finding, RootCause } from '../facts/finding.ts';
import { keyOf, nameOf, type ObjectRef } from '../facts/object-ref.ts';
import { type Cause, stages } from './cause.ts';
import { confidenceIn } from './confidence.ts';
import type { Judgement } from './judge.ts';

type Failing = { readonly judgement: Judgement; readonly finding: Finding };

const severities = ['error', 'warning', 'info'] as const;

/** The root causes behind all findings: merged, without mere consequences, what to mend first on top. */
export function rankCauses(
  judgements: readonly Judgement[],
  catalogue: readonly Cause[],
): readonly RootCause[] {
  const failing = withoutConsequences(failingOf(judgements), catalogue);
  const groups = Map.groupBy(failing, ({ finding }) => `${finding.cause} ${nameOf(finding.about)}`);
  const place = new Map(catalogue.map((cause, index) => [cause.id, index]));
  const stageOf = new Map(catalogue.map((cause) => [cause.id, stages.indexOf(cause.stage)]));
  return [...groups.values()]
    .map(rootCauseOf)
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        (stageOf.get(a.cause) ?? 0) - (stageOf.get(b.cause) ?? 0) ||
        reachOf(b) - reachOf(a) ||
        (place.get(a.cause) ?? 0) - (place.get(b.cause) ?? 0) ||
        compareText(keyOf(a.about), keyOf(b.about)),
    );
}

function failingOf(judgements: readonly Judgement[]): readonly Failing[] {
  return judgements.flatMap((judgement) =>
    judgement.verdict.verdict === 'fail'
      ? judgement.verdict.findings.map((finding) => ({ judgement, finding }))
      : [],
  );
}

/** A controller that crashes because a right is missing is one trouble, not two. */
function withoutConsequences(
  failing: readonly Failing[],
  catalogue: readonly Cause[],
): readonly Failing[] {
  const explains = new Map(catalogue.map((cause) => [cause.id, cause.explains]));
  const roots = oneOfEachSort(failing);
  // What is graver than its supposed root has another one; and what never keeps a Service pending is no root of it.
  const isExplained = ({ finding, judgement }: Failing) =>
    roots.some(
      (root) =>
        weightOf(root.finding) <= weightOf(finding) &&
        explains.get(root.finding.cause)?.includes(finding.cause) === true &&
        (tellsOfPending(root.judgement) || !tellsOfPending(judgement)),
    );
  return failing.filter((each) => !isExplained(each));
}

/** Thousands of Services may be in one and the same trouble; as roots they are alike. */
function oneOfEachSort(failing: readonly Failing[]): readonly Failing[] {
  const sortOf = ({ finding, judgement }: Failing) =>
    [finding.cause, finding.severity, tellsOfPending(judgement)].join(' ');
  return [...new Map(failing.map((each) => [sortOf(each), each])).values()];
}

function weightOf({ severity }: Finding): number {
  return severities.indexOf(severity);
}

function tellsOfPending({ check }: Judgement): boolean {
  return check.symptoms.includes('pending');
}

function rootCauseOf(group: readonly Failing[]): RootCause {
  const findings = group.map(({ finding }) => finding);
  const [first] = findings;
  const [leader] = group;
  if (first === undefined || leader === undefined) {
    throw new RangeError('a group of findings cannot be empty');
  }
  const because = uniqueEvidence(findings.flatMap((finding) => finding.because));
  const against = findings.flatMap((finding) => finding.against ?? []);
  return {
    cause: first.cause,
    check: first.check,
    severity: first.severity,
    confidence: confidenceIn({
      basis: leader.judgement.check.basis,
      because,
      against,
      blind: leader.judgement.blind,
    }),
    about: first.about,
    says: first.says,
    details: unique(findings.flatMap((finding) => finding.details)),
    explains: servicesOf(findings),
    ...addressesOf(findings),
    because: because.map((item) => item.id),
    wouldChangeMyMind: unique([
      ...against.map((item) => item.says),
      ...findings.flatMap((finding) => finding.doubts ?? []),
    ]),
    remedies: first.suggests,
  };
}

/** No Service named means: all of them. */
function servicesOf(findings: readonly Finding[]): readonly ObjectRef[] {
  if (findings.some((finding) => finding.affects.length === 0)) {
    return [];
  }
  const byKey = new Map(
    findings.flatMap((finding) => finding.affects).map((ref) => [keyOf(ref), ref]),
  );
  return [...byKey.values()];
}

/** A finding that names none means all. */
function addressesOf(findings: readonly Finding[]): Pick<RootCause, 'addresses'> {
  const named = findings.flatMap(({ addresses }) => addresses ?? []);
  return findings.some(({ addresses }) => addresses === undefined)
    ? {}
    : { addresses: unique(named) };
}

function reachOf(cause: RootCause): number {
  return cause.explains.length === 0 ? Number.MAX_SAFE_INTEGER : cause.explains.length;
}

function uniqueEvidence(items: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
