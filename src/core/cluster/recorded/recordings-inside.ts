import { UsageError } from '../../facts/errors.ts';
import { shellWord } from '../../facts/shell-word.ts';
import type { DumpedDocument } from './documents.ts';
import { isSnapshot } from './parse-snapshot.ts';

/** Files of a dump that are recordings of ours: whole clusters, not parts of one. */
export function recordingsIn(documents: readonly DumpedDocument[]): readonly string[] {
  return documents.flatMap(({ other, file }) =>
    isSnapshot(other) && file !== undefined ? [file] : [],
  );
}

/** The error of a folder in which there is nothing else. */
export function onlyRecordings(folder: string, files: readonly string[]): UsageError {
  const names = files.join(', ');
  return new UsageError(
    `${folder} holds recordings of triage (${names}): each is given by itself`,
    {
      suggestions: files
        .slice(0, 1)
        .map(
          (file) =>
            `name one of them: --from ${shellWord(`${folder.replace(/\/+$/, '')}/${file}`)}`,
        ),
    },
  );
}

/** What is told where they lie beside a dump. */
export function recordingNotices(files: readonly string[]): readonly string[] {
  return files.length === 0
    ? []
    : [`a recording of triage is given by itself, and so not read here: ${files.join(', ')}`];
}
