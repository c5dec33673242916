import { expect, test } from 'vitest';
import { factsFor } from '../../src/checks/facts-for.ts';
import { checks } from '../../src/checks/index.ts';

test('a look at the whole cluster wants thirteen kinds, and a few more only when something refers to them', () => {
  expect(factsFor('health', undefined)).toEqual({
    facts: [
      'addressPools',
      'bgpAdvertisements',
      'configurationStates',
      'daemonSets',
      'deployments',
      'endpointSlices',
      'events',
      'ipAddressPools',
      'l2Advertisements',
      'nodes',
      'pods',
      'services',
      'validatingWebhooks',
    ],
    factsIfSelected: [
      'namespaces',
      'bfdProfiles',
      'bgpPeers',
      'communities',
      'bgpSessionStates',
      'configMaps',
    ],
    factsWithoutPools: [],
    logs: ['controller', 'speaker'],
    service: undefined,
  });
});

test('a look at one Service wants no webhook and no speaker log', () => {
  const service = { namespace: 'shop', name: 'checkout' };
  expect(factsFor('pending', service)).toEqual({
    facts: [
      'addressPools',
      'bgpAdvertisements',
      'communities',
      'configurationStates',
      'daemonSets',
      'deployments',
      'endpointSlices',
      'events',
      'ipAddressPools',
      'l2Advertisements',
      'namespaces',
      'nodes',
      'pods',
      'services',
    ],
    factsIfSelected: [],
    factsWithoutPools: ['configMaps'],
    logs: ['controller'],
    service,
  });
});

test('fewer checks want fewer facts', () => {
  const one = checks.filter(({ id }) => id === 'MLB-H04');
  expect(factsFor('health', undefined, one).facts).toEqual(['services']);
});

test('a look at traffic wants what is behind the Service, and chooses among many speakers', () => {
  const service = { namespace: 'shop', name: 'checkout' };
  const wanted = factsFor('no-traffic', service);
  expect(wanted).toMatchObject({ backends: true, heard: expect.any(Function), service });
  // the way of an address is drawn from these, whichever checks are asked
  const { facts } = factsFor('no-traffic', service, []);
  expect(facts).toEqual(expect.arrayContaining(['services', 'nodes', 'serviceL2Statuses']));
});

test('a look at traffic wants the kinds of BGP and namespaces only when something refers to them', () => {
  const { facts, factsIfSelected, factsWithoutPools } = factsFor('no-traffic', undefined);
  expect(factsIfSelected).toEqual([
    'namespaces',
    'bfdProfiles',
    'communities',
    'serviceBGPStatuses',
    'bgpSessionStates',
    'frrNodeStates',
  ]);
  expect(facts.filter((kind) => factsIfSelected?.includes(kind))).toEqual([]);
  expect(factsWithoutPools).toEqual([]);
});
