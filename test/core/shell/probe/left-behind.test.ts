import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const module = new URL('../../../../src/core/shell/probe/left-behind.ts', import.meta.url).href;
const program = `
  import { tellingBeforeDeath } from ${JSON.stringify(module)};
  const stop = new AbortController();
  process.once('SIGINT', () => { stop.abort(); process.stdout.write('first'); });
  setInterval(() => undefined, 1000);
  process.stdout.write('ready');
  await tellingBeforeDeath(stop.signal, () => process.stdout.write(' told'), () => new Promise(() => undefined));
`;

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'after Ctrl-C a %s ends the process at once, and what is left is told before',
  async (second) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
    const heard: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard.push(text);
      child.kill(text === 'first' ? second : 'SIGINT');
    });
    expect(await once(child, 'exit')).toEqual([null, second]);
    expect(heard.slice(0, 2)).toEqual(['ready', 'first']);
    expect(heard.join('')).toBe('readyfirst told');
  },
);
