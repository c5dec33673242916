import { expect, test } from 'vitest';
import { costSection, headSection } from '../../../src/core/report/answer-frame.ts';

test('an answer that rests on a part says so below its headline', () => {
  const texts = (interrupted: boolean) =>
    headSection('2 addresses', ['bold'], { interrupted }).lines.map(({ text }) => text);
  expect(texts(false)).toEqual(['2 addresses']);
  expect(texts(true)).toEqual([
    '2 addresses',
    'stopped early: this rests on the part of the cluster that was read by then',
  ]);
});

test('where no server was asked there is no cost', () => {
  expect(costSection({ receipt: { calls: 0, lists: 0, logs: 0, bytes: 0, ms: 3 } }).lines).toEqual(
    [],
  );
});
