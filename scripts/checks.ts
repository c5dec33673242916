import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Step {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
}

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What every change must pass before the tests; each counts as one. */
export const staticSteps: readonly Step[] = [
  { title: 'types', command: ['tsc', '--noEmit'] },
  { title: 'lint', command: ['oxlint'] },
  { title: 'format', command: ['oxfmt', '--check', '.'] },
  { title: 'dead code', command: ['knip'] },
];

/** Runs each step, shows its output only when it fails, and counts. */
export function runSteps(steps: readonly Step[]): Count {
  const failures = steps.filter((step) => !passes(step));
  return { passed: steps.length - failures.length, failed: failures.length, skipped: 0 };
}

function passes({ title, command: [program, ...args] }: Step): boolean {
  const startedAt = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${title} (${seconds} s)\n`);
  if (status !== 0) {
    process.stdout.write(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}\n`);
  }
  return status === 0;
}

/** Runs vitest with the given configuration and files, and counts tests; a run that breaks counts as a failure. */
export function runVitest(config: string, files: readonly string[]): Count {
  const folder = mkdtempSync(join(tmpdir(), 'triage-test-'));
  const resultFile = join(folder, 'result.json');
  const args = ['run', '--config', config, '--reporter=default', '--reporter=json'];
  const { status } = spawnSync('vitest', [...args, `--outputFile.json=${resultFile}`, ...files], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  try {
    return countOf(readFileSync(resultFile, 'utf8'), status === 0);
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface VitestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

function countOf(json: string, exitedWell: boolean): Count {
  const result = JSON.parse(json) as VitestResult;
  const failed = result.numFailedTests;
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && !exitedWell ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** Adds up counts. */
export function total(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((sum, count) => sum + count.passed, 0),
    failed: counts.reduce((sum, count) => sum + count.failed, 0),
    skipped: counts.reduce((sum, count) => sum + count.skipped, 0),
  };
}

/** Prints `N passed, N failed` (`, N skipped` where true) as the last line, and sets the exit code. */
export function conclude(count: Count): void {
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  process.stdout.write(`${count.passed} passed, ${count.failed} failed${skipped}\n`);
  process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
}
