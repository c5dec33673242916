import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { UsageError } from '../../facts/errors.ts';
import { fileFailure } from '../../facts/file-failure.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { readContent } from './read-content.ts';

const zip = promisify(gzip);

/** Writes everything that was read into one file: gzip'd JSON, the same bytes for the same snapshot. */
export async function recordSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  if (path === '-') {
    throw new UsageError('the snapshot goes into a file, not to stdout', {
      suggestions: ['name one, as in: -o incident.json.gz'],
    });
  }
  await refuseForeign(path);
  const content = await zip(`${JSON.stringify(snapshot)}\n`);
  await write(path, content).catch((cause: unknown) => {
    throw new UsageError(`the snapshot cannot be written to ${path}: ${fileFailure(cause)}`);
  });
}

/** A slip in a file's name must not cost the file: only a recording is replaced. */
async function refuseForeign(path: string): Promise<void> {
  const old = await stat(path).catch(() => undefined);
  if (old === undefined || !old.isFile() || old.size === 0) {
    return;
  }
  const content = await readContent(path).catch(() => '');
  if (!/^\s*\{"schemaVersion":\s*"triage\.snapshot\//.test(content)) {
    throw new UsageError(`${path} is there and is no recording of triage, so it is left as it is`, {
      suggestions: ['name another file, or remove this one first'],
    });
  }
}

/** Writes a text that is nobody else's business, for its owner only. */
export async function writePrivately(path: string, text: string): Promise<void> {
  await write(path, Buffer.from(text)).catch((cause: unknown) => {
    throw new UsageError(`${path} cannot be written: ${fileFailure(cause)}`);
  });
}

/** Puts a whole new file, for its owner only, in the place of an old one; a device is written to. */
async function write(path: string, content: Buffer): Promise<void> {
  const old = await stat(path).catch(() => undefined);
  if (old !== undefined && !old.isFile()) {
    await writeFile(path, content);
    return;
  }
  const target = old === undefined ? path : await realpath(path);
  const draft = `${target}.${randomUUID()}.draft`;
  try {
    await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
