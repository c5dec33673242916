import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { judgeAll } from '../../scripts/vectors/judge-all.ts';

const lines = [{ file: 'cases.jsonl', number: 1, text: '{}' }];

test.each([
  ['ends without a word', 'process.exit(7)', /ended with 7 before it had judged/],
  ['throws', "throw new Error('out of wit')", /out of wit/],
  ['is gone already', '', /ended with \d/],
])('a worker that %s ends the run', async (_, body, message) => {
  const program = `const { parentPort } = require('node:worker_threads');
    ${body === '' ? 'process.exit(3)' : `parentPort.once('message', () => { ${body} })`}`;
  const run = judgeAll(lines, () => new Worker(program, { eval: true }));
  await expect(run).rejects.toThrow(message);
});
