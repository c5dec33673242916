import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { causeOf } from '../../src/checks/causes.ts';
import { leftOutOf } from '../../src/checks/not-asked.ts';
import { diagnose } from '../../src/checks/diagnose.ts';
import { checks } from '../../src/checks/index.ts';
import { defineCheck } from '../../src/core/diagnosis/check.ts';
import type { Diagnosis } from '../../src/core/facts/finding.ts';
import type { FactName } from '../../src/core/facts/snapshot.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot, now, type SnapshotBuilder } from '../builders/a-snapshot.ts';
import { aPod, aWorkload } from '../builders/programs.ts';
import { aPool, anEvent, anL2Advertisement } from '../builders/some-objects.ts';
import { allocationCases } from './allocation-cases.ts';
import { serviceIn } from './case.ts';
import { healthCases } from './health-cases.ts';
import { installationCases } from './installation-cases.ts';

const key = 'shop/checkout';
const lan = aPool('lan', '10.4.11.10-10.4.11.11');
const holders = [
  aService('shop/search', { ip: '10.4.11.10' }),
  aService('shop/api', { ip: '10.4.11.11' }),
];
const full = aSnapshot()
  .withPool(lan)
  .withService(...holders, aService(key));

function pending(builder: SnapshotBuilder, service = key): Diagnosis {
  const snapshot = builder.build();
  return diagnose({ symptom: 'pending', snapshot, subject: serviceIn(snapshot, service) });
}

function health(builder: SnapshotBuilder): Diagnosis {
  return diagnose({ symptom: 'health', snapshot: builder.build(), subject: undefined });
}

function short({ outcome, headline, next }: Diagnosis) {
  return { outcome, headline, next };
}

function causesIn({ rootCauses }: Diagnosis) {
  return rootCauses.map(({ cause }) => cause);
}

