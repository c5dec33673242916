import { expect, test } from 'vitest';
import { forecast } from '../../../src/checks/forecast/forecast.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPool } from '../../builders/some-objects.ts';

const lines = [
  '{"controller":"PoolReconciler","event":"config reloaded","level":"info","ts":"2026-03-02T00:00:00Z"}',
  '{"controller":"PoolReconciler","error":"invalid CIDR","level":"error","ts":"2026-03-03T00:00:00Z"}',
];

test('a Service stays without address where the first pool of all is refused', () => {
  const pool = aPool('lan', '10.0.0.0/33');
  const metadata = { ...pool.metadata, creationTimestamp: '2026-03-03T00:00:00Z' };
  const subject = aService('shop/a');
  const snapshot = aSnapshot()
    .withLog('controller-0', lines)
    .withPool({ ...pool, metadata })
    .withService(subject)
    .build();
  const told = forecast({ snapshot, subject, named: 'shop/a', wish: {} });
  expect({ worksWith: told.worksWith, refusal: told.refusal, headline: told.headline }).toEqual({
    headline: expect.stringContaining(
      'shop/a would stay without address: MetalLB has no pool, because it refuses those that stand here',
    ),
    refusal: {
      cause: 'config-rejected',
      says: 'MetalLB has no pool, because it refuses those that stand here',
      message: undefined,
    },
    worksWith: {
      holds: 'older',
      says: 'MetalLB refuses its pools as they stand and works with none: there was none when the controller loaded them at 2026-03-02T00:00:00Z, and it refused what came after',
    },
  });
});
