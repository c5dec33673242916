import { expect, test } from 'vitest';
import { areParallel } from '../../../../src/core/cluster/recorded/parallel-files.ts';

test.each([
  ['before/a.yaml', 'after/a.yaml', true],
  ['x/before/default/a.json', 'x/after/default/a.json', true],
  ['a.yaml', 'b.yaml', false],
  ['a/a.yaml', 'b/b.yaml', false],
  ['a.yaml', 'later/a.yaml', false],
  ['one/namespaces/a/core/x.yaml', 'two/namespaces/a/core/x.yaml', false],
  ['namespaces/a/a.yaml', 'cluster-scoped-resources/core/namespaces/a.yaml', false],
  ['mon/img/namespaces/a/x.yaml', 'tue/img/namespaces/a/x.yaml', true],
])('%s and %s are at the same place of two trees: %s', (left, right, expected) => {
  expect(areParallel(left, right)).toBe(expected);
});
