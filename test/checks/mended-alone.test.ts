import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/checks/diagnose.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aWorkload } from '../builders/programs.ts';
import { aPool } from '../builders/some-objects.ts';
import { runHere } from '../commands/in-process.ts';
import { serviceIn } from './case.ts';

const lan = aPool('lan', '10.4.11.10-10.4.11.11');
const full = [aService('shop/a', { ip: '10.4.11.10' }), aService('shop/b', { ip: '10.4.11.11' })];
const stopped = aSnapshot()
  .with('deployments', aWorkload('controller', { replicas: 0 }))
  .with('pods')
  .with('daemonSets')
  .withPool(lan);
const works = aSnapshot().withPool(lan);

/** What is foreseen per cause. */
function foreseen(builder: typeof stopped, key = 'shop/late') {
  const snapshot = builder.build();
  const { rootCauses } = diagnose({
    symptom: 'pending',
    snapshot,
    subject: serviceIn(snapshot, key),
  });
  return rootCauses
    .filter(({ severity }) => severity === 'error')
    .map(({ cause, ifMendedAlone }) => [cause, ifMendedAlone]);
}

describe('what happens when only one cause is mended', () => {
  test('a controller that runs again finds the pool full', () => {
    expect(foreseen(stopped.withService(...full, aService('shop/late')))).toEqual([
      [
        'controller-absent',
        'once this is mended, shop/late is still pending: the only pool it may use, lan, is full',
      ],
      [
        'pool-exhausted',
        'mended alone, this changes nothing for as long as controller-absent lasts',
      ],
    ]);
  });

  test('with nothing else in the way the address is told', () => {
    expect(foreseen(stopped.withService(aService('shop/late')))).toEqual([
      ['controller-absent', 'once this is mended, shop/late gets 10.4.11.10 from lan'],
    ]);
  });

  test('of two that wait, either may come first', () => {
    const both = stopped.withService(aService('shop/late'), aService('shop/later'));
    expect(foreseen(both)).toEqual([
      [
        'controller-absent',
        'once this is mended, shop/late gets 10.4.11.10 from lan or 10.4.11.11 from lan',
      ],
    ]);
  });

  test('with fewer addresses than wait for them it may get nothing', () => {
    const [first] = full;
    const many = [first, aService('shop/late'), aService('shop/later')].filter(
      (service) => service !== undefined,
    );
    expect(foreseen(stopped.withService(...many))).toEqual([
      [
        'controller-absent',
        'once this is mended, shop/late may get 10.4.11.11 from lan, or nothing: others wait for the same addresses',
      ],
    ]);
  });

  test('pools that are accepted again do not make the pool that is asked for', () => {
    const asks = aService('shop/late', { annotations: { 'metallb.io/address-pool': 'gone' } });
    const [rejected] = foreseen(
      works.withPool(aPool('twin', '10.4.11.11-10.4.11.12')).withService(asks),
    );
    expect(rejected?.[0]).toBe('config-rejected');
    expect(rejected?.[1]).toMatch(/^once this is mended, shop\/late is still refused: .*gone/);
  });

  test('a pool that is asked for and badly written will be there once it is well written', () => {
    const asking = aService('shop/late', { annotations: { 'metallb.io/address-pool': 'gold' } });
    const bad = works.withPool(aPool('gold', '10.4.12.7')).withService(asking);
    expect(foreseen(bad)).toEqual([['config-rejected', undefined]]);
  });

  test('how the pools will be mended decides who gets what, so nothing is said of it', () => {
    const overlap = works.withPool(aPool('twin', '10.4.11.11-10.4.11.12'));
    expect(foreseen(overlap.withService(aService('shop/late')))).toEqual([
      ['config-rejected', undefined],
    ]);
  });

  test('of a class that is served the pool is full all the same', () => {
    const other = aService('shop/late', { loadBalancerClass: 'example.net/x' });
    const [first] = foreseen(works.withService(...full, other));
    expect(first).toEqual([
      'class-not-handled',
      'once this is mended, shop/late is still refused: the only pool it may use, lan, is full',
    ]);
  });

  test('of a missing pool nobody knows what the new one will hold', () => {
    expect(foreseen(aSnapshot().withService(aService('shop/late')))).toEqual([
      ['no-pool', undefined],
    ]);
  });

  test('a lone cause in the allocation needs no forecast', () => {
    expect(foreseen(works.withService(...full, aService('shop/late')))).toEqual([
      ['pool-exhausted', undefined],
    ]);
  });

  test.each(['text', 'markdown', 'json'])('it is printed as %s', async (form) => {
    const from = 'test/incidents/controller-absent-and-pool-full/sick';
    const { stdout } = await runHere('pending', ['shop/checkout', '--from', from, '-o', form]);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'once this is mended, shop/checkout is still pending',
    );
  });
});
