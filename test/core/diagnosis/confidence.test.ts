import { describe, expect, test } from 'vitest';
import { type Basis, confidenceIn } from '../../../src/core/diagnosis/confidence.ts';
import { evidence } from '../../../src/core/facts/evidence.ts';

const of = { kind: 'Service', namespace: 'shop', name: 'checkout' };
const field = evidence({ kind: 'field', of, path: 'p', value: 'v' }, 'a field');
const event = evidence(
  { kind: 'event', of, reason: 'AllocationFailed', message: 'm', at: undefined, count: 1 },
  'an event',
);

describe('confidence', () => {
  test.each([
    ['observed', 0.99, 0.95, 0.93],
    ['derived', 0.97, 0.9, 0.85],
    ['inferred', 0.85, 0.7, 0.6],
  ] as const)('%s: confirmed %d, unconfirmed %d, blind %d', (basis, confirmed, bare, blind) => {
    const rated = (because: readonly (typeof field)[], isBlind: boolean) =>
      confidenceIn({ basis, because, against: [], blind: isBlind });
    expect([rated([field, event], true), rated([field], false), rated([field], true)]).toEqual([
      confirmed,
      bare,
      blind,
    ]);
  });

  test.each(['observed', 'derived', 'inferred'] as const)(
    '%s: what speaks against it lowers it more than blindness does',
    (basis: Basis) => {
      const blind = confidenceIn({ basis, because: [field], against: [], blind: true });
      const contradicted = confidenceIn({
        basis,
        because: [event],
        against: [event],
        blind: false,
      });
      expect(contradicted).toBeLessThan(blind);
      expect(contradicted).toBeGreaterThan(0.3);
    },
  );
});
