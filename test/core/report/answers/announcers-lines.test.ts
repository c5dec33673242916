import { expect, test } from 'vitest';
import type { Reasoning } from '../../../../src/core/facts/announcers-report.ts';
import { layer2Lines } from '../../../../src/core/report/answers/announcers-lines.ts';

const reasoning: Reasoning = {
  layer2: { candidates: ['n1', 'n2', 'n3'], out: [], interfaces: undefined },
  bgp: { prefixes: [], out: [] },
  said: [],
};

test('the next candidate takes over', () => {
  expect(layer2Lines(reasoning)).toEqual([
    '1. n1 is elected',
    '2. n2 takes over if it goes',
    'then n3',
  ]);
});

test('one whose speaker refuses its configuration is elected in vain', () => {
  const out = [{ why: 'its speaker refuses its configuration', nodes: ['n2'] }];
  expect(layer2Lines({ ...reasoning, layer2: { ...reasoning.layer2, out } }).slice(1, 2)).toEqual([
    '2. n2 is elected if it goes, and announces nothing',
  ]);
});
