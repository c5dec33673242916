import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/core/gitops/manifest-documents.ts';
import { manifestSet } from '../../../src/core/gitops/manifest-set.ts';
import { manifestWarnings } from '../../../src/core/gitops/manifest-warnings.ts';

const around = {
  namespace: 'metallb-system',
  version: 'v0.16.1',
  isVersionAssumed: false,
  bgpType: 'frr',
  unread: [],
  cluster: undefined,
};
const object = (kind: string, spec: object) =>
  JSON.stringify({ apiVersion: 'metallb.io/v1beta1', kind, metadata: { name: 'lan' }, spec });
const lonely = [
  object('IPAddressPool', { addresses: ['10.0.0.1/24'], autoAssign: false }),
  object('L2Advertisement', { ipAddressPools: ['gone'] }),
  object('BGPAdvertisement', { ipAddressPools: ['gone'], peers: ['gone'] }),
  object('BGPPeer', {
    myASN: 1,
    peerASN: 2,
    peerAddress: '10.0.0.1',
    passwordSecret: { name: 's' },
  }),
];

async function rules(...more: readonly string[]) {
  const text = [...lonely, ...more].join('\n---\n');
  const files = [await parseManifest({ path: 'm.yaml', text })];
  const found = manifestWarnings(manifestSet('m', files, 'metallb-system'), around);
  return found.map(({ rule }) => rule).toSorted();
}

test('what manifests name and do not hold is told', async () => {
  expect(await rules()).toEqual([
    'host-bits',
    'missing-secret',
    'nothing-automatic',
    'pool-unadvertised',
    'unknown-peer',
    'unknown-pool',
    'unknown-pool',
  ]);
});

test.each([
  ['a template', object('IPAddressPool', { addresses: ['${RANGE}'] })],
  ['what is no YAML', 'kind: A\n]'],
  ['a kind that is misspelled', object('L2Advertisment', {})],
])('nothing is missed while it may stand in %s', async (_, text) => {
  expect(await rules(text)).toEqual(['host-bits']);
});

test("a template of something else may hold none of MetalLB's objects", async () => {
  expect(await rules('{"kind":"ConfigMap","data":{"a":"${A}"}}')).toContain('unknown-pool');
});
