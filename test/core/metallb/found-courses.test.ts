import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { VectorCase } from './vector-cases.ts';
import { disagreement } from './vector-comparison.ts';
import { replay } from './vector-search.ts';

/** Courses of real controllers in which ours once went another way; see test/vectors/found/README.md. */
const folder = new URL('../../vectors/found/', import.meta.url);
const found = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').trim().split('\n'))
  .map((line) => JSON.parse(line) as VectorCase);

test('there are such courses', () => {
  expect(found.length).toBeGreaterThan(0);
});

test.each(found)('ours takes the course $id of the real $version', (recorded) => {
  expect(replay(recorded, disagreement)).toMatchObject({ matched: true });
});
