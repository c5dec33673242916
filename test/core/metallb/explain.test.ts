import { describe, expect, test } from 'vitest';
import type { AllocationAnswer } from '../../../src/core/metallb/answer.ts';
import { answerToLast, answersOver, dualStack, poolNamed, serviceNamed } from './objects.ts';

const lan = poolNamed('lan', ['10.4.11.10-10.4.11.11']);
const both = poolNamed('both', ['10.4.12.0/31', 'fc00::/127']);

function reasonOf(answer: AllocationAnswer): unknown {
  return answer.outcome === 'refused' ? answer.reason : answer.outcome;
}

describe('a Service that is not handled', () => {
  test('is of another type', () => {
    const services = [serviceNamed('web', { spec: { type: 'ClusterIP' } })];
    expect(answerToLast({ pools: [lan], services })).toEqual({
      outcome: 'not-handled',
      why: { kind: 'type', type: 'ClusterIP' },
    });
  });

  test.each([
    [undefined, 'other', { serviceClass: 'other', handledClass: undefined }],
    ['mine', undefined, { serviceClass: undefined, handledClass: 'mine' }],
    ['mine', 'other', { serviceClass: 'other', handledClass: 'mine' }],
  ])('with --lb-class %s has class %s', (loadBalancerClass, serviceClass, classes) => {
    const spec = serviceClass === undefined ? {} : { loadBalancerClass: serviceClass };
    const services = [serviceNamed('web', { spec })];
    expect(answerToLast({ pools: [lan], services, loadBalancerClass })).toEqual({
      outcome: 'not-handled',
      why: { kind: 'class', ...classes },
    });
  });

  test('and one whose class matches is handled', () => {
    const services = [serviceNamed('web', { spec: { loadBalancerClass: 'mine' } })];
    const answer = answerToLast({ pools: [lan], services, loadBalancerClass: 'mine' });
    expect(answer.outcome).toBe('would-get');
  });
});

describe('a full pool', () => {
  const services = [
    serviceNamed('search', { holds: ['10.4.11.10'] }),
    serviceNamed('api', { holds: ['10.4.11.11'] }),
    serviceNamed('checkout'),
  ];
  const dmz = poolNamed('dmz', ['192.0.2.8/29'], { autoAssign: false });

  test('is told apart from the manual one that has room', () => {
    expect(answerToLast({ pools: [lan, dmz], services })).toEqual({
      outcome: 'refused',
      stage: 'automatic',
      reason: { kind: 'pool-exhausted', pools: ['lan'], family: 'ipv4' },
      message: 'no available IPs',
      events: [
        {
          type: 'Warning',
          reason: 'AllocationFailed',
          message: 'Failed to allocate IP for "shop/checkout": no available IPs',
        },
      ],
      loses: undefined,
      keepsStatus: false,
      pools: [
        { pool: 'dmz', verdict: { offers: false, because: { kind: 'auto-assign-off', free: 8n } } },
        { pool: 'lan', verdict: { offers: false, because: { kind: 'full', family: 'ipv4' } } },
      ],
    });
  });

  test('names its holders', () => {
    const [usage] = answersOver({ pools: [lan], services }).usages;
    expect(usage?.ipv4).toEqual({ usable: 2n, taken: 2n, free: 0n });
    expect(usage?.holders).toEqual([
      { address: '10.4.11.10', services: ['shop/search'] },
      { address: '10.4.11.11', services: ['shop/api'] },
    ]);
  });

  test('with a free address again is what a waiting Service would get', () => {
    expect(answerToLast({ pools: [lan], services: services.slice(1) })).toMatchObject({
      outcome: 'would-get',
      options: [{ pool: 'lan', addresses: ['10.4.11.10'], sharedWith: [] }],
      loses: undefined,
    });
  });
});

describe('why no pool is chosen', () => {
  test.each([
    ['there is none', [], {}, { kind: 'no-pool' }],
    [
      'all are manual',
      [poolNamed('a', ['10.0.0.0/30'], { autoAssign: false })],
      {},
      { kind: 'only-manual-pools', pools: ['a'] },
    ],
    [
      'all are for other namespaces',
      [poolNamed('a', ['10.0.0.0/30'], { serviceAllocation: { namespaces: ['prod'] } })],
      {},
      { kind: 'pool-not-for-service', pools: ['a'] },
    ],
    [
      'none has the family',
      [poolNamed('six', ['fc00::/126'])],
      {},
      { kind: 'no-pool-of-family', family: 'ipv4' },
    ],
    [
      'none has both families',
      [lan, poolNamed('six', ['fc00::/126'])],
      { spec: dualStack('RequireDualStack') },
      { kind: 'no-dual-stack-pool' },
    ],
    [
      'two cluster IPs contradict the policy',
      [both],
      { spec: dualStack('SingleStack') },
      { kind: 'policy-contradicts-cluster-ips', policy: 'SingleStack' },
    ],
    [
      'the range between two families is empty',
      [poolNamed('mixed', ['10.0.0.1-fe80::1'])],
      {},
      { kind: 'pool-exhausted', pools: ['mixed'], family: 'ipv4' },
    ],
    [
      'there is no cluster IP',
      [lan],
      { spec: { clusterIP: '', clusterIPs: [] } },
      { kind: 'no-cluster-ip' },
    ],
    [
      'RequireDualStack has one cluster IP',
      [both],
      { spec: { ipFamilyPolicy: 'RequireDualStack' } },
      { kind: 'too-few-cluster-ips', clusterIPs: ['172.20.0.7'] },
    ],
  ])('because %s', (_, pools, fields, reason) => {
    const services = [serviceNamed('web', fields)];
    expect(reasonOf(answerToLast({ pools, services }))).toEqual(reason);
  });

  test('without any pool MetalLB records no event at all', () => {
    const answer = answerToLast({ services: [serviceNamed('web')] });
    expect(answer).toMatchObject({ outcome: 'refused', message: undefined, events: [] });
  });
});

