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

/** What may end in a look: why here, what was not seen, what was heard and does not count, what a port said. */
const looking = [
  'src/arp/hear.ts',
  'src/arp/link.ts',
  'src/arp/look/{ports,unseen}.ts',
  'src/arp/host/{facing,kernel-look,neighbours}.ts',
  'src/core/shell/probe/{pod-output,pod-ports,wire-questions}.ts',
];

/** Texts of several words in the sources; not what is declared in C. */
function sentencesIn(file: string): readonly string[] {
  const source = readFileSync(join(root, file), 'utf8').replaceAll(
    /^\s*(?:\/\/|\*|\/\*\*|import ).*$/gm,
    '',
  );
  return [...source.matchAll(/'([^'\n]+)'|"([^"\n]+)"|`([^`\n]+)`/g)]
    .map(([, single = '', double = '', template = '']) =>
      `${single}${double}${template}`.replaceAll(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, ' '),
    )
    .filter((text) => /[a-z,:] [a-z]/i.test(text) && !/[*<>]|\bint\b|=== undefined/.test(text));
}

test('every word that triage itself says of a look at the wire survives in a shared recording', () => {
  const sentences = globSync(looking, { cwd: root }).flatMap(sentencesIn);
  expect(sentences).toContain('the look was stopped before its time was up');
  const words = sentences.flatMap((each) => each.match(/[A-Za-z]{2,}/g) ?? []);
  expect([...new Set(words.filter((word) => !isKnownWord(word)))].toSorted()).toEqual([]);
});
