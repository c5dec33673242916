import { expect, test } from 'vitest';
import { parseCalicoNetworkPolicy } from '../../../../src/core/cluster/parse/calico-policy.ts';

const typesOf = (apiVersion: string | undefined, spec: object) =>
  parseCalicoNetworkPolicy({ apiVersion, metadata: { name: 'web', namespace: 'shop' }, spec }).spec
    .types;

test.each([
  ['crd.projectcalico.org/v1', { egress: [{ action: 'Allow' }] }, ['Ingress', 'Egress']],
  [undefined, { egress: [{ action: 'Allow' }] }, ['Ingress', 'Egress']],
  ['crd.projectcalico.org/v1', { types: ['Egress'] }, ['Egress']],
  ['projectcalico.org/v3', { egress: [{ action: 'Allow' }] }, ['Egress']],
  ['projectcalico.org/v3', {}, ['Ingress']],
])('a policy of %s with %j is for %j', (apiVersion, spec, types) => {
  expect(typesOf(apiVersion, spec)).toEqual(types);
});
