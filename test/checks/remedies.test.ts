import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/checks/diagnose.ts';
import { aService, type ServiceWords } from '../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../builders/a-snapshot.ts';
import { aPool, anL2Advertisement } from '../builders/some-objects.ts';
import { serviceIn } from './case.ts';

const key = 'shop/checkout';
const share = 'metallb.io/allow-shared-ip';
const request = { 'metallb.io/loadBalancerIPs': '10.4.11.10' };
const full = aPool('lan', '10.4.11.10-10.4.11.10');
const roomy = aPool('lan', '10.4.11.10-10.4.11.19');
const onlyLan = anL2Advertisement('lan', { ipAddressPools: ['lan'] });

function holder(words: ServiceWords = {}) {
  return aService('media/tv', { ip: '10.4.11.10', ports: [443], ...words });
}

function first(builder: SnapshotBuilder) {
  const snapshot = builder.build();
  const [cause] = diagnose({
    symptom: 'pending',
    snapshot,
    subject: serviceIn(snapshot, key),
  }).rootCauses;
  return {
    cause: cause?.cause,
    details: cause?.details ?? [],
    says: (cause?.remedies ?? []).map(({ says }) => says),
    commands: (cause?.remedies ?? []).map(({ command }) => command),
  };
}

function cluster(pool: ReturnType<typeof aPool>, ...services: ReturnType<typeof aService>[]) {
  return aSnapshot()
    .withPool(pool)
    .withService(...services);
}

describe('a misspelt pool', () => {
  const asking = aService(key, { annotations: { 'metallb.io/address-pool': 'lann' } });

  test('the right name and the dropped request are offered with what they would give', () => {
    expect(first(cluster(roomy, asking)).says).toEqual([
      'name lan; it gets 10.4.11.10 of lan then',
      'drop the request; it gets 10.4.11.10 of lan then',
    ]);
  });

  test('dropping the request is not offered where nothing is free, and the name says what else it takes', () => {
    expect(first(cluster(full, holder(), asking)).says).toEqual([
      'name lan and change that pool too: lan has no address left',
    ]);
  });

  test('the old prefix is dropped where it is the one in use', () => {
    const old = aService(key, { annotations: { 'metallb.universe.tf/address-pool': 'lann' } });
    expect(first(cluster(roomy, old)).commands).toEqual([
      'kubectl -n shop annotate service checkout metallb.universe.tf/address-pool=lan --overwrite',
      'kubectl -n shop annotate service checkout metallb.universe.tf/address-pool-',
    ]);
  });
});

describe('a requested address that is held', () => {
  test('sharing is offered when the holder shares already and the ports allow it', () => {
    const builder = cluster(
      full,
      holder({ annotations: { [share]: 'tv' } }),
      aService(key, { annotations: request }),
    );
    expect(first(builder)).toMatchObject({
      cause: 'requested-address-held',
      says: [
        'share the address: give it the sharing key of media/tv',
        'see what the holder asks for',
      ],
      commands: [
        'kubectl -n shop annotate service checkout metallb.io/allow-shared-ip=tv',
        'kubectl -n media get service tv -o yaml',
      ],
    });
  });

  test('sharing is offered when only the Service has a key', () => {
    const asking = aService(key, { annotations: { ...request, [share]: 'web' } });
    expect(first(cluster(full, holder(), asking)).commands[0]).toBe(
      'kubectl -n media annotate service tv metallb.io/allow-shared-ip=web',
    );
  });

  test('neither has a key: both get one, if both owners agree', () => {
    const asking = aService(key, { annotations: request });
    expect(first(cluster(full, holder(), asking)).commands[0]).toBe(
      'kubectl -n shop annotate service checkout metallb.io/allow-shared-ip=tv && kubectl -n media annotate service tv metallb.io/allow-shared-ip=tv',
    );
  });

  test('any other address is offered only where there is one', () => {
    const asking = aService(key, { annotations: request });
    expect(first(cluster(roomy, holder(), asking)).says.at(-1)).toBe(
      'let this Service have 10.4.11.11 of lan by dropping the request',
    );
    expect(first(cluster(full, holder(), asking)).says.at(-1)).toBe('see what the holder asks for');
  });

  test.each([
    ['requested-address-held', {}],
    ['sharing-key-differs', { [share]: 'web' }],
  ])('%s: a port on both sides is told, and no key is offered', (cause, annotations) => {
    const asking = aService(key, { annotations: { ...request, ...annotations }, ports: [443] });
    const told = first(cluster(full, holder({ annotations: { [share]: 'tv' } }), asking));
    expect(told.cause).toBe(cause);
    expect(told.details).toContain(
      'an equal key alone would not do: media/tv uses port TCP/443 on 10.4.11.10 too',
    );
    expect(told.says).toEqual(['see what the holder asks for']);
  });
});

describe('a pool that nobody announces', () => {
  const manual = aPool('public', '192.0.2.8/30', { autoAssign: false });
  const exhausted = cluster(full, holder(), aService(key)).withPool(manual);
  const silent = exhausted.with('l2Advertisements', onlyLan);

  test('it is offered last, and with the warning', () => {
    expect(first(silent).says).toEqual([
      'widen lan, if the network has more addresses for it',
      'take 192.0.2.8 from pool public by naming it; but nobody announces it until an advertisement selects public',
    ]);
  });

  test.each([
    ['an advertisement selects it', exhausted],
    ['the advertisements are not known', silent.forbidding('bgpAdvertisements')],
  ])('without a warning when %s', (_when, builder) => {
    expect(first(builder).says).toEqual([
      'take 192.0.2.8 from pool public by naming it',
      'widen lan, if the network has more addresses for it',
    ]);
  });

  test('a Service that has its address there is told so, as a warning', () => {
    const snapshot = aSnapshot()
      .withPool(manual)
      .withService(aService(key, { ip: '192.0.2.8' }))
      .with('l2Advertisements', onlyLan)
      .build();
    const diagnosis = diagnose({
      symptom: 'pending',
      snapshot,
      subject: serviceIn(snapshot, key),
    });
    expect([diagnosis.outcome, diagnosis.headline]).toEqual([
      'warnings',
      'shop/checkout has 192.0.2.8, but no advertisement selects pool public, so MetalLB does not announce it',
    ]);
  });

  test('advertisements that may not be read leave a Service with its address well', () => {
    const snapshot = aSnapshot()
      .withPool(manual)
      .withService(aService(key, { ip: '192.0.2.8' }))
      .forbidding('l2Advertisements')
      .build();
    const diagnosis = diagnose({
      symptom: 'pending',
      snapshot,
      subject: serviceIn(snapshot, key),
    });
    expect(diagnosis.outcome).toBe('healthy');
    expect(diagnosis.ruledOut.map(({ cause }) => cause)).not.toContain('pool-unadvertised');
  });
});
