import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAtTerminal } from './at-terminal.ts';
import { runTriage } from './child-process.ts';
import { runHere } from './in-process.ts';
import { startSlowServer } from './loopback-server.ts';

const sick = ['shop/checkout', '--from', 'test/incidents/pool-exhausted/sick'];
const healthy = ['shop/checkout', '--from', 'test/incidents/pool-exhausted/healthy'];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'triage-manners-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('streams', () => {
  test('the answer is on stdout, the banner is the first line of stderr', async () => {
    const { stdout, stderr } = await runTriage(['pending', ...sick]);
    expect(stdout).toMatch(/^shop\/checkout /);
    expect(stdout).toContain('pool-exhausted (MLB-A02)');
    expect(stderr.split('\n')[0]).toContain('MetalLB v0.15.3 in metallb-system');
  });

  test.each(['json', 'yaml', 'markdown', 'name'])('under -o %s stderr is empty', async (format) => {
    const { stderr } = await runHere('pending', [...sick, '-o', format]);
    expect(stderr).toBe('');
  });

  test('when all is well the answer is one line, and where to look instead', async () => {
    const { stdout, code } = await runHere('pending', healthy);
    const [answer, ...rest] = stdout.trimEnd().split('\n\n');
    expect(answer?.split('\n')).toHaveLength(1);
    expect(rest.map((each) => each.replaceAll(/\s*\\\n\s*/g, ' '))).toEqual([
      expect.stringMatching(/^next {4}triage no-traffic shop\/checkout --from=\S+$/),
    ]);
    expect(code).toBe(0);
  });

  test('a reader that goes away is no reason to crash', async () => {
    const { stderr, code } = await runTriage(['pending', ...sick, '-o', 'json'], {
      meanwhile: (child) => child.stdout?.destroy(),
    });
    expect({ stderr, code }).toEqual({ stderr: '', code: 1 });
  });
});