describe('why is this Service pending?', () => {
  test('the answer is one sentence, with the way to more', () => {
    const diagnosis = pending(full);
    expect(short(diagnosis)).toEqual({
      outcome: 'problem',
      headline: 'shop/checkout is pending: the only pool it may use, lan, is full',
      next: ['triage explain pool-exhausted'],
    });
    expect(diagnosis.subject).toEqual({ kind: 'Service', namespace: 'shop', name: 'checkout' });
    expect(diagnosis.pools).toEqual([
      {
        name: 'lan',
        addresses: ['10.4.11.10-10.4.11.11'],
        usable: '2',
        taken: '2',
        free: '0',
        autoAssign: true,
        advertisedBy: ['l2/all'],
      },
    ]);
    expect(diagnosis.unknowns).toEqual([]);
  });

  test('a dead controller comes before the full pool, and both are told', () => {
    const builder = full
      .with('deployments', aWorkload('controller', { replicas: 0 }))
      .with('pods', aPod('speaker'));
    expect(causesIn(pending(builder))).toEqual(['controller-absent', 'pool-exhausted']);
    expect(pending(builder).next).toEqual(['triage explain controller-absent']);
  });

  test('a dead controller alone explains a Service that could have an address', () => {
    const builder = aSnapshot()
      .withPool(lan)
      .withService(aService(key))
      .with('deployments', aWorkload('controller', { replicas: 0 }))
      .with('pods', aPod('speaker'));
    expect(causesIn(pending(builder))).toEqual(['controller-absent']);
  });

  test('a refused configuration hides what the older one would give', () => {
    const builder = full.withPool(aPool('bad', '10.4.12.9-10.4.12.1'));
    expect(causesIn(pending(builder))).toEqual(['config-rejected']);
  });

  test('a Service of another type is not sick', () => {
    const builder = aSnapshot().withService(aService(key, { type: 'NodePort' }));
    expect(short(pending(builder))).toEqual({
      outcome: 'healthy',
      headline:
        'shop/checkout is of type NodePort; only Services of type LoadBalancer get an address from MetalLB',
      next: ['kubectl -n shop describe service checkout'],
    });
  });

  test('a Service that has its address is not sick, whatever else is', () => {
    const builder = aSnapshot()
      .withPool(lan)
      .withService(aService(key, { ip: '10.4.11.10' }))
      .with('pods');
    expect(short(pending(builder))).toEqual({
      outcome: 'healthy',
      headline: 'shop/checkout is not pending: it has 10.4.11.10',
      next: ['triage no-traffic shop/checkout'],
    });
  });

  test('an address whose giver cannot be checked is not called healthy', () => {
    const builder = aSnapshot()
      .withService(aService(key, { ip: '10.4.11.10' }))
      .forbidding('ipAddressPools');
    expect(short(pending(builder)).outcome).toBe('unknown');
  });

  test('nothing found is unknown, never healthy', () => {
    const snapshot = full.build();
    const diagnosis = diagnose({
      symptom: 'pending',
      snapshot,
      subject: serviceIn(snapshot, key),
      checks: checks.filter(({ id }) => id === 'MLB-I02'),
    });
    expect(short(diagnosis)).toEqual({
      outcome: 'unknown',
      headline: `shop/checkout is pending, and nothing that was looked at explains it; ${leftOutOf('pending', checks.slice(0, 1)).checks.length} checks were not asked`,
      next: ['kubectl -n shop describe service checkout'],
    });
  });

  test('Services that cannot be read leave everything open', () => {
    const diagnosis = pending(full.forbidding('services'));
    expect(diagnosis.outcome).toBe('unknown');
    expect(diagnosis.unknowns.map(({ permission }) => permission)).toEqual(['list services']);
  });

  test('a Service of five seconds ago is told so and not called healthy', () => {
    const builder = aSnapshot()
      .withPool(lan)
      .withService(aService(key, { createdAt: '2026-03-14T03:12:35Z' }));
    expect(short(pending(builder))).toEqual({
      outcome: 'unknown',
      headline:
        'shop/checkout is pending: it is only just created; MetalLB has 10.4.11.10 of lan for it',
      next: ['kubectl -n shop describe service checkout'],
    });
  });

  test('a Service of five seconds ago that MetalLB has just refused was not left asleep', () => {
    const about = { kind: 'Service', namespace: 'shop', name: 'checkout' };
    const refused = anEvent(about, 'AllocationFailed', { message: 'no available IPs', at: now });
    const builder = aSnapshot()
      .withPool(lan)
      .withService(aService(key, { createdAt: '2026-03-14T03:12:35Z' }))
      .withEvent(refused);
    expect(short(pending(builder))).toMatchObject({
      outcome: 'problem',
      headline:
        'shop/checkout is pending: there is an address for it (10.4.11.10 of lan), and MetalLB refused it only just now: it came free since, or MetalLB works with other pools and Services than these',
    });
  });

  test('a fresh complaint of another kind lowers the confidence', () => {
    const about = { kind: 'Service', namespace: 'shop', name: 'checkout' };
    const complaint = (message: string) =>
      pending(full.withEvent(anEvent(about, 'AllocationFailed', { message, at: now })));
    expect(complaint('no available IPs').rootCauses[0]?.confidence).toBe(0.97);
    expect(complaint('unknown pool "x"').rootCauses[0]?.confidence).toBe(0.54);
    expect(complaint('unknown pool "x"').rootCauses[0]?.wouldChangeMyMind).toEqual([
      'AllocationFailed: unknown pool "x"',
    ]);
  });

  test('of two complaints of one second, the one that agrees is the witness', () => {
    const about = { kind: 'Service', namespace: 'shop', name: 'checkout' };
    const both = full.withEvent(
      anEvent(about, 'AllocationFailed', { message: 'unknown pool "x"', at: now }),
      anEvent(about, 'AllocationFailed', { message: 'no available IPs', at: now }),
    );
    const [cause] = pending(both).rootCauses;
    expect(cause?.confidence).toBe(0.97);
    expect(cause?.wouldChangeMyMind).toEqual([]);
  });

  test('an older complaint that agrees does not outweigh a newer one that does not', () => {
    const about = { kind: 'Service', namespace: 'shop', name: 'checkout' };
    const before = '2026-03-14T03:12:38Z';
    const both = full.withEvent(
      anEvent(about, 'AllocationFailed', { message: 'unknown pool "x"', at: now }),
      anEvent(about, 'AllocationFailed', { message: 'no available IPs', at: before }),
    );
    expect(pending(both).rootCauses[0]?.confidence).toBe(0.54);
  });

  test('what MetalLB said is told when its reasons cannot be looked at, and refused commands are not repeated', () => {
    const about = { kind: 'Service', namespace: 'shop', name: 'checkout' };
    const complaint = { message: 'no available IPs', at: '2026-03-14T03:02:40Z' };
    const builder = full
      .forbidding('ipAddressPools')
      .withEvent(anEvent(about, 'AllocationFailed', complaint));
    expect(short(pending(builder))).toEqual({
      outcome: 'unknown',
      headline:
        'shop/checkout is pending, and MetalLB said 10 min ago: AllocationFailed "no available IPs"; more cannot be said without ipaddresspools',
      next: ['triage doctor', 'triage rbac', 'kubectl -n shop describe service checkout'],
    });
  });

  const twice = { annotations: { 'metallb.io/loadBalancerIPs': '10.4.11.10' } };
  test.each([
    ['class-not-handled', aService(key, { loadBalancerClass: 'x.net/y' })],
    ['both-requests-set', aService(key, { ...twice, loadBalancerIP: '10.4.11.10' })],
    ['request-malformed', aService(key, { loadBalancerIP: '10.4.11' })],
    ['requested-family-mismatch', aService(key, { loadBalancerIP: '2001:db8::1' })],
    ['no-cluster-ip', aService(key, { clusterIPs: [] })],
    ['too-few-cluster-ips', aService(key, { policy: 'RequireDualStack' })],
  ])('%s is found without any pool or other Service being known', (cause, service) => {
    const builder = aSnapshot()
      .forbidding('ipAddressPools', 'namespaces', 'endpointSlices')
      .withReading('services', { state: 'read', items: [service], within: 'shop' });
    const diagnosis = pending(builder);
    expect(causesIn(diagnosis)).toEqual([cause]);
    expect(diagnosis.outcome).toBe('problem');
  });

  test('an address in no known pool is not judged without the pools', () => {
    const service = aService(key, { loadBalancerIP: '10.4.11.10' });
    const builder = aSnapshot().withService(service).forbidding('ipAddressPools');
    expect(pending(builder).outcome).toBe('unknown');
  });

  test('a class is not judged while nobody has seen the controller', () => {
    const service = aService(key, { loadBalancerClass: 'x.net/y' });
    const snapshot = aSnapshot().withService(service).forbidding('deployments').build();
    const { controller: _gone, ...installation } = snapshot.installations[0] ?? {
      namespace: 'metallb-system',
      ignoresExcludeLabel: false,
      foundBy: [],
    };
    const blind = aSnapshot()
      .withService(service)
      .forbidding('deployments')
      .withSnapshot({ installations: [installation] });
    expect(causesIn(pending(blind))).not.toContain('class-not-handled');
  });

  test('a check that breaks is reported, and the others are still answered', () => {
    const broken = defineCheck({
      id: 'MLB-T99',
      asks: 'Does it break?',
      symptoms: ['pending'],
      causes: [],
      needs: [],
      helps: [],
      run: () => {
        throw new TypeError('oh');
      },
    });
    const snapshot = full.build();
    const subject = serviceIn(snapshot, key);
    const asked = { symptom: 'pending', snapshot, subject } as const;
    const beside = diagnose({ ...asked, checks: [...checks, broken] });
    expect(causesIn(beside)).toEqual(['pool-exhausted']);
    expect(beside.unknowns.map(({ fact }) => fact)).toEqual(['the answer of MLB-T99']);
    expect(diagnose({ ...asked, checks: [broken] }).outcome).toBe('unknown');
  });
});

