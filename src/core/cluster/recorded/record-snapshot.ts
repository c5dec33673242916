import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { UsageError } from '../../facts/errors.ts';
import type { Snapshot } from '../../facts/snapshot.ts';

const zip = promisify(gzip);

/** Writes everything that was read into one file: gzip'd JSON, the same bytes for the same snapshot. */
export async function recordSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  const content = await zip(`${JSON.stringify(snapshot)}\n`);
  await writeFile(path, content, { mode: 0o600 }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`the snapshot cannot be written to ${path}: ${reason}`, { cause });
  });
}
