import { describe, expect, test } from 'vitest';
import { runAtTerminal } from './at-terminal.ts';
import { runTriage } from './child-process.ts';

const down = '\u001b[B';
const question = 'What do you see?';

describe('triage alone', () => {
  test('at a terminal asks what the person sees, names the command and runs it', async () => {
    const { text, code } = await runAtTerminal([], {
      presses: [{ seen: question, keys: `${down}${down}${down}\r` }],
    });
    expect(text).toContain('a Service has no address');
    expect(text).toMatch(/\ntriage doctor\r?\n/);
    expect(text).toContain('no kubeconfig found');
    expect(code).toBe(2);
  });

  test('Ctrl-C at the question exits 130', async () => {
    const { text, code } = await runAtTerminal([], {
      presses: [{ seen: question, keys: '\u0003' }],
    });
    expect(text).toContain('stopped before anything could be said');
    expect(code).toBe(130);
  });

  test('never asks where nobody can answer', async () => {
    const { stdout, stderr, code } = await runTriage([]);
    expect(stdout).toContain('USAGE');
    expect(stderr + stdout).not.toContain(question);
    expect(code).toBe(0);
  });
});
