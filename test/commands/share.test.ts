import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from './in-process.ts';

const dump = ['--from', 'test/incidents/pool-exhausted/sick'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'triage-share-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recorded = (path: string) => gunzipSync(readFileSync(path)).toString();

describe('--share', () => {
  test('writes a recording without the names, and answers with them all the same', async () => {
    const file = join(folder, 'shared.json.gz');
    const args = ['shop/checkout', ...dump, '--record', file, '--share'];
    const { stdout, stderr, code } = await runHere('pending', args);
    expect(code).toBe(1);
    expect(stdout).toContain('shop/checkout is pending');
    expect(stderr).toMatch(/can be given away: \d+ names and \d+ addresses\s+replaced/);
    expect(recorded(file)).not.toMatch(/checkout|"shop"|10\.4\.|192\.0\.2\./);
  });

  test('is answered alike where it is read, and says what it is', async () => {
    const file = join(folder, 'snapshot.json.gz');
    expect((await runHere('snapshot', [...dump, '-o', file, '--share'])).code).toBe(0);
    const { stdout, stderr, code } = await runHere('health', ['--from', file]);
    expect(code).toBe(1);
    expect(stdout).toContain('pool-exhausted (MLB-A02), confidence 0.97');
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('this recording is shared');
  });

  test('can leave the key with its owner, for nobody else to read', async () => {
    const [file, key] = [join(folder, 'a.json.gz'), join(folder, 'key.json')];
    await runHere('health', [...dump, '--record', file, '--share', '--share-names', key]);
    const names: Record<string, string> = JSON.parse(readFileSync(key, 'utf8'));
    expect(Object.values(names)).toContain('checkout');
    expect(Object.keys(names).some((token) => recorded(file).includes(token))).toBe(true);
    expect(statSync(key).mode & 0o777).toBe(0o600);
  });

  test.each([
    [['--share'], '--record'],
    [['--record', 'x.json.gz', '--share-names', 'key.json'], '--share'],
  ])('refuses %s without its other half', async (flags, says) => {
    const { stderr, code } = await runHere('health', [...dump, ...flags]);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });
});
