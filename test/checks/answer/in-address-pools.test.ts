import { expect, test } from 'vitest';
import { inAddressPools } from '../../../src/checks/answer/in-address-pools.ts';
import type { Conclusion } from '../../../src/core/diagnosis/conclude.ts';
import type { RootCause } from '../../../src/core/facts/finding.ts';
import type { IPAddressPool } from '../../../src/core/facts/kube-objects.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPool } from '../../builders/some-objects.ts';

const old = (name: string) => aPool(name, '10.4.11.0/24', { protocol: 'layer2' });

function told(pools: readonly IPAddressPool[], commands: readonly string[]) {
  const root: RootCause = {
    cause: 'pool-exhausted',
    check: 'MLB-A02',
    severity: 'error',
    confidence: 0.9,
    about: { kind: 'IPAddressPool', namespace: 'metallb-system', name: 'lan' },
    says: 'IPAddressPool metallb-system/lan and IPAddressPool metallb-system/new',
    details: ['by L2Advertisement lan, BGPAdvertisement metallb-system/lan#2: full'],
    explains: [],
    because: [],
    wouldChangeMyMind: [],
    remedies: commands.map((command, index) => ({ says: 'x', command, mutates: index % 2 === 1 })),
  };
  const found: Conclusion = {
    rootCauses: [root],
    ruledOut: [],
    unknowns: [],
    verdicts: [],
    evidence: {},
  };
  const { readings } = aSnapshot()
    .with('ipAddressPools', ...pools)
    .build();
  return inAddressPools(found, readings).rootCauses[0];
}

const commands = [
  'kubectl -n metallb-system get ipaddresspools.metallb.io -o yaml',
  'kubectl -n metallb-system edit ipaddresspool lan',
  'kubectl -n metallb-system get ipaddresspool new',
  'kubectl -n metallb-system edit ipaddresspools.metallb.io',
  'kubectl get nodes',
];

test('an AddressPool is called by its kind, in words and in commands, and others by theirs', () => {
  const said = told([old('lan'), aPool('new', ['10.4.12.0/24'])], commands);
  expect(said?.about.kind).toBe('AddressPool');
  expect(said?.says).toBe('AddressPool metallb-system/lan and IPAddressPool metallb-system/new');
  expect(said?.details).toEqual(['by AddressPool lan, AddressPool metallb-system/lan: full']);
  expect(said?.remedies.map(({ command }) => command)).toEqual([
    'kubectl -n metallb-system get ipaddresspools.metallb.io,addresspools.metallb.io -o yaml',
    'kubectl -n metallb-system edit addresspool lan',
    'kubectl -n metallb-system get ipaddresspool new',
    'kubectl -n metallb-system edit ipaddresspools.metallb.io',
    'kubectl get nodes',
  ]);
});

test('where there is no other kind, all pools are AddressPools', () => {
  expect(told([old('lan')], commands)?.remedies.map(({ command }) => command)).toEqual([
    'kubectl -n metallb-system get addresspools.metallb.io -o yaml',
    'kubectl -n metallb-system edit addresspool lan',
    'kubectl -n metallb-system get ipaddresspool new',
    'kubectl -n metallb-system edit addresspools.metallb.io',
    'kubectl get nodes',
  ]);
});

test('without AddressPools nothing is said otherwise', () => {
  expect(told([aPool('lan', ['10.4.11.0/24'])], commands)?.about.kind).toBe('IPAddressPool');
});