describe('several pools', () => {
  const pools = [poolNamed('a', ['10.1.0.0/30']), poolNamed('b', ['10.2.0.0/30'])];
  test('without pinning are drawn, so each is a possible answer', () => {
    const answer = answerToLast({ pools, services: [serviceNamed('web')] });
    expect(answer).toMatchObject({
      options: [
        { pool: 'a', addresses: ['10.1.0.0'] },
        { pool: 'b', addresses: ['10.2.0.0'] },
      ],
    });
  });

  test('stay in the order of preference when one is pinned to the namespace', () => {
    const pinned = poolNamed('z', ['10.3.0.0/30'], { serviceAllocation: { namespaces: ['shop'] } });
    const answer = answerToLast({ pools: [...pools, pinned], services: [serviceNamed('web')] });
    expect(answer).toMatchObject({
      options: [{ pool: 'z', addresses: ['10.3.0.0'] }],
      pools: [
        { pool: 'a', verdict: { offers: true, reached: false } },
        { pool: 'b', verdict: { offers: true, reached: false } },
        { pool: 'z', verdict: { offers: true, reached: true } },
      ],
    });
  });

  test('with a lone priority serve everybody from v0.15.0 and nobody before', () => {
    const only = [poolNamed('p', ['10.1.0.0/30'], { serviceAllocation: { priority: 5 } })];
    const services = [serviceNamed('web')];
    expect(answerToLast({ pools: only, services, version: 'v0.15.0' }).outcome).toBe('would-get');
    expect(answerToLast({ pools: only, services, version: 'v0.14.9' })).toMatchObject({
      reason: { kind: 'pool-not-for-service', pools: ['p'] },
      pools: [
        { verdict: { because: { kind: 'never-automatic', why: 'priority-only', free: 4n } } },
      ],
    });
  });
});

describe('an address that is held', () => {
  test('outside every pool is lost, and a new one is found', () => {
    const services = [serviceNamed('web', { holds: ['10.99.0.1'] })];
    expect(answerToLast({ pools: [lan], services })).toMatchObject({
      outcome: 'would-get',
      loses: {
        addresses: ['10.99.0.1'],
        because: { kind: 'not-allowed', message: '["10.99.0.1"] is not allowed in config' },
      },
      events: [{ reason: 'ClearAssignment' }, { reason: 'IPAllocated' }],
    });
  });

  test('twice belongs to one Service and is lost to the other', () => {
    const services = [
      serviceNamed('a', { holds: ['10.4.11.10'] }),
      serviceNamed('b', { holds: ['10.4.11.10'] }),
    ];
    const { answerFor } = answersOver({ pools: [lan], services });
    expect(services.map((service) => answerFor(service).outcome)).toEqual(['holds', 'would-get']);
  });

  test('is kept although its pool became manual', () => {
    const pools = [poolNamed('lan', ['10.4.11.10/31'], { autoAssign: false })];
    const services = [serviceNamed('web', { holds: ['10.4.11.10'] })];
    expect(answerToLast({ pools, services }).outcome).toBe('holds');
  });

  test('of which nothing is known any more when the configuration is rejected', () => {
    const pools = [lan, poolNamed('again', ['10.4.11.10/32'])];
    const services = [serviceNamed('web', { holds: ['10.4.11.10'] })];
    expect(answerToLast({ pools, services })).toEqual({
      outcome: 'undecided',
      why: 'configuration-rejected',
    });
  });
});

test('label and annotation keys such as __proto__ are keys like any other', () => {
  const labels = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, string>;
  const serviceAllocation = {
    serviceSelectors: [{ matchExpressions: [{ key: 'toString', operator: 'Exists' }] }],
  };
  const pools = [poolNamed('a', ['10.1.0.0/30'], { serviceAllocation })];
  const answer = answerToLast({
    pools,
    services: [serviceNamed('web', { labels, annotations: labels })],
  });
  expect(reasonOf(answer)).toEqual({ kind: 'pool-not-for-service', pools: ['a'] });
});
