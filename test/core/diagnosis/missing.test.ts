import { expect, test } from 'vitest';
import { missingFact } from '../../../src/core/diagnosis/missing.ts';

const confined = { state: 'read', items: [], within: 'shop' } as const;

test.each([
  ['networkPolicies', 'networkpolicies'],
  ['calicoNetworkPolicies', 'networkpolicies.crd.projectcalico.org'],
  ['calicoGlobalNetworkPolicies', 'globalnetworkpolicies'],
  ['ciliumNetworkPolicies', 'ciliumnetworkpolicies'],
  ['otherLogs', 'pods/log'],
] as const)('%s are told as %s, which no other kind is called', (key, name) => {
  const { fact, permission } = missingFact(key, confined, undefined);
  expect({ fact, permission }).toEqual({ fact: name, permission: `list ${name}` });
});
