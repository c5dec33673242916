import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
import { withAddressPools } from '../../../src/core/cluster/address-pools.ts';
import { openDumpDirectory } from '../../../src/core/cluster/recorded/open-dump.ts';
import { parseSnapshot } from '../../../src/core/cluster/recorded/parse-snapshot.ts';
import { itemsIfRead } from '../../../src/core/facts/reading.ts';
import type { Snapshot } from '../../../src/core/facts/snapshot.ts';
import { everyMetalLBKind, fakeApi, forbidding } from './fake-api-server.ts';
import { gatherFrom } from './gathering.ts';
import { aCluster, aPool, aService, aWorkload } from './sample-objects.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triage-address-pools-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function anAddressPool(name: string, spec: object, namespace = 'metallb-system') {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'AddressPool',
    metadata: { name, namespace, labels: { tier: 'old' } },
    spec,
  };
}

const lan = anAddressPool('lan', { protocol: 'layer2', addresses: ['10.4.11.10-10.4.11.19'] });
const wan = anAddressPool('wan', {
  protocol: 'bgp',
  addresses: ['192.0.2.0/28'],
  autoAssign: false,
  bgpAdvertisements: [{ aggregationLength: 28, localPref: 100, communities: ['65535:65281'] }, {}],
});

const holder = {
  ...aService('shop', 'web'),
  status: { loadBalancer: { ingress: [{ ip: '10.4.11.12' }] } },
};

function programs(version: string) {
  return (['controller', 'speaker'] as const).map((role) =>
    aWorkload({ role, image: `quay.io/metallb/${role}:${version}` }),
  );
}

async function read(version: string, ...more: readonly object[]): Promise<Snapshot> {
  const items = [...programs(version), ...more];
  await writeFile(join(folder, 'all.json'), JSON.stringify({ kind: 'List', items }));
  return await openDumpDirectory({ kind: 'recorded', path: folder });
}

const emptyList = (kind: string) => ({
  apiVersion: 'metallb.io/v1beta1',
  kind: `${kind}List`,
  metadata: { resourceVersion: '1' },
  items: [],
});

async function readWithLists(version: string, ...more: readonly object[]): Promise<Snapshot> {
  for (const kind of ['IPAddressPool', 'L2Advertisement', 'BGPAdvertisement', 'Community']) {
    await writeFile(join(folder, `${kind}.json`), JSON.stringify(emptyList(kind)));
  }
  return await read(version, ...more);
}

describe('the AddressPools of v0.13', () => {
  test('stand among the pools, and announce themselves', async () => {
    const { readings } = await readWithLists('v0.13.12', lan, wan);
    expect(
      itemsIfRead(readings.ipAddressPools).map(({ metadata, spec }) => [metadata.name, spec]),
    ).toEqual([
      ['lan', { addresses: ['10.4.11.10-10.4.11.19'], protocol: 'layer2' }],
      ['wan', { addresses: ['192.0.2.0/28'], autoAssign: false, protocol: 'bgp' }],
    ]);
    expect(itemsIfRead(readings.l2Advertisements)).toMatchObject([
      { metadata: { name: 'lan' }, spec: { ipAddressPools: ['lan'], addressPool: 'lan' } },
    ]);
    expect(itemsIfRead(readings.bgpAdvertisements)).toMatchObject([
      {
        metadata: { name: 'wan' },
        spec: { aggregationLength: 28, localPref: 100, communities: ['65535:65281'] },
      },
      { metadata: { name: 'wan#2' }, spec: { ipAddressPools: ['wan'], addressPool: 'wan' } },
    ]);
  });

  test('are none of v0.14.2, nor of another namespace', async () => {
    const later = await readWithLists('v0.14.2', lan);
    expect(later.readings.ipAddressPools).toEqual({ state: 'read', items: [] });
    const elsewhere = await readWithLists('v0.13.12', anAddressPool('lan', lan.spec, 'other'));
    expect(elsewhere.readings.ipAddressPools).toEqual({ state: 'read', items: [] });
  });

  test('stay what they are in a recording, and are added once however often one looks', async () => {
    const first = await readWithLists('v0.13.12', lan, wan);
    const again = parseSnapshot(JSON.parse(JSON.stringify(first)), 'x');
    expect(again.readings.ipAddressPools).toEqual(first.readings.ipAddressPools);
    expect(again.readings.bgpAdvertisements).toEqual(first.readings.bgpAdvertisements);
    expect(withAddressPools(again.readings, again.installations)).toEqual(first.readings);
  });

  test('hold the addresses of Services: nobody is told otherwise', async () => {
    const snapshot = await readWithLists('v0.13.12', lan, holder);
    const causes = diagnose({ symptom: 'health', snapshot, subject: undefined }).rootCauses;
    expect(causes.map(({ cause }) => cause)).not.toContain('address-outside-pools');
  });
});

