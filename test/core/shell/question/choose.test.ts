import { expect, test } from 'vitest';
import { matching } from '../../../../src/core/shell/question/choose.ts';

const choices = ['media/radio', 'shop/edge', 'shop/web'].map((name) => ({ name, value: name }));

test.each([
  ['', ['media/radio', 'shop/edge', 'shop/web']],
  ['edg', ['shop/edge']],
  ['SHOP', ['shop/edge', 'shop/web']],
  ['we shop', ['shop/web']],
  ['none', []],
])('"%s" leaves %j', (typed, left) => {
  expect(matching(choices, typed).map(({ value }) => value)).toEqual(left);
});
