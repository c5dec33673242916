import { bugOf, bugs } from '../../../checks/bugs/index.ts';
import type { KnownBug } from '../../../checks/bugs/known-bug.ts';
import { causes } from '../../../checks/causes.ts';
import { checks } from '../../../checks/index.ts';
import { nearNames } from '../../cluster/near-names.ts';
import type { Cause } from '../../diagnosis/cause.ts';
import type { Check } from '../../diagnosis/check.ts';
import { UsageError } from '../../facts/errors.ts';
import { spanText } from '../../metallb/releases.ts';
import type { ExplainedBug } from '../../report/catalogue/bug-page.ts';

/** What an id stands for. */
export type Entry = CheckEntry | { readonly kind: 'bug'; readonly bug: ExplainedBug };

/** What stands for checks: one of them, or a cause that some of them find. */
type CheckEntry =
  | { readonly kind: 'check'; readonly check: Check }
  | {
      readonly kind: 'cause';
      readonly cause: Cause;
      readonly checks: readonly Check[];
      readonly bugs: readonly ExplainedBug[];
    };

/** The check, cause or known bug of this id, however it is written; an unknown one is offered its neighbours. */
export function entryOf(id: string): Entry {
  const bug = bugOf(id);
  return bug === undefined ? checkEntryOf(id) : { kind: 'bug', bug: explainedBug(bug) };
}

/** Every known bug, as it is told. */
export function explainedBugs(): readonly ExplainedBug[] {
  return bugs.map(explainedBug);
}

function explainedBug({
  needs: _needs,
  signsIn: _signsIn,
  isForeseen: _isForeseen,
  since,
  ...story
}: KnownBug): ExplainedBug {
  return { ...story, versions: spanText({ since, fixedIn: story.fixedIn }) };
}

function checkEntryOf(id: string): CheckEntry {
  const wanted = id.toLowerCase();
  const check = checks.find((each) => each.id.toLowerCase() === wanted);
  if (check !== undefined) {
    return { kind: 'check', check };
  }
  const cause = causes.find((each) => each.id === wanted);
  if (cause === undefined) {
    throw unknownId(id);
  }
  return { kind: 'cause', cause, ...relationsOf(cause) };
}

/** The checks that find a cause, and the known bugs that can stand behind it. */
export function relationsOf({ id }: Cause) {
  return {
    checks: checks.filter((each) => each.causes.includes(id)),
    bugs: explainedBugs().filter((each) => each.accountsFor.includes(id)),
  };
}

function unknownId(id: string): UsageError {
  const short = checks.find((each) => each.id.toLowerCase() === `mlb-${id.toLowerCase()}`)?.id;
  const names = [
    ...causes.map((cause) => cause.id),
    ...checks.map((check) => check.id),
    ...bugs.map(({ bug }) => bug),
  ];
  const near = short === undefined ? nearNames(id, names) : [short];
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
  return new UsageError(`there is no check, cause or known bug "${id}"${meant}`, {
    suggestions: [...near.map((each) => `triage explain ${each}`), 'triage checks'],
  });
}

/** Which checks the person wants: all, or those that `--only` and `--skip` leave. */
export function chosenChecks(flags: {
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
}): readonly Check[] {
  const only = idsOf(flags.only ?? []);
  const skip = idsOf(flags.skip ?? []);
  if (flags.only !== undefined && only.size === 0) {
    throw new UsageError('--only names no check', {
      suggestions: ['triage checks', 'leave --only out to run all checks'],
    });
  }
  const chosen = checks.filter(({ id }) => (only.size === 0 || only.has(id)) && !skip.has(id));
  if (chosen.length === 0) {
    throw new UsageError('--only and --skip leave no check', { suggestions: ['triage checks'] });
  }
  return chosen;
}

/** The checks that the words name, a cause standing for every check that can find it. */
function idsOf(words: readonly string[]): ReadonlySet<string> {
  const entries = words
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map(checkEntryOf);
  return new Set(
    entries.flatMap((entry) =>
      entry.kind === 'check' ? [entry.check.id] : entry.checks.map(({ id }) => id),
    ),
  );
}
