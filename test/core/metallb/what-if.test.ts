import { describe, expect, test } from 'vitest';
import type { Service } from '../../../src/core/facts/kube-objects.ts';
import { loadCluster } from '../../../src/core/metallb/loaded-cluster.ts';
import type { ModelInput } from '../../../src/core/metallb/model-input.ts';
import { whatIf } from '../../../src/core/metallb/what-if.ts';
import type { Wish } from '../../../src/core/metallb/wish.ts';
import { dualStack, emptyCluster, poolNamed, serviceNamed } from './objects.ts';

const lan = poolNamed('lan', ['10.4.11.10-10.4.11.11']);
const dmz = poolNamed('dmz', ['192.0.2.8/30'], { autoAssign: false });
const held = (name: string, address: string, more: object = {}): Service =>
  serviceNamed(name, { holds: [address], ...more });

function tried(service: Service, wish: Wish, more: Partial<ModelInput> = {}) {
  const services = [service, ...(more.services ?? [])];
  return whatIf(
    loadCluster({ ...emptyCluster, pools: [dmz, lan], ...more, services }),
    service,
    wish,
  );
}

const full = { services: [held('a', '10.4.11.10'), held('b', '10.4.11.11')] };
const late = serviceNamed('late');

describe('a wish', () => {
  test('for a pool that assigns nothing by itself is granted by name', () => {
    const told = tried(late, { pool: 'dmz' }, full);
    expect(told.endings).toEqual([{ pool: 'dmz', addresses: ['192.0.2.8'] }]);
    expect(
      told.pools.map(({ pool, offer, because }) => [pool.name, offer?.addresses, because]),
    ).toEqual([
      ['dmz', ['192.0.2.8'], undefined],
      ['lan', undefined, { kind: 'not-requested' }],
    ]);
    expect(told.events).toEqual([
      { type: 'Normal', reason: 'IPAllocated', message: 'Assigned IP ["192.0.2.8"]' },
    ]);
  });

  test('for an address somebody is on costs the present one, and whoever waits takes that', () => {
    const mine = held('mine', '10.4.11.10');
    const told = tried(
      mine,
      { addresses: '10.4.11.11' },
      { services: [held('b', '10.4.11.11'), late] },
    );
    expect(told.answer).toMatchObject({
      outcome: 'refused',
      loses: { addresses: ['10.4.11.10'], because: { kind: 'other-address-requested' } },
    });
    expect(told.endings).toEqual([{ pool: undefined, addresses: [] }]);
    expect(told.others).toEqual([
      { service: 'shop/late', now: [], endings: [{ pool: 'lan', addresses: ['10.4.11.10'] }] },
    ]);
    expect(told.pools.find(({ pool }) => pool.name === 'lan')?.because).toMatchObject({
      kind: 'requested-refused',
      reason: { kind: 'requested-address-held', obstacle: { holders: ['shop/b'] } },
    });
  });

  test('beside spec.loadBalancerIP leaves the address and is refused, as MetalLB does', () => {
    const mine = held('mine', '10.4.11.10', { spec: { loadBalancerIP: '10.4.11.10' } });
    const told = tried(mine, { addresses: '10.4.11.11' });
    expect(told.endings.map(({ addresses }) => addresses)).toEqual([['10.4.11.10']]);
    expect(told.events.map(({ reason }) => reason)).toEqual(['LoadBalancerFailed']);
  });

  test('for a sharing key joins the address of the others on it', () => {
    const annotations = { 'metallb.io/allow-shared-ip': 'web' };
    const other = held('a', '10.4.11.10', {
      annotations,
      spec: { ports: [{ protocol: 'UDP', port: 53 }] },
    });
    const told = tried(late, { sharingKey: 'web' }, { services: [other] });
    expect(told.pools.find(({ pool }) => pool.name === 'lan')?.offer).toEqual({
      offers: true,
      addresses: ['10.4.11.10'],
      sharedWith: ['shop/a'],
      reached: true,
    });
  });

  test('for a sharing key names who has the port where that stands in the way', () => {
    const annotations = { 'metallb.io/allow-shared-ip': 'web' };
    const services = [held('a', '10.4.11.10', { annotations }), held('b', '10.4.11.11')];
    const told = tried(late, { sharingKey: 'web' }, { services });
    expect(told.pools.find(({ pool }) => pool.name === 'lan')?.sharing).toEqual({
      address: '10.4.11.10',
      holders: ['shop/a'],
      why: { kind: 'sharing-port-taken', port: 'TCP/80', holder: 'shop/a' },
    });
  });

  test('for the policy Local costs an address that is shared under Cluster', () => {
    const annotations = { 'metallb.io/allow-shared-ip': 'web' };
    const mine = held('mine', '10.4.11.10', { annotations, spec: { selector: { app: 'x' } } });
    const other = held('a', '10.4.11.10', {
      annotations,
      spec: { ports: [{ protocol: 'UDP', port: 53 }] },
    });
    const told = tried(mine, { policy: 'Local' }, { services: [other] });
    expect(told.endings.map(({ addresses }) => addresses)).toEqual([['10.4.11.11']]);
    expect(told.events[0]?.reason).toBe('ClearAssignment');
  });

  test('of nothing says what MetalLB makes of the Service as it is', () => {
    expect(tried(late, {}).endings).toEqual([{ pool: 'lan', addresses: ['10.4.11.10'] }]);
    const mine = held('mine', '10.4.11.11');
    expect(tried(mine, {}).answer.outcome).toBe('holds');
  });
});

