import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runHere } from './commands/in-process.ts';

test('the first answer in the README is what the demo prints', async () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const words: readonly string[] = scripts.demo.split('bin/dev.js ')[1].split(' ');
  const { stdout } = await runHere('pending', words.slice(1));
  const [, shown] =
    /```\n\$ triage pending shop\/checkout\n([^]*?)```/.exec(readFileSync('README.md', 'utf8')) ??
    [];
  expect(shown).toBe(stdout);
});
