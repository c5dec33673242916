import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { compileCache } from './child-process.ts';

/** What stood on the terminal, without its control sequences, and how it ended. */
export interface Screenful {
  readonly text: string;
  readonly raw: string;
  readonly code: number | null;
}

/** Keys to press once the screen shows `seen`. */
export interface Press {
  readonly seen: string;
  readonly keys: string;
}

const devScript = fileURLToPath(new URL('../../bin/dev.js', import.meta.url));

/** Runs triage at a terminal of its own, 80 columns wide (util-linux `script`), where somebody presses keys. */
export async function runAtTerminal(
  args: readonly string[],
  {
    presses,
    env = {},
  }: { readonly presses: readonly Press[]; readonly env?: Record<string, string> },
): Promise<Screenful> {
  const words = [process.execPath, devScript, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qefc', `stty cols 80 rows 24; ${words}`, '/dev/null'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: '/nonexistent',
      TERM: 'xterm',
      LANG: 'C.UTF-8',
      ...compileCache(),
      ...env,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const left = [...presses];
  let raw = '';
  child.stdout.on('data', (chunk: Buffer) => {
    raw += chunk.toString('utf8');
    const [next] = left;
    if (next !== undefined && stripVTControlCharacters(raw).includes(next.seen)) {
      left.shift();
      child.stdin.write(next.keys);
    }
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { text: stripVTControlCharacters(raw), raw, code };
}
