import { describe, expect, test } from 'vitest';
import { quotaRefusals } from '../../../../src/checks/models/testimony/quota-refusals.ts';
import { anEvent } from '../../../builders/some-objects.ts';

const application = { kind: 'Application', namespace: 'argocd', name: 'shop' };
const refused = anEvent(application, 'OperationCompleted', {
  message:
    'services \\"checkout\\" is forbidden: exceeded quota: tenant, requested: services=1,services.loadbalancers=1, used: services=5,services.loadbalancers=3, limited: services=5,services.loadbalancers=2',
  at: '2026-03-14T03:05:00Z',
});
const then = (reason: string, message: string) =>
  anEvent(application, reason, { message, at: '2026-03-14T03:06:00Z', type: 'Normal' });

describe('a refusal by a quota', () => {
  test('tells everything that is used up, what says most first', () => {
    expect(quotaRefusals([refused])).toEqual([
      {
        event: refused,
        quota: 'tenant',
        name: 'checkout',
        namespace: undefined,
        exhausted: [
          { resource: 'services.loadbalancers', requested: '1', used: '3', limit: '2' },
          { resource: 'services', requested: '1', used: '5', limit: '5' },
        ],
      },
    ]);
  });

  test.each([
    ['OperationStarted', `Initiated automated sync to '7c1a9d'`],
    ['ResourceUpdated', 'Updated sync status: Synced -> OutOfSync'],
    ['OperationCompleted', 'Sync operation was unsuccessful'],
  ])('stands after %s: %s', (reason, message) => {
    expect(quotaRefusals([refused, then(reason, message)])).toHaveLength(1);
  });

  test.each([
    ['OperationCompleted', 'Sync operation to 1.2 succeeded'],
    ['ReconciliationSucceeded', 'Reconciliation finished in 1.2s'],
  ])('is settled by %s: %s', (reason, message) => {
    expect(quotaRefusals([refused, then(reason, message)])).toEqual([]);
  });
});
