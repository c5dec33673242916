import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kubectl, shellWord } from '../../../src/core/diagnosis/kubectl.ts';

test('plain names stay as they are', () => {
  expect(kubectl`-n ${'shop'} get service ${'checkout'}`).toBe(
    'kubectl -n shop get service checkout',
  );
});

test('anything else becomes one quoted word', () => {
  expect(kubectl`annotate service ${"a'; rm -rf /; '"}`).toBe(
    `kubectl annotate service 'a'\\''; rm -rf /; '\\'''`,
  );
  expect(shellWord('')).toBe("''");
});

test('a shell reads back exactly the text that was quoted', () => {
  const text = fc
    .string({ unit: 'binary-ascii', maxLength: 20 })
    .filter((each) => !each.includes('\0'));
  fc.assert(
    fc.property(text, (each) => {
      const read = execFileSync('sh', ['-c', `printf %s ${shellWord(each)}`]).toString();
      expect(read).toBe(each);
    }),
    { numRuns: 40 },
  );
});
