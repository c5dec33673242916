import { UsageError } from '../../facts/errors.ts';
import { shellWord } from '../../facts/shell-word.ts';
import type { Clash, Superseded } from './met-twice.ts';

/** Refuses a dump that is two: whichever of the files were taken, the answer would be about neither. */
export function refuseClash(path: string, clashes: readonly Clash[]): void {
  const clash = clashes.find(({ differs }) => differs === 'uid') ?? clashes[0];
  if (clash === undefined) {
    return;
  }
  const { what, files } = clash;
  throw new UsageError(`${path} holds more than one dump: ${what} stands ${whereIn(clash)}`, {
    suggestions:
      files[0] === files[1] ? ['put each dump into a file of its own'] : advice(path, clash),
  });
}

function whereIn({ files: [left, right], differs }: Clash): string {
  if (differs === 'missing') {
    return `in ${left}, and not in ${right}`;
  }
  const other = differs === 'uid' ? 'another uid' : 'another content';
  return left === right
    ? `twice in ${left}, with ${other}`
    : `in ${left}, and with ${other} in ${right}`;
}

function advice(path: string, { files, differs }: Clash): readonly string[] {
  const parts = partsOf(files).map((part) => `${path.replace(/\/+$/, '')}/${part}`);
  const words = parts.map(shellWord);
  const [one] = words;
  const canBeListed = !parts.join('').includes(',');
  return [
    `name one of them: --from ${one}`,
    'or remove the older one, where one file only takes the place of the other',
    ...(canBeListed ? [`triage health --from ${words.join(',')}`] : []),
    ...(differs === 'uid' ? [] : [`triage diff ${words.join(' ')}`]),
  ];
}

/** Where the two paths part: the folders of the dumps, or the files themselves. */
function partsOf([left, right]: Clash['files']): readonly string[] {
  const [a, b] = [left.split('/'), right.split('/')];
  const at = a.findIndex((part, index) => part !== b[index]);
  return [a, b].map((parts) => parts.slice(0, at + 1).join('/'));
}

/** What was left out because another file has it newer, in a line for each reason. */
export function supersededNotices(all: readonly Superseded[]): readonly string[] {
  const older = all.filter(({ why }) => why === 'older');
  const bare = all.filter(({ why }) => why === 'no uid');
  const unclear = all.filter(({ why }) => why === 'unknown age');
  return [
    ...told(older, ({ what, kept, left }) => [
      `${what} stands in ${both(kept, left)}, at two times`,
      'the newer is taken; what was deleted in between still counts',
    ]),
    ...told(bare, ({ what, kept, left }) => [
      `${what} stands in ${both(kept, left)}`,
      `the one with a uid is taken, ${left} is a manifest`,
    ]),
    ...told(unclear, ({ what, kept, left }) => [
      `${what} stands in ${both(kept, left)}, with another content`,
      `${kept} is taken, as nothing tells which is the newer`,
    ]),
  ];
}

/** Logs of one run that differ, where nothing else says that they are of two dumps. */
export function logNotices(differing: readonly Clash[]): readonly string[] {
  return told(differing, (clash) => [`${clash.what} stands ${whereIn(clash)}`, 'both are read']);
}

function both(kept: string, left: string): string {
  return kept === left ? `${kept} twice` : `${kept} and ${left}`;
}

function told<T>(
  all: readonly T[],
  say: (first: T) => readonly [string, string],
): readonly string[] {
  const [first] = all;
  if (first === undefined) {
    return [];
  }
  const [where, taken] = say(first);
  const more = all.length === 1 ? '' : ` (and ${all.length - 1} more like it)`;
  return [`${where}${more}: ${taken}`];
}
