import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findDumpFiles } from '../../../../src/core/cluster/recorded/dump-files.ts';
import { UsageError } from '../../../../src/core/facts/errors.ts';

test('a folder that vanishes while it is read is told as such, and is no fault of triage', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'triage-vanished-'));
  await rm(folder, { recursive: true });
  const found = findDumpFiles(folder);
  await expect(found).rejects.toThrow(UsageError);
  await expect(found).rejects.toThrow(
    `${folder} could not be read to its end: ${folder}: there is no such file or directory`,
  );
});
