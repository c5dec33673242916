import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTriage } from '../commands/child-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dump = join(root, 'test/incidents/pool-exhausted/sick');
let home = '';
let script = '';
let plugin = '';

/** What the package would hold, in a folder of its own. */
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'triage-package-'));
  for (const path of ['bin/run.js', 'package.json', 'oclif.manifest.json']) {
    cpSync(join(root, path), join(home, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
  execFileSync(process.execPath, [join(root, 'scripts/bundle.ts'), '--to', home]);
  script = join(home, 'bin/run.js');
  plugin = join(home, 'kubectl-triage');
  symlinkSync(script, plugin);
}, 60_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the program that ships', () => {
  test('--version is one line', async () => {
    const { stdout, stderr, code } = await runTriage(['--version'], { script });
    expect(stdout).toMatch(/^triage \d+\.\d+\.\d+ \(node v\d+\.\d+\.\d+, \w+-\w+\)\n$/);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });

  test('--help lists the commands and the exit codes', async () => {
    const { stdout, code } = await runTriage(['--help'], { script });
    expect(stdout).toContain('$ triage [COMMAND]');
    expect(stdout).toMatch(/\n {2}pending +/);
    expect(stdout).toMatch(/\n {2}130 {2}stopped by Ctrl-C/);
    expect(code).toBe(0);
  });

  test('without a word and without a terminal it helps', async () => {
    const { stdout, code } = await runTriage([], { script });
    expect(stdout).toContain('$ triage [COMMAND]');
    expect(code).toBe(0);
  });

  test('as a plugin of kubectl it calls itself so', async () => {
    const help = await runTriage(['pending', '--help'], { script: plugin });
    expect(help.stdout).toContain('$ kubectl triage pending');
    const answer = await runTriage(['pending', 'shop/checkout', '--from', dump], {
      script: plugin,
    });
    expect(answer.stdout).toContain('kubectl triage explain pool-exhausted');
  });

  test('it answers as the sources do', async () => {
    const args = ['pending', 'shop/checkout', '--from', dump, '-o', 'json'];
    const shipped = await runTriage(args, { script });
    const sources = await runTriage(args);
    expect(shipped).toEqual(sources);
    expect(shipped.code).toBe(1);
  });

  test('on a Node that is too old it says so in one line and exits 2', async () => {
    const old = 'Object.defineProperty(process.versions, "node", { value: "20.20.2" })';
    const nodeFlags = ['--import', `data:text/javascript,${encodeURIComponent(old)}`];
    const { stdout, stderr, code } = await runTriage(['--version'], { script, nodeFlags });
    expect(stderr).toMatch(/^triage needs Node 22\.19 or newer, and this is v[\d.]+\n$/);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  });
});
