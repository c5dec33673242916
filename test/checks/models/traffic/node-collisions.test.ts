import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  collisionsAtMost,
  collisionsOf,
} from '../../../../src/checks/models/traffic/node-collisions.ts';
import { contains, overlaps, parseAddress, parseCidr } from '../../../../src/core/facts/ip.ts';
import type { Node } from '../../../../src/core/facts/kube-objects.ts';
import { aNode } from '../../../builders/some-objects.ts';

const withRanges = (node: Node, ...podCIDRs: readonly string[]): Node => ({
  ...node,
  spec: { ...node.spec, podCIDRs },
});

const addressOf = (number: number) => `10.${number >> 14}.${(number >> 6) & 255}.${number & 63}`;

const manyNodes = (podCIDR: (index: number) => string) =>
  Array.from({ length: 5_000 }, (_, index) =>
    withRanges(aNode(`n${String(index).padStart(4, '0')}`, addressOf(index)), podCIDR(index)),
  );

/** Processor time of this thread alone: what else the machine does makes no difference. */
function secondsFor(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e6;
}

test('5,000 nodes that keep apart are looked through in one walk', () => {
  const nodes = manyNodes((index) => `100.${index >> 8}.${index & 255}.0/24`);
  expect(collisionsOf(nodes)).toEqual([]);
  // one by one against each other they took more than a minute
  expect(secondsFor(() => collisionsOf(nodes))).toBeLessThan(5);
});

test('where every node collides with every other, no more is told than anybody counts', () => {
  const nodes = manyNodes(() => '10.0.0.0/8');
  const kinds = Object.groupBy(collisionsOf(nodes), ({ kind }) => kind);
  expect(Object.entries(kinds).map(([kind, each]) => [kind, each.length])).toEqual([
    ['pod-range', collisionsAtMost],
    ['address-in-pod-range', collisionsAtMost],
  ]);
  expect(secondsFor(() => collisionsOf(nodes))).toBeLessThan(5);
});

const prefix = fc.constantFrom(
  '10.0.0.0/8',
  '10.0.0.0/30',
  '10.0.0.2/31',
  '10.0.0.1/32',
  '10.0.0.4/30',
  '::ffff:10.0.0.0/126',
  'fd00::/64',
  'fd00::1/128',
  'fd00::/127',
  'not a range',
);
const someNodes = fc
  .array(
    fc.record({
      ranges: fc.array(prefix, { maxLength: 3 }),
      address: fc.constantFrom('10.0.0.1', '10.0.0.3', '10.0.0.4', '192.0.2.1', 'fd00::1', ''),
    }),
    { maxLength: 7 },
  )
  .map((all) =>
    all.map(({ ranges, address }, index) => withRanges(aNode(`n${index}`, address), ...ranges)),
  );

const rangesOf = (node: Node) =>
  node.spec.podCIDRs.flatMap((text) => {
    const range = parseCidr(text);
    return range === undefined ? [] : [{ text, range }];
  });
const addressesOf = (node: Node) =>
  node.status.addresses.flatMap(({ address }) => parseAddress(address) ?? []);

/** By the definition: every node against every other. */
function pairwise(nodes: readonly Node[]) {
  const ranges = nodes.flatMap((node, index) =>
    nodes.slice(index + 1).flatMap((other) => {
      const [pair] = rangesOf(node).flatMap((mine) =>
        rangesOf(other)
          .filter(({ range }) => overlaps(mine.range, range))
          .map(({ text }) => [mine.text, text]),
      );
      const nodesOf = [node, other];
      return pair === undefined
        ? []
        : [{ kind: 'pod-range', ranges: [...new Set(pair)].join(' and '), nodes: nodesOf }];
    }),
  );
  const covered = nodes.flatMap((node) =>
    addressesOf(node).flatMap((address) =>
      nodes.flatMap((owner) =>
        rangesOf(owner)
          .filter(({ range }) => contains(range, address))
          .map(({ text: range }) => ({
            kind: 'address-in-pod-range',
            address,
            range,
            nodes: [node, owner],
          })),
      ),
    ),
  );
  return [...ranges, ...covered];
}

test('the walk finds what asking every node about every other finds, in that order', () => {
  fc.assert(
    fc.property(someNodes, (nodes) => {
      const found = collisionsOf(nodes).filter(({ kind }) => kind !== 'address');
      expect(found).toEqual(pairwise(nodes));
    }),
    { numRuns: 500 },
  );
});
