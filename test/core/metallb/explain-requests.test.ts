import { describe, expect, test } from 'vitest';
import type { AllocationAnswer } from '../../../src/core/metallb/answer.ts';
import { answerToLast, dualStack, poolNamed, serviceNamed } from './objects.ts';

const lan = poolNamed('lan', ['10.4.11.10-10.4.11.11']);
const both = poolNamed('both', ['10.4.12.0/31', 'fc00::/127']);
const asked = (value: string) => ({ annotations: { 'metallb.io/loadBalancerIPs': value } });
const from = (pool: string) => ({ annotations: { 'metallb.io/address-pool': pool } });

function reasonOf(answer: AllocationAnswer): unknown {
  return answer.outcome === 'refused' ? answer.reason : answer.outcome;
}

describe('a requested address', () => {
  const holder = serviceNamed('old', { holds: ['10.4.11.10'] });
  test.each([
    [
      '192.0.2.1',
      {
        kind: 'requested-address-outside-pools',
        requested: ['192.0.2.1'],
        outside: ['192.0.2.1'],
      },
    ],
    [
      '10.4.11.10',
      {
        kind: 'requested-address-held',
        obstacle: {
          address: '10.4.11.10',
          holders: ['shop/old'],
          why: { kind: 'no-sharing-key', missingOn: ['service', 'holder'] },
        },
      },
    ],
    [
      'fc00::1',
      {
        kind: 'requested-family-mismatch',
        requested: ['fc00::1'],
        requestedFamily: 'ipv6',
        serviceFamily: 'ipv4',
      },
    ],
    [
      '10.4.11.10/32',
      {
        kind: 'request-malformed',
        source: 'metallb.io/loadBalancerIPs',
        raw: '10.4.11.10/32',
      },
    ],
    ['10.9.0.255', { kind: 'requested-address-buggy', address: '10.9.0.255', pool: 'careful' }],
  ])('%s is refused for what it is', (value, reason) => {
    const careful = poolNamed('careful', ['10.9.0.0/24'], { avoidBuggyIPs: true });
    const services = [holder, serviceNamed('web', asked(value))];
    expect(reasonOf(answerToLast({ pools: [lan, both, careful], services }))).toEqual(reason);
  });

  test('in two forms at once is refused and leaves the status alone', () => {
    const fields = { ...asked('10.4.11.11'), spec: { loadBalancerIP: '10.4.11.11' } };
    const services = [serviceNamed('web', { ...fields, holds: ['10.4.11.10'] })];
    expect(answerToLast({ pools: [lan], services })).toMatchObject({
      outcome: 'refused',
      stage: 'requests',
      reason: { kind: 'both-requests-set', annotation: '10.4.11.11', field: '10.4.11.11' },
      events: [{ reason: 'LoadBalancerFailed' }],
      keepsStatus: true,
    });
  });

  test('in another pool than the named one contradicts it', () => {
    const annotations = { ...asked('10.4.11.11').annotations, ...from('both').annotations };
    const services = [serviceNamed('web', { annotations })];
    expect(reasonOf(answerToLast({ pools: [lan, both], services }))).toEqual({
      kind: 'request-contradicts-pool',
      requested: ['10.4.11.11'],
      pool: 'both',
      owner: 'lan',
    });
  });

  test('comes to rest in text order, IPv6 before IPv4 where its text is less', () => {
    const pools = [poolNamed('both', ['203.0.113.0/30', '2001:db8::/126'])];
    const spec = dualStack('RequireDualStack');
    const holds = ['203.0.113.2', '2001:db8::2'];
    const services = [serviceNamed('web', { ...asked(holds.join()), spec, holds })];
    expect(answerToLast({ pools, services })).toMatchObject({
      outcome: 'holds',
      allocation: { addresses: ['2001:db8::2', '203.0.113.2'] },
    });
  });
});

describe('a named pool', () => {
  const full = [
    serviceNamed('a', { holds: ['10.4.11.10'] }),
    serviceNamed('b', { holds: ['10.4.11.11'] }),
  ];
  test.each([
    ['v0.14.9', 'no available IPs in pool lan for ipv4 IPFamily'],
    ['v0.15.3', '["<nil>"] is not allowed in config'],
    ['v0.16.1', 'no available IPs in pool lan'],
    ['v9.9.9', 'no available IPs in pool lan'],
  ])('without room is refused by %s with: %s', (version, message) => {
    const services = [...full, serviceNamed('web', from('lan'))];
    expect(answerToLast({ pools: [lan, both], services, version })).toMatchObject({
      stage: 'named-pool',
      reason: { kind: 'requested-pool-exhausted', pool: 'lan', family: 'ipv4' },
      message,
      pools: [
        { pool: 'both', verdict: { because: { kind: 'not-requested' } } },
        { pool: 'lan', verdict: { because: { kind: 'full' } } },
      ],
    });
  });

  test('that is not there is refused by name, blanks and all', () => {
    const services = [serviceNamed('web', from(' lan'))];
    expect(answerToLast({ pools: [lan], services })).toMatchObject({
      reason: { kind: 'requested-pool-missing', pool: ' lan' },
      message: 'unknown pool " lan"',
    });
  });

  test('gives although it is manual', () => {
    const pools = [poolNamed('dmz', ['192.0.2.8/29'], { autoAssign: false })];
    const services = [serviceNamed('web', from('dmz'))];
    expect(answerToLast({ pools, services })).toMatchObject({
      options: [{ pool: 'dmz', addresses: ['192.0.2.8'] }],
    });
  });
});

describe('sharing', () => {
  const keyed = (key: string, more: object = {}) => ({
    annotations: {
      'metallb.io/allow-shared-ip': key,
      'metallb.io/loadBalancerIPs': '10.4.11.10',
    },
    ...more,
  });
  const holder = serviceNamed('old', {
    ...keyed('k', { spec: { ports: [{ protocol: 'UDP', port: 53 }] } }),
    holds: ['10.4.11.10'],
  });

  test('names the partner', () => {
    const services = [holder, serviceNamed('web', keyed('k'))];
    expect(answerToLast({ pools: [lan], services })).toMatchObject({
      options: [{ addresses: ['10.4.11.10'], sharedWith: ['shop/old'] }],
    });
  });

  test.each([
    [
      'another key',
      keyed('other'),
      { kind: 'sharing-key-differs', serviceKey: 'other', holderKey: 'k' },
    ],
    [
      'the same port',
      keyed('k', { spec: { ports: [{ protocol: 'UDP', port: 53 }] } }),
      { kind: 'sharing-port-taken', port: 'UDP/53', holder: 'shop/old' },
    ],
    [
      'another selector under Local',
      keyed('k', { spec: { externalTrafficPolicy: 'Local', selector: { b: '2', a: '1' } } }),
      { kind: 'sharing-backend-differs', serviceBackend: 'a=1,b=2', holderBackend: '' },
    ],
  ])('is refused with %s', (_, fields, why) => {
    const services = [holder, serviceNamed('web', fields)];
    expect(reasonOf(answerToLast({ pools: [lan], services }))).toEqual({
      kind: 'requested-address-held',
      obstacle: { address: '10.4.11.10', holders: ['shop/old'], why },
    });
  });

  test('is given by Local without a selector, as MetalLB gives it', () => {
    const fields = keyed('k', { spec: { externalTrafficPolicy: 'Local' } });
    const answer = answerToLast({ pools: [lan], services: [holder, serviceNamed('web', fields)] });
    expect(answer.outcome).toBe('would-get');
  });
});
