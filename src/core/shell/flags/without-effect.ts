import { UsageError } from '../../facts/errors.ts';
import { typedFlag } from './words.ts';

const ofTheServer = ['kubeconfig', 'context', 'as', 'as-group', 'as-uid'] as const;

/** A recording is asked of nobody: whoever typed a way to a cluster beside it means something else. */
export function refuseWithoutEffect(words: readonly string[], isRecorded: boolean): void {
  const vain = ofTheServer.filter((name) => isRecorded && typedFlag(words, name));
  if (vain.length > 0) {
    const names = vain.map((name) => `--${name}`).join(', ');
    throw new UsageError(`--from reads a recording, so ${names} would have no effect`, {
      suggestions: ['leave out either --from or the cluster'],
    });
  }
}

const neverEmpty = [
  ...ofTheServer,
  'metallb-namespace',
  'from',
  'at',
  'against',
  'with',
  'record',
  'share-names',
  'suppressions',
] as const;

/** An unset variable in a script leaves an empty value, which must not mean the cluster at hand. */
export function refuseEmpty(
  words: readonly string[],
  flags: Readonly<Record<string, unknown>>,
): void {
  const empty = neverEmpty.filter((name) => typedFlag(words, name) && saysNothing(flags[name]));
  if (empty.length > 0) {
    const names = empty.map((name) => `--${name}`).join(', ');
    throw new UsageError(`${names} needs a value, and the one given is empty`, {
      suggestions: ['is a variable of the script not set?'],
    });
  }
}

function saysNothing(value: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.some((each) => typeof each === 'string' && each.trim() === '');
}

/** What to tell about `-n` where all namespaces are looked at; nothing when it was not typed. */
export function namespaceNotice(words: readonly string[], command = 'health'): readonly string[] {
  return typedFlag(words, 'namespace', 'n')
    ? [`${command} looks at all namespaces; -n matters only where they may not all be listed`]
    : [];
}
