import { expect, test } from 'vitest';
import { everyCourse } from '../../../src/core/metallb/every-course.ts';

const threeDraws = (choose: (count: number) => number) =>
  [choose(3), choose(1), choose(2)].join('');

test('every sequence of draws is run once', () => {
  const { results, isComplete } = everyCourse(threeDraws, 6);
  expect(results).toEqual(['000', '001', '100', '101', '200', '201']);
  expect(isComplete).toBe(true);
});

test('too many are spread over, the first and the last among them, equal in every run', () => {
  const many = (choose: (count: number) => number) =>
    Array.from({ length: 8 }, () => choose(10)).join('');
  const { results, isComplete } = everyCourse(many, 20);
  expect(isComplete).toBe(false);
  expect(results).toHaveLength(20);
  expect(results.slice(0, 2)).toEqual(['00000000', '99999999']);
  expect(new Set(results).size).toBe(20);
  expect(everyCourse(many, 20).results).toEqual(results);
});
