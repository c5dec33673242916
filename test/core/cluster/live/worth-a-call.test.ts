import { describe, expect, test } from 'vitest';
import { wantedForAnnouncers } from '../../../../src/checks/announcers/announcers-standing.ts';
import { diagnose } from '../../../../src/checks/diagnose.ts';
import { factsFor } from '../../../../src/checks/facts-for.ts';
import { itemsIfRead } from '../../../../src/core/facts/reading.ts';
import type { Snapshot } from '../../../../src/core/facts/snapshot.ts';
import { serviceIn } from '../../../checks/case.ts';
import { fakeApi } from '../fake-api-server.ts';
import { gatherFrom } from '../gathering.ts';
import { aCluster, aWorkload } from '../sample-objects.ts';

const wanted = factsFor('no-traffic', { namespace: 'shop', name: 'checkout' });

const advertised = {
  apiVersion: 'metallb.io/v1beta1',
  kind: 'BGPAdvertisement',
  metadata: { namespace: 'metallb-system', name: 'rack' },
  spec: {},
};

const speaker = (bgpType: string) => ({
  ...aWorkload({ role: 'speaker', env: [{ name: 'METALLB_BGP_TYPE', value: bgpType }] }),
});

async function readFrom(objects: readonly object[], asked = wanted): Promise<Snapshot> {
  await using api = await fakeApi({ objects });
  return await gatherFrom(api, asked);
}

const ofBGP = ['bfdProfiles', 'communities', 'serviceBGPStatuses'] as const;
const ofFRRK8s = ['bgpSessionStates', 'frrNodeStates'] as const;

function statesIn({ readings }: Snapshot, kinds: readonly (keyof Snapshot['readings'])[]) {
  return [...new Set(kinds.map((kind) => readings[kind].state))];
}

describe('a look at traffic', () => {
  test('spares six lists where nothing is advertised by BGP and no pool selects by label', async () => {
    const snapshot = await readFrom(aCluster());
    const spared = [...ofBGP, ...ofFRRK8s, 'namespaces'] as const;
    expect(statesIn(snapshot, spared)).toEqual(['failed']);
    expect(snapshot.receipt.lists).toBe(19);
  });

  test('reads peers even there: without an advertisement they say nothing to anybody', async () => {
    const peer = {
      ...advertised,
      apiVersion: 'metallb.io/v1beta2',
      kind: 'BGPPeer',
      spec: { myASN: 64512, peerASN: 64513, peerAddress: '10.0.0.1', bfdProfile: 'fast' },
    };
    const snapshot = await readFrom([...aCluster(), peer]);
    expect(itemsIfRead(snapshot.readings.bgpPeers)).toHaveLength(1);
    const subject = serviceIn(snapshot, 'shop/checkout');
    const ingress = [{ ip: '10.4.11.10', ports: [] }];
    const served = subject && { ...subject, status: { ...subject.status, ingress } };
    const { rootCauses, unknowns } = diagnose({
      symptom: 'no-traffic',
      snapshot,
      subject: served,
    });
    expect(unknowns).toEqual([]);
    expect(rootCauses.map(({ cause }) => cause)).toContain('bgp-peers-idle');
  });

  test('misses none of them there', async () => {
    const snapshot = await readFrom(aCluster());
    const subject = serviceIn(snapshot, 'shop/checkout');
    const ingress = [{ ip: '10.4.11.10', ports: [] }];
    const served = subject && { ...subject, status: { ...subject.status, ingress } };
    const { unknowns, verdicts } = diagnose({ symptom: 'no-traffic', snapshot, subject: served });
    expect(unknowns).toEqual([]);
    expect(verdicts.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(10);
  });

  test('reads the kinds of BGP where something is advertised by it, and those of FRR-K8s only if speakers use it', async () => {
    const others = aCluster().filter(({ kind }) => kind !== 'DaemonSet');
    const snapshotOf = (bgpType: string) => readFrom([...others, advertised, speaker(bgpType)]);
    const native = await snapshotOf('native');
    expect(statesIn(native, ofBGP)).toEqual(['read']);
    expect(statesIn(native, ofFRRK8s)).toEqual(['failed']);
    expect(statesIn(await snapshotOf('frr-k8s'), [...ofBGP, ...ofFRRK8s])).toEqual(['read']);
  });

  test('reads them too where no speaker says how it speaks BGP', async () => {
    const others = aCluster().filter(({ kind }) => kind !== 'DaemonSet' && kind !== 'Pod');
    expect(statesIn(await readFrom([...others, advertised]), ofFRRK8s)).toEqual(['read']);
  });
});

describe('a look at the announcers of all Services', () => {
  const ofAll = wantedForAnnouncers(undefined);

  test('reads what speakers say, and spares sessions where nothing is advertised by BGP', async () => {
    const snapshot = await readFrom(aCluster(), ofAll);
    expect(snapshot.receipt.logs).toBeGreaterThan(0);
    expect(statesIn(snapshot, ['bgpSessionStates'])).toEqual(['failed']);
  });

  test('reads what tells of sessions where something is', async () => {
    const native = await readFrom([...aCluster(), advertised], ofAll);
    expect(native.receipt.logs).toBeGreaterThan(0);
    const others = aCluster().filter(({ kind }) => kind !== 'DaemonSet');
    const left = await readFrom([...others, advertised, speaker('frr-k8s')], ofAll);
    expect(statesIn(left, ['bgpSessionStates'])).toEqual(['read']);
  });
});
