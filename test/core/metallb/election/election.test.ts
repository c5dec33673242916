import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/core/facts/ip.ts';
import { NodeHashes } from '../../../../src/core/metallb/election/hashing/node-hashes.ts';
import { electionCases } from '../configuration/election-cases.ts';
import { electionDisagreements } from './election-comparison.ts';

describe.each(['v0.14.9', 'v0.15.3', 'v0.16.1'])('the real speakers of %s', (version) => {
  const cases = electionCases(version);

  test('were asked about 500 clusters', () => {
    expect(cases).toHaveLength(500);
  });

  test('are agreed with in configuration, layer 2, BGP, sessions, routes and what is sent', () => {
    const wrong = cases
      .map((recorded) => ({ id: recorded.id, differs: electionDisagreements(recorded) }))
      .filter(({ differs }) => differs.length > 0);
    expect(wrong).toEqual([]);
  });

  test('would be contradicted by an answer with one word changed', () => {
    const changed = cases.map((recorded) => {
      const text = JSON.stringify(recorded).replace('"":""', '').replace(':""', ':"notOwner"');
      return text === JSON.stringify(recorded) ? [] : electionDisagreements(JSON.parse(text));
    });
    expect(changed.filter((differs) => differs.length > 0).length).toBeGreaterThan(100);
  });
});

test.each(['v0.14.9', 'v0.15.3', 'v0.16.1'])(
  'the real speakers of %s are agreed with where things are rare',
  (version) => {
    const cases = electionCases(version, 'rare-elect');
    expect(cases).toHaveLength(200);
    const wrong = cases
      .map((recorded) => ({ id: recorded.id, differs: electionDisagreements(recorded) }))
      .filter(({ differs }) => differs.length > 0);
    expect(wrong).toEqual([]);
  },
);

test.each([
  ['10.0.0.1', ['node-a', 'node-b', 'node-c'], ['node-b', 'node-a', 'node-c']],
  ['10.0.0.2', ['node-a', 'node-b', 'node-c'], ['node-b', 'node-c', 'node-a']],
  ['10.20.30.1', ['iris1', 'iris2'], ['iris2', 'iris1']],
  ['192.168.10.255', ['node-a', 'node-b', 'node-c'], ['node-c', 'node-b', 'node-a']],
  [
    'fc00:f853:ccd:e799::1',
    ['kind-control-plane', 'kind-worker', 'kind-worker2'],
    ['kind-worker2', 'kind-control-plane', 'kind-worker'],
  ],
])('%s is announced by the node with the lowest hash', (text, nodes, order) => {
  const address = parseAddress(text);
  const places =
    address === undefined
      ? []
      : new NodeHashes(nodes).inOrder([0, 1, 2].slice(0, nodes.length), address);
  expect(places.map((place) => nodes[place])).toEqual(order);
});
