import { expect, test } from 'vitest';
import { hintLines } from '../../../../src/checks/models/bgp/session-telling.ts';
import type { SessionStanding } from '../../../../src/checks/models/bgp/session-states.ts';
import { aNode } from '../../../builders/some-objects.ts';

const towards = (peerAddress: string): SessionStanding => ({
  node: 'n1',
  addresses: [],
  peer: {
    name: 'router-a',
    nodes: new Set(['n1']),
    spec: { myASN: 64_500, peerASN: 64_501, peerAddress, nodeSelectors: [], hasPassword: false },
  },
  state: 'down',
  trouble: 'refused',
  words: '',
  at: undefined,
  flaps: false,
  bfd: undefined,
  evidence: [],
});

test.each([
  ['10.0.0.2', '10.0.0.2'],
  ['2001:db8:0::2', '2001:db8::2'],
  ['2001:DB8::2', '2001:db8::2'],
])('a router %s is seen to be the node that has %s', (router, address) => {
  expect(hintLines(towards(router), { nodes: [aNode('n2', address)] })).toEqual([
    `${router} is the address of node n2: is a router meant that runs there?`,
  ]);
});

test.each([
  ['2001:db8::3', '2001:db8::2'],
  ['eth0', 'n2.example.org'],
])('a router %s is not the node that has %s', (router, address) => {
  expect(hintLines(towards(router), { nodes: [aNode('n2', address)] })).toEqual([]);
});