describe('an added pool', () => {
  const more = { name: 'more', adds: ['198.51.100.0/31'], removes: [] };

  test('serves whoever waits, in any order', () => {
    const told = tried(
      late,
      { pools: [more] },
      { services: [...full.services, serviceNamed('other')] },
    );
    expect(told.endings.map(({ addresses }) => addresses)).toEqual([
      ['198.51.100.0'],
      ['198.51.100.1'],
    ]);
    expect(told.isComplete).toBe(true);
    expect(told.others.map(({ service }) => service)).toEqual(['shop/other']);
  });

  test('with fewer addresses than Services wait for leaves one without', () => {
    const one = { name: 'more', adds: ['198.51.100.7/32'], removes: [] };
    const told = tried(
      late,
      { pools: [one] },
      { services: [...full.services, serviceNamed('other')] },
    );
    expect(told.endings.map(({ addresses }) => addresses)).toEqual([[], ['198.51.100.7']]);
  });

  test('loses the address that is asked for to whoever waits', () => {
    const one = { name: 'more', adds: ['198.51.100.7/32'], removes: [] };
    const wish = { pools: [one], addresses: '198.51.100.7' };
    const told = tried(late, wish, { services: [...full.services, serviceNamed('other')] });
    expect(told.endings).toContainEqual({ pool: undefined, addresses: [] });
    expect(told.endings).toContainEqual({ pool: 'more', addresses: ['198.51.100.7'] });
  });

  test('that overlaps is refused by the webhook, and changes nothing', () => {
    const told = tried(
      late,
      { pools: [{ name: 'more', adds: ['10.4.11.0/24'], removes: [] }] },
      full,
    );
    expect(told.writes.map(({ admission }) => admission.allowed)).toEqual([false, true]);
    expect(told.endings).toEqual([{ pool: undefined, addresses: [] }]);
    expect(told.pools.map(({ pool }) => pool.name)).toEqual(['dmz', 'lan']);
  });

  test('of a name that is there widens that pool', () => {
    const told = tried(
      late,
      { pools: [{ name: 'lan', adds: ['10.4.11.12/32'], removes: [] }] },
      full,
    );
    expect(told.writes.map(({ write }) => write.kind)).toEqual(['pool', 'service']);
    expect(told.endings).toEqual([{ pool: 'lan', addresses: ['10.4.11.12'] }]);
    const usage = told.usages.get('lan');
    expect(usage?.ipv4).toEqual({ usable: 3n, taken: 2n, free: 1n });
  });

  test('brings a second address to whoever prefers two', () => {
    const mine = serviceNamed('mine', {
      holds: ['10.4.11.10'],
      spec: dualStack('PreferDualStack'),
    });
    const told = tried(
      late,
      { pools: [{ name: 'lan', adds: ['fd00::/126'], removes: [] }] },
      { services: [mine] },
    );
    expect(told.others).toEqual([
      {
        service: 'shop/mine',
        now: ['10.4.11.10'],
        endings: [{ pool: 'lan', addresses: ['10.4.11.10', 'fd00::'] }],
      },
    ]);
  });
});

test('equal pools are drawn from, and every draw is told', () => {
  const pools = [poolNamed('a', ['10.0.1.0/30']), poolNamed('b', ['10.0.2.0/30'])];
  expect(tried(late, {}, { pools }).endings).toEqual([
    { pool: 'a', addresses: ['10.0.1.0'] },
    { pool: 'b', addresses: ['10.0.2.0'] },
  ]);
});

test('asking changes nothing: the second answer equals the first', () => {
  const cluster = loadCluster({
    ...emptyCluster,
    pools: [dmz, lan],
    services: [late, ...full.services],
  });
  const wishes: readonly Wish[] = [
    { pools: [{ name: 'more', adds: ['198.51.100.0/31'], removes: [] }] },
    { pools: [{ name: 'lan', adds: ['10.4.11.12/32'], removes: [] }] },
    { pool: 'dmz' },
    { addresses: '10.4.11.10', sharingKey: 'k' },
  ];
  const first = wishes.map((wish) => whatIf(cluster, late, wish));
  expect(wishes.map((wish) => whatIf(cluster, late, wish))).toEqual(first);
});

test('a Service of another class is passed by', () => {
  const other = serviceNamed('other', { spec: { loadBalancerClass: 'x' } });
  const told = tried(other, { pool: 'lan' });
  expect(told.answer.outcome).toBe('not-handled');
  expect(told.pools).toEqual([]);
});
