import { expect, test } from 'vitest';
import { announcingOf } from '../../../../src/checks/models/configuration/announcing-a-pool.ts';
import { aPool, anL2Advertisement } from '../../../builders/some-objects.ts';

const lan = aPool('lan', '10.0.0.0/30');
const dmz = aPool('dmz', '10.0.1.0/30');
const patch = (name: string, ...pools: readonly string[]) =>
  `kubectl -n metallb-system patch l2advertisement ${name} --type=merge -p '${JSON.stringify({ spec: { ipAddressPools: pools } })}'`;

test('a pool that is to be deleted stays announced until it is', () => {
  const advertisement = anL2Advertisement('lan', { ipAddressPools: ['lan'] });
  const pools = { before: [lan, dmz], after: [dmz] };
  expect(announcingOf(dmz, [advertisement], pools)).toEqual({
    says: 'name it in l2/lan',
    command: patch('lan', 'lan', 'dmz'),
    leaves: [anL2Advertisement('lan', { ipAddressPools: ['lan', 'dmz'] })],
  });
});

test('of several advertisements the one whose pools are deleted is taken over', () => {
  const left = anL2Advertisement('a', { ipAddressPools: ['lan'] });
  const other = anL2Advertisement('b', { ipAddressPools: ['more'] });
  const more = aPool('more', '10.0.2.0/30');
  const pools = { before: [lan, dmz, more], after: [dmz, more] };
  expect(announcingOf(dmz, [left, other], pools).command).toBe(patch('a', 'lan', 'dmz'));
});

test('an advertisement that names no pool there is is corrected', () => {
  const advertisement = anL2Advertisement('old', { ipAddressPools: ['old'] });
  const pools = { before: [dmz], after: [dmz] };
  expect(announcingOf(dmz, [advertisement], pools)).toMatchObject({
    says: 'name dmz in l2/old, which names old and so no pool there is',
    command: patch('old', 'dmz'),
  });
});
