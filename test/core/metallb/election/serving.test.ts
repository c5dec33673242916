import { expect, test } from 'vitest';
import { electionRulesOf } from '../../../../src/core/metallb/election/election-rules.ts';
import { servingIn, slicesAsRead } from '../../../../src/core/metallb/election/serving.ts';
import { aSlice } from '../../../builders/some-objects.ts';

const published = { addresses: ['10.244.1.5'], nodeName: 'n1', ready: true, serving: false };
const ending = { ...published, ready: false, serving: true };
const older = { addresses: ['10.244.1.5'], nodeName: 'n1', ready: true };

test.each([
  ['v0.14.1', published, true],
  ['v0.14.2', published, false],
  ['v0.14.4', published, false],
  ['v0.14.5', published, true],
  [undefined, published, true],
  ['v0.14.3', ending, true],
  ['v0.14.3', older, true],
])('what speakers of %s make of an endpoint %j', (version, endpoint, serves) => {
  const slices = slicesAsRead([aSlice('shop/web', [endpoint])], electionRulesOf(version));
  expect(servingIn(slices).anywhere).toBe(serves);
});
