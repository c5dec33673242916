import { expect, test } from 'vitest';
import { diagnose } from '../../src/checks/diagnose.ts';
import type { IPAddressPool } from '../../src/core/facts/kube-objects.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aPool } from '../builders/some-objects.ts';
import { serviceIn } from './case.ts';

const key = 'shop/checkout';
const lan = aPool('lan', '10.4.11.10/32');

function lastDetail(metadata: Partial<IPAddressPool['metadata']>) {
  const snapshot = aSnapshot()
    .withPool({ ...lan, metadata: { ...lan.metadata, ...metadata } })
    .withService(aService('shop/cart', { ip: '10.4.11.10' }), aService(key))
    .build();
  const subject = serviceIn(snapshot, key);
  return diagnose({ symptom: 'pending', snapshot, subject }).rootCauses[0]?.details.at(-1);
}

const word = (product: string) =>
  `${product} keeps IPAddressPool metallb-system/lan as it stands in Git: make the change there as well, or it is taken back`;
const held = 'lan is held by shop/cart (10.4.11.10)';

test.each([
  ['by the label of Argo CD', { labels: { 'argocd.argoproj.io/instance': 'lb' } }, word('Argo CD')],
  [
    'by the annotation of Argo CD',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'lb:metallb.io/IPAddressPool:x/lan' } },
    word('Argo CD'),
  ],
  ['by the label of Flux', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'lb' } }, word('Flux')],
  ['by its last writer', { managedFields: [{ manager: 'kustomize-controller' }] }, word('Flux')],
  [
    'by no one who only writes a status',
    { managedFields: [{ manager: 'argocd-controller', subresource: 'status' }] },
    held,
  ],
  ['by nobody', {}, held],
])('who keeps an object in Git is told beside a change of it: %s', (_title, metadata, expected) => {
  expect(lastDetail(metadata)).toBe(expected);
});
