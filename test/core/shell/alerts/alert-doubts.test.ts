import { expect, test } from 'vitest';
import { servicesToAsk } from '../../../../src/core/shell/alerts/alert-doubts.ts';
import { planFor } from '../../../../src/core/shell/alerts/alert-plan.ts';
import { asItStands } from '../../../../src/core/report/aim.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aPool, anL2Advertisement } from '../../../builders/some-objects.ts';

const noted = { 'metallb.io/ip-allocated-from-pool': 'lan' };
const snapshot = aSnapshot()
  .withPool(aPool('lan', '10.4.11.10/28'))
  .with('l2Advertisements', anL2Advertisement('lan'))
  .withService(
    aService('shop/web', { ip: '10.4.11.10', annotations: noted }),
    aService('shop/$(reboot); x', { ip: '10.4.11.11', annotations: noted }),
  )
  .build();

test('a name that the shell would run is one quoted word', () => {
  const labels = new Map<string, string>();
  const alert = { name: 'MetalLBLayer2Down', state: 'firing', since: undefined, labels } as const;
  const [group] = planFor([alert], undefined).groups;
  expect(group && servicesToAsk(group, { snapshot, aim: asItStands, isSettled: false })).toEqual([
    'ask about a Service itself:',
    "triage no-traffic 'shop/$(reboot); x'",
    'triage no-traffic shop/web',
  ]);
});
