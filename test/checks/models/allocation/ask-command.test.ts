import { expect, test } from 'vitest';
import { askCommand } from '../../../../src/checks/models/allocation/remedies.ts';
import { behaviourOf } from '../../../../src/core/metallb/versions.ts';
import { aService } from '../../../builders/a-service.ts';

const service = aService('shop/web');

test.each([
  [
    'v0.12.1',
    ['10.0.0.7'],
    `kubectl -n shop patch service web --type merge -p '{"spec":{"loadBalancerIP":"10.0.0.7"}}'`,
  ],
  // the field holds one address only
  [
    'v0.12.1',
    ['10.0.0.7', '2001:db8::7'],
    'kubectl -n shop annotate service web metallb.universe.tf/loadBalancerIPs=10.0.0.7,2001:db8::7',
  ],
  [
    'v0.13.12',
    ['10.0.0.7'],
    'kubectl -n shop annotate service web metallb.universe.tf/loadBalancerIPs=10.0.0.7',
  ],
  [
    'v0.15.3',
    ['10.0.0.7'],
    'kubectl -n shop annotate service web metallb.io/loadBalancerIPs=10.0.0.7',
  ],
])('%s is asked for %j in the way it reads', (version, addresses, command) => {
  expect(askCommand(service, addresses, behaviourOf(version))).toBe(command);
});