describe('how is MetalLB?', () => {
  test('where no Service has an address, nobody announces one', () => {
    const diagnosis = health(aSnapshot().withPool(aPool('lan', '10.4.11.10/28')));
    expect(short(diagnosis)).toEqual({
      outcome: 'healthy',
      headline: 'MetalLB v0.15.3 is healthy: 0 LoadBalancer Services with address, 1 pool',
      next: [],
    });
  });

  test('where nothing could be read, not even a problem is said not to be there', () => {
    const { readings, ...rest } = aSnapshot().build();
    const denied = { state: 'forbidden', verb: 'list', resource: 'any' } as const;
    const none = Object.fromEntries(Object.keys(readings).map((fact) => [fact, denied]));
    const { outcome, headline } = diagnose({
      symptom: 'health',
      snapshot: { ...rest, readings: none as typeof readings },
      subject: undefined,
    });
    expect({ outcome, headline }).toEqual({
      outcome: 'unknown',
      headline: 'nothing can be said, for nothing could be read',
    });
  });

  test('healthy is said with what it rests on', () => {
    const diagnosis = health(
      aSnapshot()
        .withPool(aPool('lan', '10.4.11.10/28'))
        .withService(holders[0] ?? aService(key)),
    );
    expect(short(diagnosis)).toEqual({
      outcome: 'healthy',
      headline: 'MetalLB v0.15.3 is healthy: 1 LoadBalancer Service with address, 1 pool',
      next: ['triage announcers', 'triage no-traffic shop/search'],
    });
    expect(diagnosis.scope).toEqual({ reach: 'none', says: 'no Service is affected' });
    const open = ['fail', 'unknown'];
    expect(diagnosis.verdicts.filter(({ verdict }) => open.includes(verdict))).toEqual([]);
  });

  test.each([
    ['of another class', { loadBalancerClass: 'tailscale' }, {}],
    ['on its way out', {}, { deletionTimestamp: now }],
  ])('the way of a Service %s is not the one to look at', (_, words, metadata) => {
    const first = aService('shop/other', { ip: '10.4.11.12', ...words });
    const { next } = health(
      aSnapshot()
        .withPool(aPool('lan', '10.4.11.10/28'))
        .withService(
          { ...first, metadata: { ...first.metadata, ...metadata } },
          aService('shop/search', { ip: '10.4.11.10' }),
        ),
    );
    expect(next).toEqual(['triage announcers', 'triage no-traffic shop/search']);
  });

  test('a full pool reaches that pool', () => {
    const diagnosis = health(full);
    expect(short(diagnosis)).toEqual({
      outcome: 'problem',
      headline: 'shop/checkout is pending: the only pool it may use, lan, is full',
      next: ['triage explain pool-exhausted', 'triage pending shop/checkout'],
    });
    expect(diagnosis.scope).toEqual({
      reach: 'pool',
      pools: ['lan'],
      services: [{ kind: 'Service', namespace: 'shop', name: 'checkout' }],
      says: 'pool lan: Service shop/checkout',
    });
  });

  test('of several problems, the one that is told is the first', () => {
    const wrong = aService('shop/odd', { annotations: { 'metallb.io/address-pool': 'nope' } });
    expect(health(full.withService(wrong)).headline).toBe(
      '2 problems; the first: shop/odd is pending: it asks for pool "nope", and there is no such pool',
    );
  });

  test('a dead controller reaches everybody, and those who wait are named', () => {
    const { scope } = health(
      full
        .with('deployments', aWorkload('controller', { replicas: 0 }))
        .with('pods', aPod('speaker')),
    );
    expect(scope).toEqual({
      reach: 'cluster',
      services: [{ kind: 'Service', namespace: 'shop', name: 'checkout' }],
      says: 'the whole cluster: every LoadBalancer Service; without address now: Service shop/checkout',
    });
  });

  test('one wrong request reaches one Service', () => {
    const wrong = aService(key, { annotations: { 'metallb.io/address-pool': 'nope' } });
    const { scope } = health(aSnapshot().withPool(lan).withService(wrong));
    expect(scope?.reach).toBe('service');
  });

  test('warnings alone are no problem', () => {
    const diagnosis = health(
      aSnapshot()
        .withPool(lan)
        .with(
          'l2Advertisements',
          anL2Advertisement('all'),
          anL2Advertisement('old', { ipAddressPools: ['gone'] }),
        ),
    );
    expect(diagnosis.outcome).toBe('warnings');
    expect(diagnosis.headline).toBe('MetalLB works, but advertisement l2/old selects no pool');
  });

  test('a missing right is unknown, with the right and the command', () => {
    const diagnosis = health(aSnapshot().withPool(lan).forbidding('l2Advertisements'));
    expect(diagnosis.outcome).toBe('unknown');
    expect(diagnosis.unknowns).toEqual([
      {
        fact: 'l2advertisements',
        why: 'you may not list l2Advertisements',
        permission: 'list l2Advertisements',
        collect: 'kubectl -n metallb-system get l2advertisements.metallb.io -o yaml',
      },
    ]);
  });

  test('a Service that waits for a reason nobody can see is said first, and no scope is claimed', () => {
    const diagnosis = health(full.forbidding('ipAddressPools'));
    expect(diagnosis.outcome).toBe('unknown');
    expect(diagnosis.headline).toBe(
      'shop/checkout is pending, and why cannot be said without more facts: ipaddresspools',
    );
    expect(diagnosis.scope).toBeUndefined();
  });

  test('a denied help is named although everything needed is known', () => {
    const diagnosis = health(aSnapshot().withPool(lan).forbidding('events'));
    expect(diagnosis.outcome).toBe('healthy');
    expect(diagnosis.unknowns.map(({ permission }) => permission)).toEqual(['list events']);
  });

  test('a thousand pending Services are one finding per cause and pool', () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      aService(
        `shop/s${index}`,
        index % 2 === 0 ? {} : { annotations: { 'metallb.io/address-pool': 'x' } },
      ),
    );
    const diagnosis = health(
      aSnapshot()
        .withPool(lan)
        .withService(...holders, ...many),
    );
    expect(diagnosis.rootCauses.map(({ cause, explains }) => [cause, explains.length])).toEqual([
      ['requested-pool-missing', 500],
      ['pool-exhausted', 500],
    ]);
  });

  test('a Service of a class that nobody serves is a problem here as it is for pending', () => {
    const builder = aSnapshot()
      .withPool(lan)
      .withService(aService(key, { loadBalancerClass: 'tailscale' }));
    const diagnosis = health(builder);
    expect(diagnosis.outcome).toBe('problem');
    expect(diagnosis.headline).toBe(
      'shop/checkout is pending: its class is tailscale, and this MetalLB only serves Services without a class',
    );
    expect(diagnosis.scope?.says).toBe('Service shop/checkout');
    expect(pending(builder).outcome).toBe('problem');
  });

  const foreign = aService(key, { loadBalancerClass: 'tailscale' });
  const twin = aService('vpn/twin', { loadBalancerClass: 'tailscale', ip: '100.64.0.9' });
  const ours = aService('vpn/twin', {
    loadBalancerClass: 'tailscale',
    ip: '10.4.11.10',
    annotations: { 'metallb.io/ip-allocated-from-pool': 'lan' },
  });
  const cluster = aSnapshot().withPool(aPool('lan', '10.4.11.10/28')).withService(foreign);

  test.each([
    ['its product is installed', cluster.withSnapshot({ apiGroups: ['tailscale.com'] })],
    ['it gave another Service of the class an address', cluster.withService(twin)],
  ])('a class that somebody else serves is not ours: %s', (_how, builder) => {
    const diagnosis = health(builder);
    expect(diagnosis.rootCauses.map(({ cause, severity }) => [cause, severity])).toEqual([
      ['class-not-handled', 'info'],
    ]);
    expect(diagnosis.outcome).toBe('healthy');
    expect(diagnosis.scope?.says).toBe(
      `no Service of MetalLB's is affected; 1 of another class is pending`,
    );
    expect(pending(builder).outcome).toBe('problem');
  });

  test('an address that MetalLB gave does not show somebody else at work', () => {
    expect(health(cluster.withService(ours)).outcome).toBe('problem');
  });

  test('a Service of another class hides nothing that is wrong with the others', () => {
    const waiting = aService('shop/waiting');
    const diagnosis = health(
      aSnapshot()
        .withPool(lan)
        .withService(foreign, waiting)
        .withLog('controller-0', ['{"level":"info","msg":"x"}']),
    );
    expect(causesIn(diagnosis)).toEqual(['class-not-handled', 'waiting-for-retry']);
  });

  test('the scope names those that wait unexplained beside those that are told', () => {
    const odd = aService('shop/odd', { loadBalancerClass: 'x.net/y' });
    const { scope } = health(full.withService(odd).forbidding('ipAddressPools'));
    expect(scope?.says).toBe(
      'Service shop/odd; without address and unexplained: Service shop/checkout',
    );
  });

  test('pending Services are counted even when only a warning is found', () => {
    const fresh = aService(key, { createdAt: '2026-03-14T03:12:35Z' });
    const { scope, outcome } = health(aSnapshot().withPool(lan).withService(fresh));
    expect([outcome, scope?.says]).toEqual([
      'healthy',
      'without address now: Service shop/checkout',
    ]);
  });

  test('some of the checks vouch for themselves only', () => {
    const ask = (builder: SnapshotBuilder, ...ids: readonly string[]) => {
      const chosen = checks.filter(({ id }) => ids.includes(id));
      return diagnose({
        symptom: 'health',
        snapshot: builder.build(),
        subject: undefined,
        checks: chosen,
      });
    };
    const wrong = aService(key, { annotations: { 'metallb.io/address-pool': 'nope' } });
    const builder = aSnapshot().withPool(lan).withService(wrong);
    expect(ask(builder, 'MLB-A02')).toMatchObject({
      outcome: 'unknown',
      headline: `shop/checkout is pending, and nothing that was looked at explains it; ${leftOutOf('health', checks.slice(0, 1)).checks.length} checks were not asked`,
      scope: undefined,
    });
    expect(ask(aSnapshot().withPool(lan), 'MLB-A02', 'MLB-A03').headline).toBe(
      'the 2 checks asked for passed',
    );
    expect(ask(builder)).toMatchObject({
      outcome: 'unknown',
      headline: 'none of the checks asked for is one for health',
    });
    expect(ask(builder, 'MLB-A23').scope?.reach).toBe('service');
  });
});

