import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const twoAddresses = 'test/incidents/bug-two-addresses-for-one-cluster-ip/sick';
const plain = 'test/incidents/bug-two-addresses-for-one-cluster-ip/healthy';

function upgrade(from: string, ...words: readonly string[]) {
  return runHere('upgrade', ['--from', from, ...words]);
}

/** One after the other: they share one stdout. */
function inTurn<T>(works: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  return works.reduce<Promise<readonly T[]>>(
    async (before, work) => [...(await before), await work()],
    Promise.resolve([]),
  );
}

describe('upgrade', () => {
  test.each([
    [twoAddresses, 'v0.15.3', 1],
    [plain, 'v0.15.3', 0],
    [plain, 'v0.99.0', 3],
  ])('%s to %s exits %i in every form, with one document', async (from, to, code) => {
    const told = await inTurn(
      ['text', 'json', 'yaml', 'markdown'].map(
        (form) => () => upgrade(from, '--to', to, '-o', form),
      ),
    );
    expect(told.map((each) => each.code)).toEqual([code, code, code, code]);
    const document: unknown = JSON.parse(told[1]?.stdout ?? '');
    expect(faultsOfSchema('upgrade.v1.schema.json', document)).toEqual([]);
    expect(parse(told[2]?.stdout ?? '')).toEqual(document);
    expect(document).toMatchObject({ schemaVersion: 'triage.upgrade/v1', exitCode: code });
  });

  test('what breaks is told with its Service, its release and its number, in 80 columns', async () => {
    const { stdout } = await upgrade(twoAddresses, '--to', 'v0.15.3');
    expect(stdout).toContain(
      'breaks  ingress-nginx/ingress-nginx-controller keeps one of two addresses',
    );
    expect(stdout).toContain('v0.15.0 (metallb#2726)');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('markdown says of which cluster it speaks', async () => {
    const { stdout } = await upgrade(twoAddresses, '--to', 'v0.15.3', '-o', 'markdown');
    expect(stdout).toMatch(/^### v0\.14\.9 to v0\.15\.3 breaks 2 things here\n\n`test\/incidents/);
  });

  test('--from-version outweighs what runs there', async () => {
    const { stdout } = await upgrade(
      plain,
      '--to',
      'v0.16.1',
      '--from-version',
      '0.16.0',
      '-o',
      'json',
    );
    expect(JSON.parse(stdout)).toMatchObject({ upgrade: { from: 'v0.16.0', to: 'v0.16.1' } });
  });

  test('two runs are equal byte by byte', async () => {
    const one = await upgrade(twoAddresses, '--to', 'v0.16.2');
    const other = await upgrade(twoAddresses, '--to', 'v0.16.2');
    expect(one.stdout).toBe(other.stdout);
  });

  test('gained faults that are told among what breaks are counted as told there', async () => {
    const { stdout } = await upgrade('test/incidents/pool-exhausted/sick', '--to', 'v0.13.10');
    const listed = stdout.split('\ngained')[1]?.match(/metallb#/g);
    expect(listed).toHaveLength(3);
    expect(stdout).toContain('0 known bugs mended, 4 gained (1 of them among what breaks)');
  });

  test.each([
    [['--to', 'v0.15'], '--to v0.15.3'],
    [['--to=0.16.'], '--to=v0.16.2'],
    [['--from-version', 'next', '--to', 'v0.16.1'], '--from-version v0.16.2 --to v0.16.1'],
  ])('what was meant by %j is a whole command', async (words, meant) => {
    const { stderr } = await upgrade('dump', ...words);
    const told = stderr
      .replaceAll(/ *\\?\n +/g, ' ')
      .trim()
      .split('\n')
      .at(-1);
    expect(told).toBe(`do      triage upgrade --from dump ${meant}`);
  });

  test.each([
    [['--to', 'latest'], '--to latest is not a release; write it as v0.16.2'],
    [['--to', 'v0.16'], '--to v0.16 is not a release; write it as v0.16.2'],
    [[], 'Missing required flag --to'],
  ])('%j is bad usage', async (words, says) => {
    const { stderr, code } = await upgrade(plain, ...words);
    expect([code, stderr.includes(says)]).toEqual([2, true]);
  });
});