describe('AddressPools that nobody collected', () => {
  test('leave the pools of v0.13 unknown where there is no other', async () => {
    const snapshot = await readWithLists('v0.13.12', holder);
    const { readings } = snapshot;
    const { unknowns } = diagnose({ symptom: 'health', snapshot, subject: undefined });
    expect(unknowns.map(({ fact }) => fact).filter((fact) => /pools|adv/.test(fact))).toEqual([
      'addresspools',
    ]);
    expect(readings.ipAddressPools).toEqual({
      state: 'failed',
      reason: 'the dump holds no addresspools',
      unheld: true,
      without: 'addressPools',
    });
  });

  test('are not missed beside other pools until an address lies outside of them', async () => {
    const fits = aPool('metallb-system', 'a', ['10.4.11.0/24']);
    const known = await readWithLists('v0.13.12', fits, holder);
    const outside = { symptom: 'health', subject: undefined } as const;
    expect(
      diagnose({ ...outside, snapshot: known }).unknowns.map(({ fact }) => fact),
    ).not.toContain('addresspools');
    const strays = aPool('metallb-system', 'a', ['10.9.0.0/24']);
    const unknown = diagnose({
      ...outside,
      snapshot: await readWithLists('v0.13.12', strays, holder),
    });
    expect(unknown.rootCauses.map(({ cause }) => cause)).not.toContain('address-outside-pools');
    expect(unknown.unknowns).toContainEqual({
      fact: 'addresspools',
      why: 'the dump holds no addresspools',
      permission: undefined,
      collect: 'kubectl -n metallb-system get addresspools.metallb.io -o yaml',
    });
  });
});

describe('a cluster that serves AddressPools', () => {
  const objects = [...aCluster().filter((each) => !isProgram(each)), ...programs('v0.13.12'), lan];

  test('is asked for them once, and any other is not', async () => {
    await using api = await fakeApi({ objects, metallbResources: everyMetalLBKind });
    const { readings } = await gatherFrom(api);
    expect(itemsIfRead(readings.ipAddressPools).map(({ metadata }) => metadata.name)).toContain(
      'lan',
    );
    const calls = api.calls.filter(({ path }) => path.includes('/addresspools'));
    expect(calls).toHaveLength(1);
    await using today = await fakeApi({ objects });
    expect((await gatherFrom(today)).readings.addressPools).toEqual({ state: 'absent' });
  });

  test('and denies them: its pools are not known', async () => {
    await using api = await fakeApi({
      objects,
      metallbResources: everyMetalLBKind,
      faults: [forbidding(/\/addresspools/)],
    });
    const { readings } = await gatherFrom(api);
    expect(readings.ipAddressPools).toEqual({
      state: 'forbidden',
      verb: 'list',
      resource: 'addresspools.metallb.io',
    });
  });
});

function isProgram(object: object): boolean {
  return 'kind' in object && (object.kind === 'Deployment' || object.kind === 'DaemonSet');
}
