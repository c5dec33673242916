import { describe, expect, test } from 'vitest';
import { faultsOf } from '../schemas/validate.ts';
import { runTriage } from './child-process.ts';
import { runHere } from './in-process.ts';

const dump = ['--from', 'test/incidents/pool-exhausted/sick'];

describe('bad usage exits 2, says why on stderr and leaves stdout empty', () => {
  test.each([
    ['a flag nobody knows', 'version', ['--outptu', 'json'], 'did you mean --output?'],
    ['a form nobody knows', 'pending', ['shop/checkout', '-o', 'toml'], 'Expected --output=toml'],
    [
      'a time that is none',
      'health',
      [...dump, '--timeout', 'soon'],
      '--timeout soon is not a time',
    ],
    ['no Service and no terminal', 'pending', dump, 'which Service? pending: shop/checkout'],
    ['a cluster beside a recording', 'health', [...dump, '--context', 'x'], 'no effect'],
    ['a user without a name', 'rbac', ['--user', ''], '--user has no name'],
    ['a role with a bad name', 'rbac', ['--name', 'Bad Name!'], 'no name for a role'],
    [
      'a Service that is not there',
      'pending',
      ['shop/chekout', ...dump],
      'did you mean shop/checkout?',
    ],
    ['two namespaces', 'pending', ['shop/checkout', '-n', 'blog', ...dump], 'two namespaces'],
    ['a check nobody knows', 'health', [...dump, '--only', 'pool-exausted'], 'pool-exhausted'],
    ['--at without --from', 'health', ['--at', '2026-01-01T00:00:00Z'], '--from'],
    ['--wait on a recording', 'pending', ['shop/checkout', ...dump, '--wait'], '--wait'],
    ['a cause nobody knows', 'explain', ['pool-exausted'], 'did you mean pool-exhausted'],
    ['a snapshot without a file', 'snapshot', dump, 'output'],
    ['a form where a file is named', 'snapshot', [...dump, '-o', 'json'], 'a file called json'],
    ['a path that is not there', 'health', ['--from', '/nowhere'], '/nowhere'],
    ['alerts and cluster from one pipe', 'from-alert', ['-', '--from', '-'], 'once only'],
    ['two pools from one pipe', 'pools', ['--from', '-', '--against', '-'], 'once only'],
    ['two recordings from one pipe', 'diff', ['-', '-'], 'once only'],
    ['too many words', 'pending', ['shop/checkout', 'blog/web', ...dump], 'blog/web'],
  ])('%s', async (_, command, args, says) => {
    const { stdout, stderr, code } = await runHere(command, args);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  });

  test.each([
    [['pendng', 'shop/checkout'], 'no command "pendng"; did you mean pending'],
    [['health', 'foo'], 'triage health takes flags only'],
    [['-v'], 'the command comes before its flags'],
    [['help', 'pendin'], 'no command "pendin"'],
    [['poolz', '--help'], 'no command "poolz"'],
    [['explain'], 'CAUSE|CHECK|BUG is missing: a cause'],
  ])('%j', async (args, says) => {
    const { stdout, stderr, code } = await runTriage(args);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(stderr).not.toContain('\\n');
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  });

  test('a command that reads no recording is told of none', async () => {
    const { stderr, code } = await runTriage(['watch']);
    expect(stderr).toContain('no kubeconfig found');
    expect(stderr).not.toContain('--from');
    expect(code).toBe(2);
  });

  test('a file that snapshot writes is no form of its errors', async () => {
    const { stdout, stderr, code } = await runHere('snapshot', [...dump, '-o', 'json']);
    expect(stderr).toContain('triage snapshot -o incident.json.gz');
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  });

  test('a command nobody knows', async () => {
    const { stdout, stderr, code } = await runTriage(['pendng']);
    expect(stderr).toContain('did you mean pending');
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  });
});

describe('under -o json a failure is one document too', () => {
  test.each([
    ['pending', ['shop/chekout', ...dump, '-o', 'json']],
    ['pending', ['--nonsense', '--output=json']],
    ['health', ['--from', '/nowhere', '-ojson']],
    ['explain', ['nothing', '-o', 'json']],
  ])('%s %j', async (command, args) => {
    const { stdout, code } = await runHere(command, args);
    const document = JSON.parse(stdout) as unknown;
    expect(faultsOf(document)).toEqual([]);
    expect(document).toMatchObject({ result: 'error', exitCode: 2, error: { kind: 'usage' } });
    expect(code).toBe(2);
  });

  test('also for a command nobody knows', async () => {
    const { stdout, code } = await runTriage(['pendng', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ result: 'error', exitCode: 2 });
    expect(code).toBe(2);
  });
});

test('--version may be asked for as JSON', async () => {
  const { stdout, code } = await runTriage(['--version', '-o', 'json']);
  expect(JSON.parse(stdout)).toHaveProperty('version');
  expect(code).toBe(0);
});

test('--debug shows where it broke', async () => {
  const { stderr } = await runHere('health', ['--from', '/nowhere', '--debug']);
  expect(stderr).toMatch(/\n\s+at /);
});

describe('TRIAGE_OUTPUT', () => {
  const env = { TRIAGE_OUTPUT: 'json' };

  test('is the form of a failure too, where a command takes its form from there', async () => {
    const { stdout } = await runTriage(['health', '--from', '/nowhere'], { env });
    expect(JSON.parse(stdout)).toMatchObject({ result: 'error', exitCode: 2 });
  });

  test('is the form of every command that has it', async () => {
    const { stdout } = await runTriage(['pools', ...dump], { env });
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 'triage.pools/v1' });
    const failed = await runTriage(['what-if', 'a/b', '--from', '/nowhere'], { env });
    expect(JSON.parse(failed.stdout)).toMatchObject({ result: 'error', exitCode: 2 });
  });

  test('says nothing to a command that has not this form, and what is typed comes first', async () => {
    const upgrade = ['upgrade', '--to', 'v0.16.1', ...dump];
    const { code } = await runTriage(upgrade, { env: { TRIAGE_OUTPUT: 'wide' } });
    expect(code).toBe(0);
    const { stdout } = await runTriage(['pools', ...dump, '-o', 'text'], { env });
    expect(stdout).toMatch(/^\d+ pools?, /);
  });

  test('is refused where no command has such a form', async () => {
    const { code } = await runTriage(['pools', ...dump], { env: { TRIAGE_OUTPUT: 'jsn' } });
    expect(code).toBe(2);
  });
});
