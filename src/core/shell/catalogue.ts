import { causes } from '../../checks/causes.ts';
import { checks } from '../../checks/index.ts';
import { nearNames } from '../cluster/near-names.ts';
import type { Cause } from '../diagnosis/cause.ts';
import type { Check } from '../diagnosis/check.ts';
import { UsageError } from '../facts/errors.ts';

/** What an id stands for. */
export type Entry =
  | { readonly kind: 'check'; readonly check: Check }
  | { readonly kind: 'cause'; readonly cause: Cause; readonly checks: readonly Check[] };

/** The check or cause of this id, however it is written; an unknown one is offered its neighbours. */
export function entryOf(id: string): Entry {
  const wanted = id.toLowerCase();
  const check = checks.find((each) => each.id.toLowerCase() === wanted);
  if (check !== undefined) {
    return { kind: 'check', check };
  }
  const cause = causes.find((each) => each.id === wanted);
  if (cause === undefined) {
    throw unknownId(id);
  }
  return { kind: 'cause', cause, checks: checks.filter((each) => each.causes.includes(cause.id)) };
}

function unknownId(id: string): UsageError {
  const ids = [...causes.map((cause) => cause.id), ...checks.map((check) => check.id)];
  const near = nearNames(id, ids);
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
  return new UsageError(`there is no check or cause "${id}"${meant}`, {
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
  return checks.filter(({ id }) => (only.size === 0 || only.has(id)) && !skip.has(id));
}

/** The checks that the words name, a cause standing for every check that can find it. */
function idsOf(words: readonly string[]): ReadonlySet<string> {
  const entries = words
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map(entryOf);
  return new Set(
    entries.flatMap((entry) =>
      entry.kind === 'check' ? [entry.check.id] : entry.checks.map(({ id }) => id),
    ),
  );
}
