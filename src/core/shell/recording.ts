import { UsageError } from '../facts/errors.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { answerFormats } from './flags/flags.ts';
import { plural } from '../facts/in-words.ts';

/** How a recording is written. */
export interface RecordFlags {
  /** Replace names and addresses. */
  readonly share?: boolean | undefined;
  /** File for what the tokens of a shared recording stand for. */
  readonly 'share-names'?: string | undefined;
}

/** Writes what was read to a file that `--from` reads; the lines say what there is to know of it. */
export async function recordTo(
  path: string,
  snapshot: Snapshot,
  flags: RecordFlags = {},
): Promise<readonly string[]> {
  const { recordSnapshot, writePrivately } = await import('../cluster/recorded/record-snapshot.ts');
  if (flags.share !== true) {
    await recordSnapshot(path, snapshot);
    return [];
  }
  const { shareSnapshot } = await import('../share/share-snapshot.ts');
  const { snapshot: shared, names, addresses } = shareSnapshot(snapshot);
  await recordSnapshot(path, shared);
  const said = `${path} can be given away: ${plural(names.size, 'name')} and ${addresses} address${addresses === 1 ? '' : 'es'} replaced; look at it before you do`;
  const keyPath = flags['share-names'];
  if (keyPath === undefined) {
    return [said];
  }
  await writePrivately(keyPath, `${JSON.stringify(Object.fromEntries(names), null, 2)}\n`);
  return [said, `${keyPath} tells what the names stand for: keep it to yourself`];
}

/** With other commands `-o` is a form, and so a file of that name is hardly what is meant. */
export function refuseForm(path: string): void {
  if (answerFormats.some((form) => form === path)) {
    throw new UsageError(`-o ${path} would write a file called ${path}: here -o names the file`, {
      suggestions: [
        'triage snapshot -o incident.json.gz',
        `triage health -o ${path} # for an answer in that form`,
        `-o ./${path} where the file shall be called so`,
      ],
    });
  }
}
