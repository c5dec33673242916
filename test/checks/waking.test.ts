import { describe, expect, test } from 'vitest';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aPool, anEvent } from '../builders/some-objects.ts';
import { serviceIn, verdictOf } from './case.ts';

const key = 'shop/checkout';
const about = { kind: 'Service', namespace: 'shop', name: 'checkout' };
const waiting = aSnapshot().withPool(aPool('lan', '10.4.11.10/31')).withService(aService(key));
const silent = waiting.withSnapshot({ logs: [] });
const refused = anEvent(about, 'AllocationFailed', {
  message: 'Failed to allocate IP for "shop/checkout": no available IPs',
  at: '2026-03-14T02:40:40Z',
});
const given = anEvent(about, 'IPAllocated', {
  message: 'Assigned IP ["10.4.11.10"]',
  at: '2026-03-14T03:10:40Z',
  type: 'Normal',
});

const verdict = (cluster: typeof waiting) =>
  verdictOf('MLB-A26', cluster, serviceIn(cluster.build(), key)).verdict;

describe('room that nobody was woken for', () => {
  test('needs the log, or an event that says how the last try ended', () => {
    expect([verdict(silent), verdict(silent.withEvent(refused))]).toEqual(['unknown', 'fail']);
  });

  test('is no sleep where MetalLB refused the Service only just now', () => {
    const says = (at: string) => {
      const found = silent.withEvent({ ...refused, lastAt: at });
      const { findings } = {
        findings: [],
        ...verdictOf('MLB-A26', found, serviceIn(found.build(), key)),
      };
      return findings.map((each) => each.says);
    };
    expect(says('2026-03-14T02:40:40Z')).toEqual([
      'there is an address for it now (10.4.11.10 of lan), but MetalLB was not woken to try again',
    ]);
    expect(says('2026-03-14T03:12:20Z')).toEqual([
      'there is an address for it (10.4.11.10 of lan), and MetalLB refused it only just now: it came free since, or MetalLB works with other pools and Services than these',
    ]);
  });

  test('is not the story when MetalLB says that it gave an address since', () => {
    expect(verdict(waiting.withEvent(refused, given))).toBe('pass');
  });

  test('is not the story while the log ends in a denied list, whatever our clock says', () => {
    const denied =
      '{"level":"error","ts":"2026-03-13T01:00:00Z","error":"services is forbidden: User \\"system:serviceaccount:metallb-system:controller\\" cannot list resource \\"services\\" in API group \\"\\" at the cluster scope"}';
    const well = '{"level":"info","ts":"2026-03-13T02:00:00Z","start reconcile":"shop/web"}';
    expect(verdict(silent.withLog('controller-0', [denied]))).toBe('pass');
    expect(verdict(silent.withLog('controller-0', [denied, well]))).toBe('fail');
  });
});
