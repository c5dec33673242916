import { describe, expect, test } from 'vitest';
import { runHere } from './in-process.ts';

const from = ['--from', 'test/incidents/pool-exhausted/sick'];

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

interface Counted {
  readonly result: string;
  readonly diagnosis: {
    readonly notAsked?: readonly string[];
    readonly ruledOut: readonly { readonly cause: string }[];
  };
}

async function counted(command: string, args: readonly string[]): Promise<Counted> {
  const { stdout } = await runHere(command, [...args, ...from, '-o', 'json']);
  return JSON.parse(stdout);
}

describe('what was switched off', () => {
  test('leaves a pending Service unexplained, never MetalLB healthy', async () => {
    const { stdout, code } = await runHere('health', [...from, '--skip', 'pool-exhausted']);
    expect(code).toBe(3);
    expect(oneLine(stdout)).toContain(
      'shop/checkout is pending, and nothing that was looked at explains it; 1 check was not asked: MLB-A02',
    );
  });

  test('by --only is as much a gap as by --skip', async () => {
    const { stdout, code } = await runHere('health', [...from, '--only', 'no-pool']);
    expect(code).toBe(3);
    expect(oneLine(stdout)).toMatch(/and \d+ more \(-v\)/);
    const verbose = await runHere('health', [...from, '--only', 'no-pool', '-v']);
    expect(oneLine(verbose.stdout)).toMatch(/skipped \d+ checks were not asked .*MLB-A02/);
  });

  test('is named by pending, too', async () => {
    const args = ['shop/checkout', ...from, '--skip', 'pool-exhausted'];
    const { stdout, code } = await runHere('pending', args);
    expect(code).toBe(3);
    expect(oneLine(stdout)).toContain('; 2 checks were not asked: MLB-A02, MLB-A32');
    const { stdout: markdown } = await runHere('pending', [...args, '-o', 'markdown']);
    expect(markdown).toContain('- 2 checks were not asked (--only, --skip): MLB-A02, MLB-A32');
  });

  test('rules out nothing that the whole question would not rule out', async () => {
    const whole = await counted('pending', ['shop/checkout']);
    const part = await counted('pending', ['shop/checkout', '--skip', 'pool-exhausted']);
    const known = whole.diagnosis.ruledOut.map(({ cause }) => cause);
    expect(part.diagnosis.ruledOut.filter(({ cause }) => !known.includes(cause))).toEqual([]);
    expect([whole.diagnosis.notAsked, part.diagnosis.notAsked]).toEqual([
      undefined,
      ['MLB-A02', 'MLB-A32'],
    ]);
  });

  test('is told apart from what did not apply, which -v lists with its reason', async () => {
    const { stdout } = await runHere('health', [...from, '-v']);
    expect(stdout).toMatch(/^idle +MLB-\S+ {2}SKIPPED/m);
  });
});
