import { expect, test } from 'vitest';
import { unreadKeys } from '../../../../src/checks/models/allocation/unread-keys.ts';
import { behaviourOf } from '../../../../src/core/metallb/versions.ts';
import { aService } from '../../../builders/a-service.ts';

const recent = behaviourOf('v0.16.1');
const old = behaviourOf('v0.14.8');

function found(
  words: Readonly<Record<'annotations' | 'labels', Readonly<Record<string, string>>>>,
  behaviour = recent,
) {
  return unreadKeys(aService('shop/web', words), behaviour).map(
    ({ where, key, meant, why }) => `${where} ${key}: ${meant}, ${why}`,
  );
}

test('slips of the pen under a prefix of MetalLB are found, and what was meant', () => {
  const annotations = {
    'metallb.io/loadBalancerIP': 'x',
    'metallb.universe.tf/address_pool': 'x',
    'metallb.com/allow-shared-ip': 'x',
  };
  expect(found({ annotations, labels: {} })).toEqual([
    'annotation metallb.com/allow-shared-ip: allow-shared-ip, misspelled',
    'annotation metallb.io/loadBalancerIP: loadBalancerIPs, misspelled',
    'annotation metallb.universe.tf/address_pool: address-pool, misspelled',
  ]);
});

test('a label is no annotation, however well it is spelled', () => {
  expect(found({ annotations: {}, labels: { 'metallb.io/address-pool': 'lan' } })).toEqual([
    'label metallb.io/address-pool: address-pool, is-a-label',
  ]);
});

test('a new prefix is not read by an old release, and is by a new one', () => {
  const words = { annotations: { 'metallb.io/address-pool': 'lan' }, labels: {} };
  expect([found(words), found(words, old)]).toEqual([
    [],
    ['annotation metallb.io/address-pool: address-pool, prefix-too-new'],
  ]);
});

test('what others write is left alone, and so is a slip beside the right name', () => {
  const others = {
    annotations: {
      'metallb.io/ip-allocated-from-pool': 'lan',
      'metallb.io/note': 'x',
      'example.org/address-pool': 'x',
      'metallb.io/address-pool': 'lan',
      'metallb.io/addresspool': 'old',
    },
    labels: { 'address-pool': 'x', 'app.kubernetes.io/name': 'web' },
  };
  expect(found(others)).toEqual([]);
});

test('an empty annotation of the new prefix hides the old one from releases that read both', () => {
  const words = {
    annotations: { 'metallb.io/address-pool': '', 'metallb.universe.tf/address-pool': 'dmz' },
    labels: {},
  };
  expect([found(words), found(words, old)]).toEqual([
    ['annotation metallb.universe.tf/address-pool: address-pool, hidden'],
    [],
  ]);
});

test('a bare annotation counts when it is the very word', () => {
  const annotations = { loadBalancerIPs: '10.0.0.1', 'load-balancer': 'x' };
  expect(found({ annotations, labels: {} })).toEqual([
    'annotation loadBalancerIPs: loadBalancerIPs, misspelled',
  ]);
});
