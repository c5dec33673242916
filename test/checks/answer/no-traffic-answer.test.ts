import { describe, expect, test } from 'vitest';
import type { SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aService } from '../../builders/a-service.ts';
import { aLook } from '../../builders/backends.ts';
import { aPool } from '../../builders/some-objects.ts';
import { checkout, statusFrom } from '../models/announcing/facts.ts';
import { askedOf, segment } from './traffic.ts';

function answerOf(builder: SnapshotBuilder, key?: string) {
  const { outcome, headline, next } = askedOf(builder, key);
  return { outcome, headline, next };
}

const announced = segment.with('serviceL2Statuses', statusFrom('n3'));

describe('a Service whose address is announced', () => {
  test('is told to be in order, and what nobody looked at', () => {
    expect(answerOf(announced)).toEqual({
      outcome: 'healthy',
      headline:
        'nothing in the cluster stops traffic to shop/checkout at 10.4.11.3; the wire was not looked at',
      next: [
        'triage no-traffic shop/checkout --probe',
        'curl -v --connect-timeout 3 telnet://10.4.11.3:80',
      ],
    });
  });
});

describe('a look at the wire', () => {
  const from = { host: 'jump', interface: 'eth0', mac: '02:00:00:00:00:99' };
  const ofSegment = { ...from, addresses: ['10.4.11.200/24'] };
  const neighbours = [{ address: '10.4.11.103', mac: '02:00:00:00:00:03' }];
  const answers = [{ mac: '02:00:00:00:00:03', count: 3, firstMs: 1, lastMs: 900, unasked: false }];
  const seen = (words: Parameters<typeof aLook>[1]) =>
    answerOf(announced.withSnapshot({ wire: [aLook('10.4.11.3', words)] }));

  test('that found the right node leaves nothing to look at', () => {
    expect(seen({ from: ofSegment, neighbours, answers })).toEqual({
      outcome: 'healthy',
      headline: 'nothing in the cluster stops traffic to shop/checkout at 10.4.11.3',
      next: ['curl -v --connect-timeout 3 telnet://10.4.11.3:80'],
    });
  });

  test('that could not see the segment is told as such', () => {
    const blind = { from: ofSegment, neighbours, answers: [], asked: 0 };
    expect(seen({ ...blind, method: 'neighbours' as const }).headline).toBe(
      'nothing in the cluster stops traffic to shop/checkout at 10.4.11.3; the wire could not be seen',
    );
  });
});

describe('a Service that nothing can be asked of', () => {
  const only = (service: ReturnType<typeof aService>) =>
    answerOf(aSnapshot().withPool(aPool('lan', '10.4.11.0/28')).withService(service));

  test('is pending: that is another question', () => {
    expect(only(aService('shop/checkout'))).toEqual({
      outcome: 'problem',
      headline: 'shop/checkout has no address yet, so nothing can arrive: it is pending',
      next: ['triage pending shop/checkout'],
    });
  });

  test.each([
    ['ClusterIP', ['10.96.0.10'], 'of type ClusterIP'],
    ['ClusterIP', ['None'], 'headless'],
    ['ExternalName', [], 'of type ExternalName'],
  ])('is of type %s with cluster IPs %j', (type, clusterIPs, what) => {
    expect(only(aService('shop/checkout', { type, clusterIPs }))).toEqual({
      outcome: 'healthy',
      headline: `shop/checkout is ${what}; MetalLB announces only Services of type LoadBalancer`,
      next: ['kubectl -n shop describe service checkout'],
    });
  });

  test('is being deleted', () => {
    const metadata = { ...checkout.metadata, deletionTimestamp: '2026-03-14T03:00:00Z' };
    expect(only({ ...checkout, metadata })).toEqual({
      outcome: 'problem',
      headline: 'shop/checkout is being deleted; it keeps its address 10.4.11.3 until it is gone',
      next: ['triage pending shop/checkout'],
    });
  });

  test('is of a class that this MetalLB leaves to others', () => {
    const loadBalancerClass = 'example.org/other';
    expect(only(aService('shop/checkout', { ip: '203.0.113.9', loadBalancerClass }))).toEqual({
      outcome: 'healthy',
      headline:
        'shop/checkout is of class example.org/other, which this MetalLB does not serve, so it does not announce 203.0.113.9; look at somebody else: shop/checkout of the same class has 203.0.113.9, and not from MetalLB',
      next: ['kubectl -n shop describe service checkout'],
    });
  });
});

describe('a fact that may not be read', () => {
  test.each(['nodes', 'endpointSlices', 'ipAddressPools', 'pods'] as const)(
    'leaves the question open and is named: %s',
    (kind) => {
      const { outcome, unknowns } = askedOf(announced.forbidding(kind));
      expect(outcome).toBe('unknown');
      expect(unknowns.map(({ fact }) => fact)).toContain(kind.toLowerCase());
    },
  );
});
