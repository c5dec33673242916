import { expect, test } from 'vitest';
import { advertiseRemedies } from '../../../../src/checks/models/configuration/advertise-remedies.ts';
import { aPool, anL2Advertisement } from '../../../builders/some-objects.ts';

const pools = [aPool('lan', '10.0.0.0/30'), aPool('dmz', '10.0.1.0/30')] as const;

test('an advertisement that has the name of the pool already is added to, not written over', () => {
  const taken = anL2Advertisement('lan', { ipAddressPools: ['dmz'] });
  const other = anL2Advertisement('dmz', { ipAddressPools: ['dmz'] });
  expect(advertiseRemedies(pools[0], [taken, other], pools)).toEqual([
    {
      says: 'name lan in l2/lan too, which names dmz',
      command: `kubectl -n metallb-system patch l2advertisement lan --type=merge -p '{"spec":{"ipAddressPools":["dmz","lan"]}}'`,
      mutates: true,
    },
  ]);
});

test('a name that is free gets an advertisement of its own', () => {
  const other = anL2Advertisement('dmz', { ipAddressPools: ['dmz'] });
  const [remedy] = advertiseRemedies(pools[0], [other], pools);
  expect(remedy?.command).toContain('"kind":"L2Advertisement","metadata":{"name":"lan"');
});

test('of an advertisement with the name of the pool that is left behind no manifest is written over it', () => {
  const left = anL2Advertisement('lan', { ipAddressPools: ['old'], nodeSelectors: [] });
  const other = anL2Advertisement('dmz', { ipAddressPools: ['dmz'] });
  expect(advertiseRemedies(pools[0], [left, other], pools)).toEqual([
    {
      says: 'name lan in l2/lan, which names old and so no pool there is',
      command: `kubectl -n metallb-system patch l2advertisement lan --type=merge -p '{"spec":{"ipAddressPools":["lan"]}}'`,
      mutates: true,
    },
  ]);
});

test('of several that are left behind the one with the name of the pool is added to', () => {
  const left = anL2Advertisement('lan', { ipAddressPools: ['old'] });
  const other = anL2Advertisement('other', { ipAddressPools: ['older'] });
  expect(advertiseRemedies(pools[0], [left, other], pools)).toEqual([
    {
      says: 'name lan in l2/lan too, which names old',
      command: `kubectl -n metallb-system patch l2advertisement lan --type=merge -p '{"spec":{"ipAddressPools":["old","lan"]}}'`,
      mutates: true,
    },
  ]);
});
