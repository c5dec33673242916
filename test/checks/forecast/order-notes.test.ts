import { describe, expect, test } from 'vitest';
import { orderNotes } from '../../../src/checks/forecast/order-notes.ts';
import type { Service } from '../../../src/core/facts/kube-objects.ts';
import { loadCluster } from '../../../src/core/metallb/loaded-cluster.ts';
import { whatIf } from '../../../src/core/metallb/what-if.ts';
import type { Wish } from '../../../src/core/metallb/wish.ts';
import { emptyCluster, poolNamed, serviceNamed } from '../../core/metallb/objects.ts';

const lan = poolNamed('lan', ['10.4.11.10-10.4.11.11']);
const asked = poolNamed('asked', ['10.4.12.0/30'], { autoAssign: false });

function notesOf(service: Service, wish: Wish): readonly string[] {
  const cluster = loadCluster({ ...emptyCluster, pools: [lan, asked], services: [service] });
  const now = service.status.ingress.flatMap(({ ip }) => ip ?? []);
  return orderNotes(whatIf(cluster, service, wish), now);
}

const adds = (name: string, range: string) => ({ name, adds: [range], removes: [] });
const removes = (name: string) => ({ name, adds: [], removes: 'all' as const });

describe('an outage between two steps', () => {
  test('comes in whichever order where every order was tried and has it', () => {
    const service = serviceNamed('mine', {
      holds: ['10.4.12.1'],
      annotations: { 'metallb.io/loadBalancerIPs': '10.4.12.1' },
    });
    const moved = { name: 'asked', adds: ['10.4.13.0/30'], removes: 'all' as const };
    expect(notesOf(service, { addresses: '10.4.13.1', pools: [moved] })).toEqual([
      'between the steps shop/mine may be without an address: an outage, in whichever order',
      'the order does not matter: every order of these changes ends the same',
    ]);
  });

  test('is of the order that is told where another one is refused before it comes to that', () => {
    const service = serviceNamed('mine', { holds: ['10.4.11.10'] });
    const pools = [adds('wide', '10.4.11.8/29'), removes('lan')];
    expect(notesOf(service, { pools })[0]).toBe(
      'between the steps shop/mine may be without an address: an outage',
    );
  });

  test('is of the order that is told where not every order was tried', () => {
    const service = serviceNamed('mine', {
      holds: ['10.4.12.1'],
      annotations: { 'metallb.io/loadBalancerIPs': '10.4.12.1' },
    });
    const moved = { name: 'asked', adds: ['10.4.13.0/30'], removes: 'all' as const };
    const more = ['a', 'b', 'c'].map((name, index) => adds(name, `10.5.${index}.0/30`));
    expect(notesOf(service, { addresses: '10.4.13.1', pools: [moved, ...more] })).toEqual([
      'between the steps shop/mine may be without an address: an outage',
      'the order does not matter: every order that was tried ends the same',
    ]);
  });
});
