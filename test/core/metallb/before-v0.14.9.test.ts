import { describe, expect, test } from 'vitest';
import { answerToLast, dualStack, poolNamed, serviceNamed } from './objects.ts';

const version = 'v0.14.8';
const six = poolNamed('six', ['fc00::/126', '10.0.0.0/30']);
const four = poolNamed('four', ['10.1.0.0/30']);

describe('before v0.14.9', () => {
  test.each(['PreferDualStack', 'SingleStack', undefined])(
    'two cluster IPs need both families from one pool, whatever the policy (%s)',
    (policy) => {
      const services = [serviceNamed('web', { spec: dualStack(policy) })];
      expect(answerToLast({ version, pools: [four], services })).toMatchObject({
        outcome: 'refused',
        reason: { kind: 'no-dual-stack-pool' },
        message: 'no available IPs',
      });
    },
  );

  test('two addresses come in the order of the pool, IPv6 first if its prefix is', () => {
    const services = [serviceNamed('web', { spec: dualStack('PreferDualStack') })];
    expect(answerToLast({ version, pools: [six], services })).toMatchObject({
      options: [{ pool: 'six', addresses: ['fc00::', '10.0.0.0'] }],
    });
    expect(answerToLast({ version: 'v0.14.9', pools: [six], services })).toMatchObject({
      options: [{ pool: 'six', addresses: ['10.0.0.0', 'fc00::'] }],
    });
  });

  test('one cluster IP gets one address', () => {
    const spec = { ipFamilyPolicy: 'RequireDualStack' };
    expect(
      answerToLast({ version, pools: [six], services: [serviceNamed('web', { spec })] }),
    ).toMatchObject({ options: [{ addresses: ['10.0.0.0'] }] });
  });

  test('one address of a dual-stack Service is cleared, not added to', () => {
    const fields = { spec: dualStack('PreferDualStack'), holds: ['10.1.0.0'] };
    expect(
      answerToLast({ version, pools: [four], services: [serviceNamed('web', fields)] }),
    ).toMatchObject({
      outcome: 'refused',
      loses: { because: { kind: 'family-changed', from: 'ipv4', to: 'dual' } },
    });
  });

  test('a named pool is quoted in the refusal', () => {
    const annotations = { 'metallb.universe.tf/address-pool': 'four' };
    const fields = { annotations, spec: dualStack('RequireDualStack') };
    expect(
      answerToLast({ version, pools: [four], services: [serviceNamed('web', fields)] }),
    ).toMatchObject({ message: 'no available IPs in pool "four" for dual IPFamily' });
  });
});
