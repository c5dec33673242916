import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isKnownWord } from '../../../src/core/share/word-plan.ts';

const root = join(import.meta.dirname, '../../..');

/** Regular expressions in the sources, without escapes, classes, and the rest of a word that a class begins. */
function patternsIn(file: string): readonly string[] {
  const source = readFileSync(join(root, file), 'utf8').replaceAll(
    /^\s*(?:\/\/|\*|\/\*\*).*$/gm,
    '',
  );
  return [
    ...source.matchAll(
      /(?<=[(=,:[|?&]\s*)\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/[dgimsuvy]*(?=[\s).,;])/g,
    ),
  ].map(([, body = '']) =>
    body.replaceAll(/\\[A-Za-z]|\[[^\]]*\][a-z]*|\(\?<\w+>|\(\?[:=!<]+/g, ' '),
  );
}

const files = globSync('src/{checks,core/metallb,core/cluster/recognise}/**/*.ts', { cwd: root });

test('every word that a check looks for in a text survives in a shared recording', () => {
  const words = files.flatMap((file) =>
    patternsIn(file).flatMap((pattern) => pattern.match(/[A-Za-z]{3,}/g) ?? []),
  );
  expect(words.length).toBeGreaterThan(100);
  expect([...new Set(words.filter((word) => !isKnownWord(word)))]).toEqual([]);
});
