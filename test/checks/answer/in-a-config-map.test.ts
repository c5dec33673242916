import { expect, test } from 'vitest';
import { inConfigMap } from '../../../src/checks/answer/in-a-config-map.ts';
import type { RootCause } from '../../../src/core/facts/finding.ts';

const root: RootCause = {
  cause: 'config-rejected',
  check: 'MLB-I09',
  severity: 'error',
  confidence: 0.9,
  about: { kind: 'IPAddressPool', namespace: 'lb', name: 'lan' },
  says: 'because of IPAddressPool lb/lan',
  details: ['IPAddressPool lb/lan: invalid', 'autoAssign is false'],
  explains: [],
  because: [],
  wouldChangeMyMind: [],
  remedies: [
    { says: 'correct it', command: 'kubectl -n lb edit ipaddresspool lan', mutates: true },
    { says: 'look', command: 'kubectl -n lb get ipaddresspools.metallb.io', mutates: false },
    {
      says: 'collect',
      command: 'kubectl get services,ipaddresspools.metallb.io -A -o yaml',
      mutates: false,
    },
    { says: 'something else', command: 'kubectl -n shop edit service web', mutates: true },
  ],
};
const installation = { namespace: 'lb', ignoresExcludeLabel: false, foundBy: [] };

test('where pools stand in a ConfigMap, that is what is told and edited', () => {
  const { rootCauses } = inConfigMap({ rootCauses: [root] }, { ...installation, configMap: 'cm' });
  expect(rootCauses.map(({ says, details }) => [says, details])).toEqual([
    ['because of pool lan', ['pool lan: invalid', 'auto-assign is false']],
  ]);
  expect(rootCauses[0]?.remedies.map(({ command }) => command)).toEqual([
    'kubectl -n lb edit configmap cm',
    'kubectl -n lb get configmap cm -o yaml',
    'kubectl get services -A -o yaml && kubectl -n lb get configmap cm -o yaml',
    'kubectl -n shop edit service web',
  ]);
});

test('any other installation is told as it was', () => {
  expect(inConfigMap({ rootCauses: [root] }, installation)).toEqual({ rootCauses: [root] });
});

test('advertisements and communities stand there too, and the controller reads all of it', () => {
  const of = 'BGPAdvertisement lb/wan#2';
  const refused: RootCause = {
    ...root,
    says: `every speaker refuses its whole configuration because of ${of}`,
    details: [
      `${of}: invalid`,
      'Services still get addresses, the controller reads none of these objects; what was announced goes on',
    ],
    remedies: [
      { says: 'correct it', command: 'kubectl -n lb edit bgpadvertisement wan#2', mutates: true },
      { says: 'see', command: 'kubectl -n lb get community cm -o yaml', mutates: false },
    ],
  };
  const { rootCauses } = inConfigMap(
    { rootCauses: [refused] },
    { ...installation, configMap: 'cm' },
  );
  expect(rootCauses).toEqual([
    {
      ...refused,
      says: 'MetalLB refuses its whole configuration because of the bgp-advertisements of pool wan',
      details: [
        'the bgp-advertisements of pool wan: invalid',
        'the controller refuses it too; what was announced goes on',
      ],
      remedies: [
        { says: 'correct it', command: 'kubectl -n lb edit configmap cm', mutates: true },
        { says: 'see', command: 'kubectl -n lb get configmap cm -o yaml', mutates: false },
      ],
    },
  ]);
});
