import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/core/gitops/manifest-documents.ts';
import { manifestSet } from '../../../src/core/gitops/manifest-set.ts';

async function secrets(value: object) {
  const file = await parseManifest({ path: 'm.json', text: JSON.stringify(value) });
  return [...manifestSet('m', [file], 'metallb-system').secrets];
}

const right = { type: 'kubernetes.io/basic-auth', hasPassword: true };
const wrong = { type: 'Opaque', hasPassword: false };
const secret = (more: object) => ({ apiVersion: 'v1', kind: 'Secret', ...more });

test.each([
  ['without a namespace', secret({ metadata: { name: 'bgp' } }), [['bgp', wrong]]],
  [
    'of its namespace',
    secret({ metadata: { name: 'bgp', namespace: 'metallb-system' } }),
    [['bgp', wrong]],
  ],
  ['of another namespace', secret({ metadata: { name: 'bgp', namespace: 'shop' } }), []],
  [
    'that an ExternalSecret makes under another name',
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'from-vault' },
      spec: { target: { name: 'bgp' } },
    },
    [['bgp', right]],
  ],
  [
    'that a SealedSecret makes',
    {
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name: 'bgp' },
      spec: { encryptedData: {} },
    },
    [['bgp', right]],
  ],
])('a Secret %s', async (_, value, expected) => {
  expect(await secrets(value)).toEqual(expected);
});
