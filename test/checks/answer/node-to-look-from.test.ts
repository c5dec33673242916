import { expect, test } from 'vitest';
import { nodeToLookFrom } from '../../../src/checks/answer/node-to-look-from.ts';
import type { Node } from '../../../src/core/facts/kube-objects.ts';
import type { WireLook } from '../../../src/core/facts/wire.ts';
import { aLook } from '../../builders/a-look.ts';
import { aNode } from '../../builders/some-objects.ts';

const address = '10.4.11.3';
const far = aNode('far', '10.9.0.1');
const near = aNode('near', '10.4.11.200');
const next = aNode('next', '10.4.12.7');

function best(nodes: readonly Node[], announcer?: string, looks: readonly WireLook[] = []) {
  return nodeToLookFrom({ address, announcer }, { nodes, looks });
}

test('the node whose address is nearest, but not the announcer', () => {
  expect(best([far, next, near])).toBe('near');
  expect(best([far, next, near], 'near')).toBe('next');
});

test('a node in a subnet with the address before one that is only near', () => {
  const annotations = { 'projectcalico.org/IPv4Address': '10.4.11.77/24' };
  const inside = { ...far, metadata: { ...far.metadata, annotations } };
  expect(best([inside, next, near])).toBe('far');
});

test('none that has looked, none that is not ready, and none at all where it is the announcer alone', () => {
  const look = aLook(address);
  const looked = { ...look, from: { ...look.from, node: 'near' } };
  expect(best([far, near], undefined, [looked])).toBe('far');
  const dead = { ...near, status: { ...near.status, conditions: [] } };
  expect(best([far, dead])).toBe('far');
  expect(best([near], 'near')).toBeUndefined();
});
