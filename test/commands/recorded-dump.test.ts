import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Exit code and stdout of `triage health`. */
function health(...words: readonly string[]): Promise<{ code: unknown; stdout: string }> {
  return new Promise((resolve) => {
    const args = [join(root, 'bin/dev.js'), 'health', ...words];
    execFile(process.execPath, args, { cwd: root }, (error, stdout) => {
      resolve({ code: error?.code ?? 0, stdout });
    });
  });
}

test('a dump that is recorded prints the same bytes when the recording is read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triage-recorded-dump-'));
  try {
    const recording = join(folder, 'dump.json.gz');
    const dump = 'test/incidents/two-installations/sick';
    const first = await health('--from', dump, '--record', recording);
    expect(first.stdout).toContain(`--from=${dump}`);
    expect(await health('--from', recording)).toEqual({ ...first, code: 1 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
