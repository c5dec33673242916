import { describe, expect, test } from 'vitest';
import type { AllocationAnswer } from '../../../src/core/metallb/answer.ts';
import { answerToLast, namespaceNamed, poolNamed, serviceNamed } from './objects.ts';

const everyone = { serviceSelectors: [{ matchLabels: { tier: 'web' } }] };
const web = serviceNamed('web', { labels: { tier: 'web' } });

function pinnedPools(allocations: Readonly<Record<string, object>>) {
  return Object.entries(allocations).map(([name, serviceAllocation], index) =>
    poolNamed(name, [`10.${index}.0.0/30`], { serviceAllocation }),
  );
}

function chosen(
  allocations: Readonly<Record<string, object>>,
  version = 'v0.16.1',
): readonly string[] {
  const answer: AllocationAnswer = answerToLast({
    pools: pinnedPools(allocations),
    services: [web],
    version,
  });
  return answer.outcome === 'would-get' ? answer.options.map(({ pool }) => pool) : [];
}

/** Measured on the real controller; its comparator contradicts itself, so the sort decides. */
describe('among pools with selectors', () => {
  test.each([
    ['no priority: the last by name', { a: {}, b: {}, c: {} }, ['c']],
    [
      'equal priority: the first by name',
      { a: { priority: 5 }, b: { priority: 5 }, c: { priority: 5 } },
      ['a'],
    ],
    ['one with priority: that one', { a: {}, b: { priority: 1 }, c: {} }, ['b']],
    [
      'the smallest priority',
      { a: { priority: 9 }, b: { priority: 3 }, c: { priority: 5 } },
      ['b'],
    ],
    [
      'a negative one after a positive one, by name',
      { a: { priority: 5 }, b: { priority: -1 }, c: {} },
      ['b'],
    ],
    [
      'a positive one after a negative one, by name',
      { a: { priority: -1 }, b: { priority: 5 }, c: {} },
      ['b'],
    ],
  ])('%s', (_, priorities, expected) => {
    const allocations = Object.fromEntries(
      Object.entries(priorities).map(([name, priority]) => [name, { ...everyone, ...priority }]),
    );
    expect(chosen(allocations)).toEqual(expected);
  });

  test('of fourteen without priority the twelfth: no simple rule, but always the same', () => {
    const names = Array.from({ length: 14 }, (_, index) => `p${10 + index}`);
    expect(chosen(Object.fromEntries(names.map((name) => [name, everyone])))).toEqual(['p21']);
  });
});

describe('among pools listed by namespace', () => {
  const mine = { namespaces: ['shop'] };

  test('of equal priority each is possible', () => {
    expect(chosen({ a: mine, b: mine, c: mine, d: mine, e: mine, f: mine })).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
    ]);
  });

  test('the better priority comes first', () => {
    expect(chosen({ a: mine, b: { ...mine, priority: 20 }, c: { ...mine, priority: 10 } })).toEqual(
      ['c'],
    );
  });

  test('namespace and selector must both match', () => {
    const both = { ...mine, serviceSelectors: [{ matchLabels: { tier: 'db' } }] };
    expect(chosen({ a: both })).toEqual([]);
  });
});

describe('a selector that matches no namespace', () => {
  const nobody = { namespaceSelectors: [{ matchLabels: { env: 'nowhere' } }] };
  const pools = pinnedPools({ leaky: nobody });
  const asked = serviceNamed('web', { annotations: { 'metallb.io/address-pool': 'leaky' } });

  test('keeps the pool from being chosen', () => {
    expect(answerToLast({ pools, services: [web] })).toMatchObject({
      pools: [
        { verdict: { because: { kind: 'never-automatic', why: 'selectors-match-no-namespace' } } },
      ],
    });
  });

  test('lets anybody have it who asks', () => {
    expect(answerToLast({ pools, services: [asked] }).outcome).toBe('would-get');
  });

  test('lets any namespace have it by its labels', () => {
    expect(chosen({ leaky: { ...nobody, ...everyone } })).toEqual(['leaky']);
  });

  test('excludes again once it matches one', () => {
    const namespaces = [namespaceNamed('lost', { env: 'nowhere' })];
    expect(answerToLast({ pools, services: [asked], namespaces })).toMatchObject({
      reason: {
        kind: 'requested-pool-not-for-service',
        pool: 'leaky',
        excludedBy: { by: 'namespace', namespaces: ['lost'] },
      },
      message: 'pool leaky not compatible for ip assignment',
    });
  });
});
