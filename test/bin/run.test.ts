import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTriage } from '../commands/child-process.ts';
import { builtProgram, type BuiltProgram } from './built-program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dump = join(root, 'test/incidents/pool-exhausted/sick');
let program: BuiltProgram;
let script = '';
let plugin = '';

beforeAll(() => {
  program = builtProgram();
  ({ script } = program);
  plugin = join(program.home, 'kubectl-triage');
  symlinkSync(script, plugin);
}, 60_000);

afterAll(() => program[Symbol.dispose]());

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
    expect(stderr).toMatch(
      /^triage needs Node 22\.19 or newer, and this is v[\d.]+: see https:\/\/nodejs\.org; a clone of triage has one in node_modules\/\.bin\n$/,
    );
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  });
});
