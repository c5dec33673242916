import { describe, expect, test } from 'vitest';
import { aPool } from '../builders/some-objects.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { serviceIn, told, verdictOf } from './case.ts';

const key = 'shop/checkout';
const waiting = aSnapshot().withPool(aPool('lan', '10.4.11.10/31')).withService(aService(key));
const line = (at: string, values: object): string =>
  JSON.stringify({ level: 'info', ts: `2026-03-14T${at}Z`, ...values });
const name = (at: string): string =>
  line(at, { controller: 'ServiceReconciler', 'end reconcile': key });

const verdict = (check: 'MLB-I07' | 'MLB-I11', log: readonly string[]): string => {
  const builder = waiting.withLog('controller-0', log);
  return verdictOf(check, builder, serviceIn(builder.build(), key)).verdict;
};

describe('a status that could not be written', () => {
  const refused = line('03:12:00', {
    level: 'error',
    op: 'updateServiceStatus',
    msg: 'failed to update service',
    error: 'admission webhook "policy.example.net" denied the request: no',
  });
  const written = line('03:12:05', { event: 'serviceUpdated', msg: 'updated service object' });
  const pools = line('03:12:05', {
    controller: 'PoolStatusReconciler',
    'end reconcile': 'metallb-system/lan',
  });

  test('is over when the same Service was written later', () => {
    const log = [refused, name('03:12:00'), written, pools, name('03:12:05')];
    expect(verdict('MLB-I11', log)).toBe('pass');
  });

  test('is over when the Service has its address, however long the log', () => {
    const served = aSnapshot()
      .withPool(aPool('lan', '10.4.11.10/31'))
      .withService(aService(key, { ip: '10.4.11.10' }))
      .withLog('controller-0', [refused, name('03:12:00')]);
    expect(verdictOf('MLB-I11', served, undefined).verdict).toBe('pass');
  });

  test('is not over when it was refused again', () => {
    const again = [refused, name('03:12:00')];
    const log = [...again, written, name('03:12:05'), ...again];
    expect(verdict('MLB-I11', log)).toBe('fail');
  });

  test('is not over when another Service was written', () => {
    const other = name('03:12:05').replace(key, 'shop/cart');
    expect(verdict('MLB-I11', [refused, name('03:12:00'), written, other])).toBe('fail');
  });
});

describe('a pass over all Services', () => {
  const edge = (at: string, word: 'start' | 'end'): string =>
    line(at, {
      controller: 'ServiceReconciler - reprocessAll',
      [`${word} reconcile`]: 'metallbreload/reload',
    });
  const stuck = [
    line('03:12:00', {
      level: 'error',
      op: 'updateServiceStatus',
      msg: 'failed to update service',
      error: 'admission webhook "policy.example.net" denied the request: no',
    }),
    line('03:12:00', {
      level: 'error',
      controller: 'ServiceReconciler - reprocessAll',
      event: 'failed to handle service, retry',
      name: 'dns/held-up',
    }),
  ];
  const failing = [edge('03:12:00', 'start'), ...stuck, edge('03:12:00', 'end')];
  const held = aService('dns/held-up', { ip: '10.4.11.11' });
  const builder = waiting.withService(held);

  test('that one Service with an address stops leaves new ones waiting', () => {
    const sick = builder.withLog('controller-0', failing);
    expect(told(verdictOf('MLB-I11', sick, serviceIn(sick.build(), key)))).toMatchObject([
      {
        says: 'MetalLB cannot write the status of dns/held-up, and what is new waits until that succeeds',
        affects: [key],
      },
    ]);
  });

  test('that goes through ends all trouble before it', () => {
    const clean = [edge('03:12:09', 'start'), edge('03:12:09', 'end')];
    expect(verdict('MLB-I11', [...failing, ...clean])).toBe('pass');
  });
});

describe('a list that was denied', () => {
  const denied = (at: string): string =>
    line(at, {
      level: 'error',
      error:
        'services is forbidden: User "system:serviceaccount:metallb-system:controller" cannot list resource "services" in API group "" at the cluster scope',
    });

  test('counts while the program would have complained since', () => {
    expect(verdict('MLB-I07', [denied('03:12:00')])).toBe('fail');
  });

  test('is over when a running program has not complained for minutes', () => {
    expect(verdict('MLB-I07', [denied('03:08:00')])).toBe('pass');
  });
});