describe('where nothing can be written', () => {
  test.each([
    ['an answer', ['pending', ...sick]],
    ['a document', ['health', ...sick.slice(1), '-o', 'json']],
    ['a version', ['--version']],
  ])('%s that does not fit is one line on stderr, and exit 2', async (_, args) => {
    const { stderr, code } = await runTriage(args, { stdout: '/dev/full' });
    expect(stderr.split('\n').at(-2)).toMatch(/^error: the answer could not be written: ENOSPC/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });
});

describe('record and replay', () => {
  test('a recording gives the same again, in every form', async () => {
    const file = join(folder, 'incident.json.gz');
    const first = await runHere('pending', [...sick, '--record', file, '-o', 'wide']);
    const dump = 'test/incidents/pool-exhausted/sick';
    for (const format of ['wide', 'json', 'markdown']) {
      const again = await runHere('pending', ['shop/checkout', '--from', file, '-o', format]);
      const direct = await runHere('pending', [...sick, '-o', format]);
      const told = (text: string) => text.replaceAll(/(?: \\)?\s+/g, ' ').replaceAll(file, dump);
      expect(told(again.stdout)).toBe(told(direct.stdout));
      expect(again.code).toBe(direct.code);
    }
    expect(first.code).toBe(1);
  });

  test.each([
    ['sick', sick],
    ['healthy', healthy],
  ])(
    'a recording that cannot be written never costs the answer, and is an error (%s)',
    async (_, args) => {
      const path = join(folder, 'a-file', 'incident.gz');
      writeFileSync(join(folder, 'a-file'), '');
      const flags = ['--record', path, '-o', 'json'];
      const { stdout, stderr, code } = await runHere('pending', [...args, ...flags]);
      expect(JSON.parse(stdout)).toMatchObject({ command: 'pending', exitCode: 2 });
      expect(stderr.replaceAll(/\s+/g, ' ')).toBe(
        `error: the snapshot cannot be written to ${path}: not a directory `,
      );
      expect(code).toBe(2);
    },
  );

  test('snapshot writes what both commands can be asked from', async () => {
    const file = join(folder, 'all.json.gz');
    const { stdout, code } = await runHere('snapshot', [...sick.slice(1), '-o', file]);
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    expect(readFileSync(file).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    const { stdout: names } = await runHere('health', ['--from', file, '-o', 'name']);
    expect(names).toContain('pool-exhausted');
  });

  test('two runs over one recording are byte-identical', async () => {
    const args = ['--from', 'test/incidents/one-pool-full-health/sick', '-o', 'wide'];
    expect(await runHere('health', args)).toEqual(await runHere('health', args));
  });
});

describe('the terminal', () => {
  test.each([
    ['80', 80],
    ['40', 40],
  ])('%s columns are kept, except for names that are longer', async (columns, width) => {
    const { stdout } = await runTriage(['health', ...sick.slice(1), '-v'], {
      env: { COLUMNS: columns },
    });
    const long = stdout
      .split('\n')
      // JSON in a command can be broken nowhere
      .filter((line) => line.length > width && line.trim().includes(' ') && !line.includes('{"'));
    expect(long).toEqual([]);
  });

  test.each([
    ['a pipe', [], {}, false],
    ['--color=always', ['--color=always'], {}, true],
    ['NO_COLOR against --color=always', ['--color=always'], { NO_COLOR: '1' }, true],
    ['--no-color against FORCE_COLOR', ['--no-color'], { FORCE_COLOR: '1' }, false],
  ])('colour with %s', async (_, flags, env, colour) => {
    const { stdout } = await runTriage(['pending', ...sick, ...flags], { env });
    expect(stdout.includes('\u001b[')).toBe(colour);
  });

  test('a locale without UTF-8 gets ASCII only', async () => {
    const { stdout, stderr } = await runTriage(['pending', ...sick], { env: { LC_ALL: 'C' } });
    expect(stdout + stderr).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('pending without a name offers what is pending, and says the command', async () => {
    const { text, raw, code } = await runAtTerminal(['pending', ...sick.slice(1)], {
      presses: [
        { seen: 'Which Service?', keys: 'check' },
        { seen: 'Which Service? check', keys: '\r' },
      ],
    });
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      `triage pending shop/checkout --from=${sick[2]}`,
    );
    expect(text).toContain('pool-exhausted (MLB-A02)');
    expect(raw).toContain('\u001b[31m');
    for (const clearing of ['\u001bc', '\u001b[2J', '\u001b[3J']) {
      expect(raw).not.toContain(clearing);
    }
    expect(code).toBe(1);
  });

  test('slow work shows a spinner at a terminal, and none elsewhere', async () => {
    await using server = await startSlowServer();
    const args = ['pending', 'shop/checkout', '--kubeconfig', server.kubeconfig, '--timeout', '2s'];
    const there = await runAtTerminal(args, { presses: [] });
    expect(there.text).toContain('reading the cluster');
    const elsewhere = await runTriage(args);
    expect(elsewhere.stderr).not.toContain('reading the cluster');
  });
});

describe('signals', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const)('%s: what is known is told, and the code is %d', async (signal, expected) => {
    await using server = await startSlowServer();
    const args = ['pending', 'shop/checkout', '--kubeconfig', server.kubeconfig];
    const { stdout, code } = await runTriage(args, {
      meanwhile: (child) => void server.stuck.then(() => child.kill(signal)),
    });
    expect(stdout).toContain('stopped early');
    expect(stdout).toContain('unknown');
    expect(code).toBe(expected);
  });

  test('under -o json the partial answer is a document like any other', async () => {
    await using server = await startSlowServer();
    const args = ['pending', 'shop/checkout', '-o', 'json', '--kubeconfig', server.kubeconfig];
    const { stdout, code } = await runTriage(args, {
      meanwhile: (child) => void server.stuck.then(() => child.kill('SIGINT')),
    });
    expect(JSON.parse(stdout)).toMatchObject({ interrupted: true, exitCode: 130 });
    expect(code).toBe(130);
  });
});