describe('laws', () => {
  const cases = [...installationCases, ...allocationCases, ...healthCases];
  const witnesses: readonly FactName[] = ['events', 'endpointSlices', 'communities', 'configMaps'];

  test('losing what only helps leaves the causes as they are, or names their consequences', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.subarray([...witnesses]),
        ({ sick, subject }, lost) => {
          const ask = (builder: SnapshotBuilder) =>
            subject === undefined ? health(builder) : pending(builder, subject);
          const whole = causesIn(ask(sick));
          const known = new Set([
            ...whole,
            ...whole.flatMap((cause) => causeOf(cause)?.explains ?? []),
          ]);
          expect(
            causesIn(ask(sick.forbidding(...lost))).filter((each) => !known.has(each)),
          ).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('every id of evidence resolves, and two diagnoses of one snapshot are equal', () => {
    for (const { sick } of cases) {
      const first = health(sick);
      expect(
        first.rootCauses
          .flatMap(({ because }) => because)
          .filter((id) => first.evidence[id] === undefined),
      ).toEqual([]);
      expect(JSON.stringify(health(sick))).toBe(JSON.stringify(first));
    }
  });

  test('names that are words of the language harm nothing', () => {
    const hostile = aService('__proto__/constructor', {
      labels: Object.fromEntries([['__proto__', 'x']]),
      annotations: Object.fromEntries([
        ['__proto__', 'y'],
        ['metallb.io/address-pool', '__proto__'],
      ]),
    });
    const diagnosis = pending(
      aSnapshot().withPool(lan).withService(hostile),
      '__proto__/constructor',
    );
    expect(causesIn(diagnosis)).toEqual(['requested-pool-missing']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
