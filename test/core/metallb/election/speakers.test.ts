import { expect, test } from 'vitest';
import { speakersOf } from '../../../../src/core/metallb/election/speakers.ts';
import { aCluster, aNode } from '../configuration/sample-objects.ts';

test.each([
  [['False', 'True'], []],
  [['True', 'False'], ['network-unavailable']],
])('of two conditions of one type the first counts: %j', (statuses, obstacles) => {
  const node = aNode('n1');
  const conditions = statuses.map((status) => ({ type: 'NetworkUnavailable', status }));
  const [found] = speakersOf({
    ...aCluster({ nodes: [{ ...node, status: { ...node.status, conditions } }] }),
    services: [],
    endpointSlices: [],
    members: undefined,
    interfaces: new Map(),
    ignoresExcludeLabel: false,
    loadBalancerClass: undefined,
  }).nodes;
  expect(found?.obstacles).toEqual(obstacles);
});
