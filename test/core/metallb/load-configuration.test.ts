import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../../src/core/metallb/configuration.ts';
import { loadConfiguration } from '../../../src/core/metallb/load-configuration.ts';
import type { ModelInput } from '../../../src/core/metallb/model-input.ts';
import { communityNamed, emptyCluster, namespaceNamed, poolNamed } from './objects.ts';

function load(cluster: Partial<ModelInput>): Configuration {
  return loadConfiguration({ ...emptyCluster, ...cluster });
}

function faultsOf(cluster: Partial<ModelInput>): readonly unknown[] {
  const loaded = load(cluster);
  const problems = loaded.state === 'rejected' ? loaded.problems : [];
  return problems.map(({ object, rule, message }) => [object.name, rule, message]);
}

const lan = poolNamed('lan', ['10.0.0.0/30']);
const selectors = (field: string, ...list: readonly object[]) => ({
  serviceAllocation: { [field]: list },
});

describe('one bad pool refuses the lot', () => {
  test.each([
    [
      'no-addresses',
      poolNamed('bad', []),
      'parsing address pool bad: pool has no prefixes defined',
    ],
    [
      'address-syntax',
      poolNamed('bad', ['10.1.0.0/33']),
      'parsing address pool bad: invalid CIDR "10.1.0.0/33" in pool "bad": invalid CIDR "10.1.0.0/33"',
    ],
    [
      'address-syntax',
      poolNamed('bad', ['10.1.0.1']),
      'parsing address pool bad: invalid CIDR "10.1.0.1" in pool "bad": invalid CIDR "10.1.0.1"',
    ],
    [
      'address-syntax',
      poolNamed('bad', ['10.1.0.1 - x']),
      'parsing address pool bad: invalid CIDR "10.1.0.1 - x" in pool "bad": invalid IP range "10.1.0.1 - x": invalid end IP " x"',
    ],
    [
      'range-reversed',
      poolNamed('bad', ['10.1.0.9-10.1.0.3']),
      'parsing address pool bad: invalid CIDR "10.1.0.9-10.1.0.3" in pool "bad": invalid IP range "10.1.0.9-10.1.0.3": start IP "10.1.0.9" is after the end IP "10.1.0.3"',
    ],
    [
      'duplicate-namespace',
      poolNamed('bad', ['10.1.0.0/30'], { serviceAllocation: { namespaces: ['a', 'a'] } }),
      'parsing address pool bad: duplicate definition in namespaces field',
    ],
    [
      'duplicate-selector',
      poolNamed(
        'bad',
        ['10.1.0.0/30'],
        selectors('serviceSelectors', { matchLabels: { a: 'b' } }, { matchLabels: { a: 'b' } }),
      ),
      'parsing address pool bad: duplicate definition of serviceSelectors',
    ],
    [
      'duplicate-selector',
      poolNamed(
        'bad',
        ['10.1.0.0/30'],
        selectors('namespaceSelectors', {
          matchExpressions: [{ key: 'env', operator: 'In', values: ['b', 'a', 'b'] }],
        }),
      ),
      'parsing address pool bad: duplicate definition of match expression value in label selector "b"',
    ],
    [
      'selector-syntax',
      poolNamed(
        'bad',
        ['10.1.0.0/30'],
        selectors('namespaceSelectors', {
          matchExpressions: [{ key: 'env', operator: 'Equals', values: ['x'] }],
        }),
      ),
      'parsing address pool bad: "Equals" is not a valid label selector operator',
    ],
  ])('by %s', (rule, bad, message) => {
    expect(faultsOf({ pools: [lan, bad] })).toEqual([['bad', rule, message]]);
  });

  test('and every bad one is named, not only the first', () => {
    const pools = [poolNamed('b', []), lan, poolNamed('a', ['x'])];
    expect(faultsOf({ pools }).map((fault) => (fault as string[])[0])).toEqual(['a', 'b']);
  });

  test('unless it lies in another namespace', () => {
    const bad = poolNamed('bad', []);
    const elsewhere = { ...bad, metadata: { ...bad.metadata, namespace: 'default' } };
    expect(load({ pools: [lan, elsewhere] })).toMatchObject({
      state: 'accepted',
      pools: [{ name: 'lan' }],
    });
  });

  test('and what is valid is still there to be counted', () => {
    expect(load({ pools: [lan, poolNamed('bad', [])] }).pools.map(({ name }) => name)).toEqual([
      'lan',
    ]);
  });
});

