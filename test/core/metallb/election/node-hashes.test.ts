import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddress, type IpAddress } from '../../../../src/core/facts/ip.ts';
import { NodeHashes } from '../../../../src/core/metallb/election/hashing/node-hashes.ts';

const names = fc.uniqueArray(
  fc.oneof(
    fc.stringMatching(/^[a-z]([a-z0-9.-]{0,70}[a-z0-9])?$/),
    fc.integer({ min: 0, max: 2000 }).map((number) => `node${number}`),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  ),
  { maxLength: 70 },
);
const addresses = fc
  .oneof(fc.ipV4(), fc.ipV6())
  .map((text) => parseAddress(text) ?? ('192.0.2.1' as IpAddress));

/** What MetalLB does, letter by letter. */
function slowOrder(nodes: readonly string[], address: IpAddress): readonly number[] {
  const hashes = nodes.map((name) => createHash('sha256').update(`${name}#${address}`).digest());
  return [...nodes.keys()].sort((left, right) =>
    Buffer.compare(hashes[left] ?? Buffer.of(), hashes[right] ?? Buffer.of()),
  );
}

test('nodes come in the order of their hashes, whatever their names and the addresses', () => {
  fc.assert(
    fc.property(names, fc.array(addresses, { minLength: 1, maxLength: 5 }), (nodes, asked) => {
      const hashes = new NodeHashes(nodes);
      const all = [...nodes.keys()];
      for (const address of asked) {
        const order = slowOrder(nodes, address);
        expect(hashes.inOrder(all, address)).toEqual(order);
        expect(hashes.firstOf(all, address)).toBe(order[0]);
      }
    }),
    { numRuns: 200 },
  );
});

test('some of the nodes keep their order among themselves', () => {
  const nodes = Array.from({ length: 500 }, (_, index) => `worker-${index}.example.net`);
  const hashes = new NodeHashes(nodes);
  const address = parseAddress('192.0.2.7') ?? ('' as IpAddress);
  const some = [3, 141, 59, 265, 358];
  expect(hashes.inOrder(some, address)).toEqual(
    slowOrder(nodes, address).filter((node) => some.includes(node)),
  );
  expect(hashes.firstOf([], address)).toBeUndefined();
});
