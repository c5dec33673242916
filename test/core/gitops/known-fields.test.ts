import { expect, test } from 'vitest';
import { unknownFields } from '../../../src/core/gitops/known-fields.ts';
import { parseManifest } from '../../../src/core/gitops/manifest-documents.ts';
import { manifestSet, manifestsOf } from '../../../src/core/gitops/manifest-set.ts';

async function advice(kind: string, rest: string) {
  const text = `apiVersion: metallb.io/v1beta1\nkind: ${kind}\n${rest}\n`;
  const file = await parseManifest({ path: 'm.yaml', text });
  return manifestsOf(manifestSet('m', [file], 'metallb-system'))
    .flatMap(unknownFields)
    .map((field) => `${field.path}: ${field.advice}`);
}

test.each([
  [
    'the neighbour it looks like, though another place has the very name',
    'IPAddressPool',
    'spec: {serviceAllocation: {namespace: [shop], priority: 50}}',
    'spec.serviceAllocation.namespace: did you mean namespaces?',
  ],
  [
    'part of a neighbour, whatever the case',
    'L2Advertisement',
    'spec: {nodeSelectors: [{labels: {a: b}}]}',
    'spec.nodeSelectors[0].labels: did you mean matchLabels?',
  ],
  [
    "never the object's own labels for those of a rule deep inside",
    'IPAddressPool',
    'spec: {serviceAllocation: {annotations: {a: b}}}',
    'spec.serviceAllocation.annotations: only priority, namespaces, namespaceSelectors and serviceSelectors are known here',
  ],
  [
    'a label of a selector, which would select everything without it',
    'L2Advertisement',
    'spec: {nodeSelectors: [{kubernetes.io/hostname: a}]}',
    'spec.nodeSelectors[0].kubernetes.io/hostname: put it under matchLabels',
  ],
  ['what nothing is like', 'IPAddressPool', 'spec: {protocol: bgp}', 'spec.protocol: take it out'],
  [
    'the only place of that name',
    'IPAddressPool',
    'spec: {namespaces: [shop]}',
    'spec.namespaces: it belongs at spec.serviceAllocation.namespaces',
  ],
  [
    'the place one step further out',
    'IPAddressPool',
    'spec: {serviceAllocation: {addresses: [10.0.0.0/24]}}',
    'spec.serviceAllocation.addresses: it belongs at spec.addresses',
  ],
  [
    'the namespace of the object beside its spec',
    'IPAddressPool',
    'namespace: metallb-system',
    'namespace: it belongs at metadata.namespace',
  ],
])('%s', async (_, kind, rest, expected) => {
  expect(await advice(kind, rest)).toEqual([expected]);
});
