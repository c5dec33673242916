import { describe, expect, test } from 'vitest';
import { answerToLast, poolNamed, serviceNamed } from './objects.ts';

const pool = (name: string, addresses: readonly string[], spec: Record<string, unknown> = {}) =>
  poolNamed(name, addresses, spec);
const holder = serviceNamed('holder', { holds: ['10.7.0.0'] });
const asking = serviceNamed('web', { annotations: { 'metallb.io/address-pool': 'mapped' } });

/** Measured on the controllers of v0.14.9, v0.15.3 and v0.16.1. */
describe('behind a full IPv4-mapped prefix the search goes on', () => {
  test('and ends outside every pool, though the pool has a second prefix', () => {
    const mapped = pool('mapped', ['::ffff:10.7.0.0/128', '10.8.0.0/30']);
    expect(answerToLast({ pools: [mapped], services: [holder, asking] })).toMatchObject({
      outcome: 'refused',
      message: '["10.7.0.1"] is not allowed in config',
      reason: { kind: 'requested-pool-exhausted', pool: 'mapped', family: 'ipv4' },
    });
  });

  test('and takes the address of another pool where there is one', () => {
    const pools = [pool('mapped', ['::ffff:10.7.0.0/128']), pool('next', ['10.7.0.1/32'])];
    expect(answerToLast({ pools, services: [holder, asking] })).toMatchObject({
      outcome: 'would-get',
      options: [{ pool: 'next', addresses: ['10.7.0.1'] }],
    });
  });

  test('and is not made by a range over the same addresses', () => {
    const mapped = pool('mapped', ['::ffff:10.7.0.0-10.7.0.0', '10.8.0.0/30']);
    expect(answerToLast({ pools: [mapped], services: [holder, asking] })).toMatchObject({
      options: [{ pool: 'mapped', addresses: ['10.8.0.0'] }],
    });
  });

  test('and counts as full where the pools are weighed', () => {
    const mapped = pool('mapped', ['::ffff:10.7.0.0/128']);
    const answer = answerToLast({ pools: [mapped], services: [holder, serviceNamed('web')] });
    expect(answer).toMatchObject({
      reason: { kind: 'pool-exhausted', pools: ['mapped'] },
      pools: [{ verdict: { offers: false, because: { kind: 'full', family: 'ipv4' } } }],
    });
  });
});
