import fc from 'fast-check';
import type { RawObject } from '../../core/metallb/vector-objects.ts';
import type { ObjectName, Tweak, Write } from './operations.ts';

export const metallbNamespace = 'metallb-system';
export const poolNames = ['alpha', 'bravo', 'charlie', 'delta'] as const;

/** Few addresses, so that pools run full; those of one pool overlap those of another only now and then. */
const entriesOf = (block: number): readonly string[] => [
  `10.${block}.0.0/30`,
  `10.${block}.0.0/31`,
  `10.${block}.0.4/32`,
  `10.${block}.0.8-10.${block}.0.10`,
  `10.${block}.0.254-10.${block}.1.1`,
  `10.${block}.2.255/32`,
  `fd00:${block}::/126`,
  `fd00:${block}::8-fd00:${block}::9`,
  `2001:db8:${block}::/64`,
  `::ffff:10.${block}.3.0/126`,
  `::ffff:10.${block}.3.6/127`,
];

const brokenEntries = [
  '10.9.0.9-10.9.0.3',
  '10.9.0.0/33',
  'nonsense',
  '10.9.0.1-',
  '10.9.0.1-fd00:9::1',
  '10.9.0.1',
] as const;

const matchLabels = fc.constantFrom({ tier: 'edge' }, { tier: 'inner' }, { team: 'a' });
const serviceSelector = fc.oneof(
  { weight: 18, arbitrary: matchLabels.map((labels) => ({ matchLabels: labels })) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['edge'] }] },
      { matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
      { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { matchExpressions: [{ key: 'tier', operator: 'In' }] },
      { matchExpressions: [{ key: 'tier', operator: 'Like', values: ['x'] }] },
      { matchExpressions: [{ key: 'tier', operator: 'In', values: ['edge', 'edge'] }] },
    ),
  },
);
const namespaceSelector = fc.constantFrom(
  { matchLabels: { zone: 'north' } },
  { matchLabels: { zone: 'south' } },
  { matchExpressions: [{ key: 'zone', operator: 'In', values: ['north', 'south'] }] },
);

/** Seldom two that may be the same, which MetalLB refuses. */
function oneOrTwo<Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> {
  return fc.oneof(
    { weight: 5, arbitrary: item.map((one) => [one]) },
    { weight: 1, arbitrary: fc.tuple(item, item) },
  );
}

const allocation = fc.record(
  {
    priority: fc.constantFrom(0, 1, 5, 5, 20, -1),
    namespaces: oneOrTwo(fc.constantFrom('team-a', 'team-b', 'team-c', 'nowhere')),
    namespaceSelectors: oneOrTwo(namespaceSelector),
    serviceSelectors: oneOrTwo(serviceSelector),
  },
  { requiredKeys: [] },
);

const addressesOf = (index: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(
    fc.oneof(
      { weight: 90, arbitrary: fc.constantFrom(...entriesOf(index + 1)) },
      { weight: 3, arbitrary: fc.constantFrom(...entriesOf(((index + 1) % 4) + 1)) },
      { weight: 3, arbitrary: fc.constantFrom(...brokenEntries) },
    ),
    { minLength: 1, maxLength: 3 },
  );

const flag = fc.constantFrom(true, false);
const specOf = (index: number): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record({
      addresses: addressesOf(index),
      autoAssign: fc.oneof(
        { weight: 5, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: flag },
      ),
      avoidBuggyIPs: fc.oneof(
        { weight: 4, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: flag },
      ),
      serviceAllocation: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 2, arbitrary: allocation },
      ),
    })
    .map(withoutUndefined);

/** Pools for somebody, with ties of priority: who comes first among them is half of what an allocator does. */
const pinnedSpecOf = (index: number): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record({
      addresses: fc.constantFrom(
        [`10.${index + 1}.0.0/31`],
        [`10.${index + 1}.0.0/31`, `fd00:${index + 1}::/126`],
        [`10.${index + 1}.0.8-10.${index + 1}.0.10`],
      ),
      allocation: fc.constantFrom<Record<string, unknown>>(
        {},
        {},
        { serviceSelectors: [{ matchExpressions: [{ key: 'gone', operator: 'DoesNotExist' }] }] },
        { namespaces: ['team-a', 'team-b'] },
        { namespaces: ['team-a'] },
        { namespaceSelectors: [{ matchLabels: { zone: 'north' } }] },
        { serviceSelectors: [{ matchExpressions: [{ key: 'gone', operator: 'DoesNotExist' }] }] },
        { serviceSelectors: [{ matchLabels: { tier: 'edge' } }] },
      ),
      priority: fc.constantFrom(undefined, undefined, undefined, 1, 5, 5, -1),
    })
    .map(({ addresses, allocation: whom, priority }) => ({
      addresses,
      serviceAllocation: withoutUndefined({ ...whom, priority }),
    }));

const poolIndex = fc.constantFrom(0, 0, 1, 1, 2, 3);

type SpecOf = (index: number) => fc.Arbitrary<Record<string, unknown>>;

/** A pool of MetalLB's namespace. */
function poolOf(specAt: SpecOf): fc.Arbitrary<RawObject> {
  return poolIndex.chain((index) =>
    specAt(index).map((spec) => ({
      kind: 'IPAddressPool',
      metadata: { name: nameAt(index), namespace: metallbNamespace },
      spec,
    })),
  );
}

const tweak: fc.Arbitrary<{ name: string; change: Tweak }> = poolIndex.chain((index) =>
  fc
    .oneof(
      flag.map((autoAssign) => ({ spec: { autoAssign } })),
      flag.map((avoidBuggyIPs) => ({ spec: { avoidBuggyIPs } })),
      addressesOf(index).map((addresses) => ({ spec: { addresses } })),
      fc
        .option(allocation, { nil: undefined })
        .map((serviceAllocation) => ({ spec: { serviceAllocation } })),
      fc.constantFrom('1', '2').map((touched) => ({ labels: { touched } })),
    )
    .map((change) => ({ name: nameAt(index), change })),
);

const ofPool = (name: string): ObjectName => ({
  kind: 'IPAddressPool',
  namespace: metallbNamespace,
  name,
});

function writeOf(pool: fc.Arbitrary<RawObject>): fc.Arbitrary<Write> {
  return fc.oneof(
    { weight: 4, arbitrary: pool.map((object) => ({ kind: 'put' as const, object })) },
    {
      weight: 4,
      arbitrary: tweak.map(({ name, change }) => ({
        kind: 'tweak' as const,
        object: ofPool(name),
        change,
      })),
    },
    {
      weight: 1,
      arbitrary: poolIndex.map((index) => ({
        kind: 'delete' as const,
        object: ofPool(nameAt(index)),
      })),
    },
  );
}

/** What somebody may do to pools of a kind. */
export interface RandomPools {
  readonly pool: fc.Arbitrary<RawObject>;
  readonly write: fc.Arbitrary<Write>;
}

/** Pools of every kind, or such as are all for somebody. */
export const randomPools: Readonly<Record<'any' | 'pinned', RandomPools>> = {
  any: { pool: poolOf(specOf), write: writeOf(poolOf(specOf)) },
  pinned: { pool: poolOf(pinnedSpecOf), write: writeOf(poolOf(pinnedSpecOf)) },
};

function nameAt(index: number): string {
  return poolNames[index] ?? poolNames[0];
}

function withoutUndefined(spec: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}
