import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runHere } from './in-process.ts';

test('a dump that is recorded prints the same when the recording is read, and names the recording', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triage-recorded-dump-'));
  try {
    const recording = join(folder, 'dump.json.gz');
    const dump = 'test/incidents/two-installations/sick';
    const first = await runHere('health', ['--from', dump, '--record', recording]);
    expect(first.stdout).toContain(`--from=${dump}`);
    const again = await runHere('health', ['--from', recording]);
    expect(again.code).toBe(1);
    expect(again.stdout).toContain(`--from=${recording}`);
    const unbroken = (text: string) => text.replaceAll(/(?: \\)?\s+/g, ' ');
    expect(unbroken(again.stdout).replaceAll(recording, dump)).toBe(unbroken(first.stdout));
    const shared = join(folder, 'shared.json.gz');
    await runHere('health', ['--from', recording, '--record', shared, '--share']);
    expect((await runHere('health', ['--from', shared])).stdout).toContain(`--from=${shared}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