describe('overlaps', () => {
  test.each([
    [
      ['10.0.0.2/32'],
      'CIDR "10.0.0.2/32" in pool "other" overlaps with already defined CIDR "10.0.0.0/30"',
    ],
    [
      ['10.0.0.0/16'],
      'CIDR "10.0.0.0/16" in pool "other" overlaps with already defined CIDR "10.0.0.0/30"',
    ],
    [
      ['::ffff:10.0.0.0/120'],
      'CIDR "10.0.0.0/24" in pool "other" overlaps with already defined CIDR "10.0.0.0/30"',
    ],
    [
      ['::ffff:10.0.0.2-10.0.0.2'],
      'CIDR "10.0.0.2/32" in pool "other" overlaps with already defined CIDR "10.0.0.0/30"',
    ],
  ])('%s touches 10.0.0.0/30', (addresses, message) => {
    expect(faultsOf({ pools: [lan, poolNamed('other', addresses)] })).toEqual([
      ['other', 'overlap', message],
    ]);
  });

  test('inside one pool count too, and name both sides', () => {
    expect(load({ pools: [poolNamed('lan', ['10.0.0.0/30', '10.0.0.0/30'])] })).toMatchObject({
      problems: [{ rule: 'overlap', object: { name: 'lan' }, other: { name: 'lan' } }],
    });
  });

  test('of an IPv4-mapped prefix with a longer IPv4 one inside it pass unnoticed, as in MetalLB', () => {
    const pools = [
      poolNamed('mapped', ['::ffff:10.0.0.0/120']),
      poolNamed('inside', ['10.0.0.64/26']),
    ];
    expect(load({ pools }).state).toBe('accepted');
  });

  test('of neighbours are none', () => {
    const pools = [poolNamed('a', ['10.0.0.0/25']), poolNamed('b', ['10.0.0.128/25', 'fc00::/64'])];
    expect(load({ pools }).state).toBe('accepted');
  });

  test('of ten thousand equal entries are told without counting them all', () => {
    const entries = Array.from({ length: 10_000 }, () => '10.0.0.1/32');
    expect(faultsOf({ pools: [poolNamed('lan', entries)] }).length).toBeGreaterThan(1);
  });
});

describe('communities', () => {
  test.each([
    ['frr', { c: '65000:1' }, []],
    ['frr', { c: 'large:1:2:3' }, []],
    ['frr', { c: '1:99999' }, ['community-syntax']],
    ['frr', { c: 'nothing' }, ['community-syntax']],
    ['frr', { c: 'small:1:2:3' }, ['community-syntax']],
    ['native', { c: 'large:1:2:3' }, ['native-community']],
    [undefined, { c: 'large:1:2:3' }, ['native-community']],
  ])('in %s mode %j: %j', (bgpType, aliases, rules) => {
    const communities = [communityNamed('one', aliases)];
    const loaded = load({ pools: [lan], communities, bgpType });
    const problems = loaded.state === 'rejected' ? loaded.problems : [];
    expect(problems.map(({ rule }) => rule)).toEqual(rules);
  });

  test('may not use one alias twice', () => {
    const communities = [communityNamed('a', { c: '1:1' }), communityNamed('b', { c: '1:2' })];
    expect(faultsOf({ communities })).toEqual([
      ['b', 'duplicate-community', 'duplicate definition of community "c"'],
    ]);
  });
});

describe('selectors over namespaces', () => {
  const pinned = poolNamed('prod', ['10.0.0.0/30'], {
    serviceAllocation: {
      namespaces: ['ops'],
      namespaceSelectors: [{ matchLabels: { env: 'prod' } }],
    },
  });

  test('become names when the configuration is loaded', () => {
    const namespaces = [namespaceNamed('shop', { env: 'prod' }), namespaceNamed('dev')];
    const [pool] = load({ pools: [pinned], namespaces }).pools;
    expect([...(pool?.pinning?.namespaces ?? [])]).toEqual(['ops', 'shop']);
  });
});
