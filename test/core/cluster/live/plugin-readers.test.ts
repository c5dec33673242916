import { describe, expect, test } from 'vitest';
import { factsFor } from '../../../../src/checks/facts-for.ts';
import { pluginFacts } from '../../../../src/core/facts/snapshot.ts';
import { itemsIfRead } from '../../../../src/core/facts/reading.ts';
import { fakeApi } from '../fake-api-server.ts';
import { gatherFrom } from '../gathering.ts';
import { aCluster } from '../sample-objects.ts';

const subject = { namespace: 'shop', name: 'checkout' };
const wanted = factsFor('no-traffic', subject);
const policy = (apiVersion: string, kind: string, name: string, namespace?: string) => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
  spec: { endpointSelector: {}, ingress: [{}] },
});

async function readFrom(objects: readonly object[], asked = wanted) {
  await using api = await fakeApi({ objects: [...aCluster(), ...objects] });
  return await gatherFrom(api, asked);
}

const statesIn = async (objects: readonly object[], asked = wanted) => {
  const { readings } = await readFrom(objects, asked);
  return pluginFacts.map((fact) => readings[fact].state);
};

describe('the kinds of network plugins', () => {
  test('cost no call where the server does not serve them', async () => {
    expect(await statesIn([])).toEqual(pluginFacts.map(() => 'absent'));
    const plain = await readFrom([]);
    expect(plain.receipt.lists).toBe(19);
  });

  test('are read where it does, those of a namespace in that of the Service alone', async () => {
    const { readings } = await readFrom([
      policy('cilium.io/v2', 'CiliumNetworkPolicy', 'web', 'shop'),
      policy('cilium.io/v2', 'CiliumNetworkPolicy', 'other', 'other'),
      policy('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', 'all'),
      policy('cilium.io/v2alpha1', 'CiliumL2AnnouncementPolicy', 'announce'),
    ]);
    const names = (fact: (typeof pluginFacts)[number]) =>
      itemsIfRead<{ readonly metadata: { readonly name: string } }>(readings[fact]).map(
        ({ metadata }) => metadata.name,
      );
    expect(names('ciliumNetworkPolicies')).toEqual(['web']);
    expect(names('ciliumClusterwideNetworkPolicies')).toEqual(['all']);
    expect(names('ciliumL2AnnouncementPolicies')).toEqual(['announce']);
    expect(readings.calicoNetworkPolicies).toEqual({ state: 'absent' });
  });

  test('are found where else they are served: in a later version, or by the API server of Calico', async () => {
    const { readings } = await readFrom([
      policy('cilium.io/v2', 'CiliumLoadBalancerIPPool', 'lan'),
      policy('projectcalico.org/v3', 'GlobalNetworkPolicy', 'default-deny'),
    ]);
    expect(itemsIfRead(readings.ciliumLoadBalancerIPPools)).toHaveLength(1);
    expect(itemsIfRead(readings.calicoGlobalNetworkPolicies)).toHaveLength(1);
  });

  test('are nothing that health asks for', async () => {
    const states = await statesIn(
      [policy('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', 'all')],
      factsFor('health', undefined),
    );
    expect(new Set(states)).toEqual(new Set(['failed']));
  });
});
