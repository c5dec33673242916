import { describe, expect, test } from 'vitest';
import { bugs } from '../../src/checks/bugs/index.ts';
import { causes } from '../../src/checks/causes.ts';
import { checks } from '../../src/checks/index.ts';
import { leftOutOf } from '../../src/checks/not-asked.ts';
import { runHere } from './in-process.ts';

describe('explain', () => {
  test.each([
    ...causes.map(({ id }) => id),
    ...checks.map(({ id }) => id),
    ...bugs.map(({ bug }) => bug),
  ])('%s has an explanation that fits 80 columns', async (id) => {
    const { stdout, stderr, code } = await runHere('explain', [id]);
    expect(stdout.split('\n')[0]).toContain(`${id}: `);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });

  test('a check may be written in small letters', async () => {
    const { stdout } = await runHere('explain', ['mlb-a02']);
    expect(stdout).toContain('MLB-A02: ');
  });

  test.each(['#2626', 'metallb#2626', 'metallb#2930'])(
    '%s is known as metallb#2626',
    async (id) => {
      const { stdout } = await runHere('explain', [id, '-o', 'json']);
      expect(JSON.parse(stdout)).toMatchObject({
        kind: 'bug',
        bug: 'metallb#2626',
        versions: 'v0.14.6 to before v0.16.0',
        fixedIn: 'v0.16.0',
      });
    },
  );

  test('a number that is not listed is refused', async () => {
    const { stderr, code } = await runHere('explain', ['metallb#1']);
    expect(stderr).toContain('there is no check, cause or known bug "metallb#1"');
    expect(code).toBe(2);
  });

  test('as JSON it names the checks that find the cause', async () => {
    const { stdout } = await runHere('explain', ['pool-exhausted', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'cause', checks: ['MLB-A02', 'MLB-A32'] });
  });

  test('a cause names the known bugs that can stand behind it', async () => {
    const { stdout } = await runHere('explain', ['waiting-for-retry']);
    expect(stdout).toContain('bugs    metallb#1586 (before v0.13.9): A freed address wakes nobody');
    const { stdout: json } = await runHere('explain', ['waiting-for-retry', '-o', 'json']);
    expect(JSON.parse(json)).toMatchObject({ bugs: ['metallb#1586', 'metallb#2403'] });
  });

  test('as markdown it is the page of the docs', async () => {
    const { stdout } = await runHere('explain', ['pool-exhausted', '-o', 'markdown']);
    expect(stdout).toMatch(/^# `pool-exhausted`: /);
    expect(stdout).not.toContain('<!--');
  });
});

describe('checks', () => {
  test('lists every check once', async () => {
    const { stdout } = await runHere('checks', ['-o', 'name']);
    expect(stdout.trimEnd().split('\n')).toEqual(checks.map(({ id }) => id));
  });

  test('lists every known bug once', async () => {
    const { stdout } = await runHere('checks', ['--bugs', '-o', 'name']);
    expect(stdout.trimEnd().split('\n')).toEqual(bugs.map(({ bug }) => bug));
  });

  test('the known bugs as JSON say where they are mended', async () => {
    const { stdout } = await runHere('checks', ['--bugs', '-o', 'json']);
    const listed = JSON.parse(stdout) as readonly Readonly<Record<string, unknown>>[];
    expect(listed).toContainEqual(
      expect.objectContaining({ bug: 'metallb#3062', fixedIn: 'v0.16.1' }),
    );
    expect(listed.filter((bug) => 'needs' in bug || 'isForeseen' in bug)).toEqual([]);
  });

  test('as JSON says what each needs', async () => {
    const { stdout } = await runHere('checks', ['-o', 'json']);
    expect(JSON.parse(stdout)).toHaveLength(checks.length);
  });
});

describe('only and skip', () => {
  test('nobody who asked one check is told that MetalLB is healthy', async () => {
    const from = ['--from', 'test/incidents/pool-shrunk/healthy'];
    const { stdout, code } = await runHere('health', [...from, '--only', 'no-pool']);
    expect(stdout).toContain(
      `the 1 check asked for passed; ${leftOutOf('health', checks.slice(0, 1)).checks.length} checks`,
    );
    expect(code).toBe(0);
  });

  test('health tells that -n narrows nothing', async () => {
    const args = ['--from', 'test/incidents/pool-exhausted/sick', '-n', 'x', '-o', 'json'];
    const { stdout } = await runHere('health', args);
    expect(JSON.parse(stdout)).toMatchObject({
      notices: [expect.stringContaining('all namespaces')],
    });
  });

  const dump = ['shop/checkout', '--from', 'test/incidents/pool-exhausted/sick', '-o', 'json'];

  test('--only asks the named checks and no others', async () => {
    const { stdout } = await runHere('pending', [...dump, '--only', 'pool-exhausted,MLB-A05']);
    const { diagnosis } = JSON.parse(stdout) as {
      diagnosis: { verdicts: readonly { check: string }[] };
    };
    // MLB-A32 can find pool-exhausted too
    const asked = ['MLB-A02', 'MLB-A05', 'MLB-A32'];
    expect(diagnosis.verdicts.map(({ check }) => check)).toEqual(asked);
  });

  test('--skip leaves the named ones out', async () => {
    const { stdout, code } = await runHere('pending', [...dump, '--skip', 'mlb-a02']);
    expect(stdout).not.toContain('"check": "MLB-A02"');
    expect(code).not.toBe(1);
  });
});
