import type { Material } from '../../core/diagnosis/material.ts';
import type { Subject } from '../../core/diagnosis/check.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { CauseId, Diagnosis, KnownBugMatch, RootCause } from '../../core/facts/finding.ts';
import { keyOf, nameOf } from '../../core/facts/object-ref.ts';
import { spanText } from '../../core/metallb/releases.ts';
import { refOf } from '../models/references.ts';
import { bugs } from './index.ts';
import type { KnownBug, Sign } from './known-bug.ts';

/** What the matches are seen in. */
export interface BugScene {
  /** One per installation that is looked at. */
  readonly materials: readonly Material[];
  /** The Service in question: what shows elsewhere is left to the question about the whole cluster. */
  readonly subject: Subject;
  readonly rootCauses: readonly RootCause[];
  /** Causes that somebody answers for: what stands behind them only is left out as they are. */
  readonly silenced?: readonly RootCause[];
  /** True when only some checks were asked: then only what stands behind a cause is told. */
  readonly isPartial: boolean;
}

/** The matches, and every piece of evidence they cite. */
export interface BugMatches {
  readonly knownBugs: readonly KnownBugMatch[];
  /** Those left out because they only repeat a silenced cause. */
  readonly repeated: readonly { readonly bug: string; readonly cause: CauseId }[];
  readonly evidence: Diagnosis['evidence'];
}

interface Shown {
  readonly bug: KnownBug;
  readonly signs: readonly Sign[];
  readonly accountsFor: string | undefined;
  /** A silenced cause, when the bug says nothing beside it. */
  readonly repeats: string | undefined;
}

/** The known faults that show here; those behind a found cause first, costly ones before noise. */
export function matchBugs(scene: BugScene): BugMatches {
  const shown = bugs
    .map((bug) => shownBug(bug, scene))
    .filter((each) => each.signs.length > 0 && (!isNarrow(scene) || isNear(each, scene)))
    .toSorted((a, b) => weightOf(a) - weightOf(b));
  const told = shown.filter(({ repeats }) => repeats === undefined);
  const cited = told.flatMap(({ signs }) => signs.flatMap(({ because }) => because));
  return {
    knownBugs: told.map(matchOf),
    repeated: shown.flatMap(({ bug, repeats }) =>
      repeats === undefined ? [] : [{ bug: bug.bug, cause: repeats }],
    ),
    evidence: Object.fromEntries(
      cited
        .map((item): [string, Evidence] => [item.id, item])
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

function shownBug(bug: KnownBug, scene: BugScene): Shown {
  const { materials, subject, rootCauses, silenced = [] } = scene;
  const all = materials.flatMap((material) => signsSafely(bug, material));
  const own = subject === undefined ? undefined : nameOf(refOf(subject));
  const signs =
    own === undefined
      ? all
      : all.filter(({ about }) => about?.kind !== 'Service' || nameOf(about) === own);
  const accountsFor = rootCauses.find(({ cause }) => bug.accountsFor.includes(cause))?.cause;
  const behind = silenced.filter(({ cause }) => bug.accountsFor.includes(cause));
  const repeats =
    accountsFor === undefined && isCoveredBy(behind, signs) ? behind[0]?.cause : undefined;
  return { bug, signs, accountsFor, repeats };
}

/** A Service that the silenced causes do not tell of keeps its bug. */
function isCoveredBy(silenced: readonly RootCause[], signs: readonly Sign[]): boolean {
  const isForAll = silenced.some(({ explains }) => explains.length === 0);
  const told = new Set(silenced.flatMap(({ about, explains }) => [about, ...explains].map(nameOf)));
  return signs.every(
    ({ about }) => about?.kind !== 'Service' || isForAll || told.has(nameOf(about)),
  );
}

/** A signature that breaks shows nothing; it may never cost the answer. */
function signsSafely(bug: KnownBug, material: Material): readonly Sign[] {
  try {
    return bug.signsIn(material);
  } catch {
    return [];
  }
}

function isNarrow({ subject, isPartial }: BugScene): boolean {
  return isPartial || subject !== undefined;
}

/** Beside a question about one Service stands what explains it, or shows on it. */
function isNear({ accountsFor, repeats, signs }: Shown, { isPartial }: BugScene): boolean {
  const isOwn = signs.some(({ about }) => about?.kind === 'Service');
  return accountsFor !== undefined || repeats !== undefined || (isOwn && !isPartial);
}

function weightOf({ bug, accountsFor }: Shown): number {
  return (accountsFor === undefined ? 2 : 0) + (bug.severity === 'warning' ? 0 : 1);
}

const othersNamed = 3;

function matchOf({ bug, signs, accountsFor }: Shown): KnownBugMatch {
  const [first, ...others] = signs;
  return {
    bug: bug.bug,
    title: bug.title,
    severity: bug.severity,
    versions: spanText(bug),
    fixedIn: bug.fixedIn,
    says: `${first?.says ?? bug.title}${othersText(others)}`,
    workaround: bug.workaround,
    about: others.length === 0 ? first?.about : undefined,
    accountsFor,
    because: [...new Set(signs.flatMap(({ because }) => because.map(({ id }) => id)))],
  };
}

function othersText(others: readonly Sign[]): string {
  const names = others.flatMap(({ about }) => (about === undefined ? [] : keyOf(about)));
  if (others.length === 0) {
    return '';
  }
  const shown = names.slice(0, othersNamed).join(', ');
  const rest = others.length - Math.min(names.length, othersNamed);
  const more = rest > 0 ? `${shown === '' ? '' : ' and '}${rest} more` : '';
  return ` (likewise ${shown}${more})`;
}
