import { expect, test } from 'vitest';
import { oneLine } from '../../../../src/core/cluster/parse/one-line.ts';

test('line breaks and tabs, real or written out, are spaces; what is long is cut', () => {
  expect(oneLine('Unexpected token: "a\\n\\t  b"\n\n 1 | x\t')).toBe(
    'Unexpected token: "a b" 1 | x',
  );
  expect(oneLine('x'.repeat(300))).toHaveLength(201);
});
