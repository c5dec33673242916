import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readContent } from '../../../../src/core/cluster/recorded/read-content.ts';

let folder = '';
let pipe = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'triage-pipe-'));
  pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a pipe', () => {
  test('that nobody writes to is given up when the signal says so', async () => {
    const stop = new AbortController();
    const reading = readContent(pipe, stop.signal);
    setImmediate(() => stop.abort());
    await expect(reading).rejects.toThrow('cannot be read');
  });

  test('is read to its end', async () => {
    const [content] = await Promise.all([readContent(pipe), writeFile(pipe, 'kind: List\n')]);
    expect(content).toBe('kind: List\n');
  });
});
