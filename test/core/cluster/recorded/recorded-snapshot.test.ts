import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCluster } from '../../../../src/core/cluster/open-cluster.ts';
import { recordSnapshot } from '../../../../src/core/cluster/recorded/record-snapshot.ts';
import type { Snapshot } from '../../../../src/core/facts/snapshot.ts';
import { fakeApi, forbidding } from '../fake-api-server.ts';
import { forPending, gatherFrom, never } from '../gathering.ts';
import { aCluster } from '../sample-objects.ts';

const oldRecording = '{"schemaVersion":"triage.snapshot/v1"}';
let directory = '';
let path = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'triage-recorded-'));
  path = join(directory, 'snapshot.json.gz');
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** Live, with readings in every state and logs that were refused. */
async function aSnapshot(): Promise<Snapshot> {
  await using api = await fakeApi({
    objects: aCluster(),
    logs: { 'metallb-system/controller-1/controller': 'one\ntwo\n' },
    metallbResources: ['v1beta1/ipaddresspools'],
    faults: [forbidding(/\/nodes/)],
  });
  return await gatherFrom(api, {}, { triageVersion: '1.2.3' });
}

async function replay(
  options: { at?: string; namespace?: string; metallbNamespace?: string } = {},
) {
  const reader = await openCluster({ kind: 'recorded', path, ...options });
  return await reader.gather(forPending, never);
}

test('what is recorded is replayed, whole and in the same bytes', async () => {
  const snapshot = await aSnapshot();
  expect(snapshot.readings.nodes.state).toBe('forbidden');
  expect(snapshot.readings.l2Advertisements.state).toBe('absent');
  expect(snapshot.logs.map(({ lines }) => lines.state)).toEqual(['read', 'failed', 'failed']);
  await recordSnapshot(path, snapshot);
  const first = await readFile(path);
  const replayed = await replay();
  expect(replayed).toEqual(snapshot);
  await recordSnapshot(path, replayed);
  expect(await readFile(path)).toEqual(first);
});

test('a recording is only readable for its owner', async () => {
  await recordSnapshot(path, await aSnapshot());
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('so is one that takes the place of a file that others could read', async () => {
  await writeFile(path, oldRecording, { mode: 0o644 });
  await recordSnapshot(path, await aSnapshot());
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(directory)).toEqual(['snapshot.json.gz']);
});

test('a file that is no recording is not replaced', async () => {
  await writeFile(path, 'notes of the night');
  await expect(recordSnapshot(path, await aSnapshot())).rejects.toThrow(
    'is there and is no recording of triage',
  );
  expect(await readFile(path, 'utf8')).toBe('notes of the night');
});

test('a link keeps pointing to where the recording is', async () => {
  const link = join(directory, 'latest');
  await writeFile(path, oldRecording);
  await symlink(path, link);
  await recordSnapshot(link, await aSnapshot());
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect((await replay()).target.context).toBe('lab');
});

test('what is no file is written to, not replaced', async () => {
  const link = join(directory, 'nowhere');
  await symlink('/dev/null', link);
  await recordSnapshot(link, await aSnapshot());
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  expect((await readdir(directory)).toSorted()).toEqual(['nowhere']);
});

test('a recording that cannot take its place leaves nothing behind', async () => {
  await mkdir(path);
  await expect(recordSnapshot(path, await aSnapshot())).rejects.toMatchObject({
    name: 'UsageError',
  });
  expect(await readdir(directory)).toEqual(['snapshot.json.gz']);
});

test('a recording is no text for a terminal: - is refused, not taken for a name', async () => {
  await expect(recordSnapshot('-', await aSnapshot())).rejects.toMatchObject({
    name: 'UsageError',
    message: 'the snapshot goes into a file, not to stdout',
  });
});

test('--at and --namespace change how it is looked at', async () => {
  await recordSnapshot(path, await aSnapshot());
  const options = { at: '2026-04-01T12:00:00+02:00', namespace: 'web' };
  const { takenAt, target } = await replay(options);
  expect(takenAt).toBe('2026-04-01T10:00:00.000Z');
  expect(target.namespace).toBe('web');
});

test('--metallb-namespace that names the one there is changes nothing', async () => {
  const snapshot = await aSnapshot();
  await recordSnapshot(path, snapshot);
  expect(await replay({ metallbNamespace: 'metallb-system' })).toEqual(snapshot);
});

test('--metallb-namespace without MetalLB is refused with the one it is in', async () => {
  await recordSnapshot(path, await aSnapshot());
  await expect(replay({ metallbNamespace: 'other' })).rejects.toMatchObject({
    name: 'UsageError',
    message: 'no MetalLB is in namespace other: it is in namespace metallb-system',
  });
});

test('a place that cannot be written to is a usage error', async () => {
  await expect(recordSnapshot(join(directory, 'no', 'x'), await aSnapshot())).rejects.toMatchObject(
    { name: 'UsageError', message: expect.stringContaining('the snapshot cannot be written to') },
  );
});

describe('refused', () => {
  test('a recording that was cut off', async () => {
    await recordSnapshot(path, await aSnapshot());
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length / 2));
    await expect(replay()).rejects.toMatchObject({
      name: 'UsageError',
      message: `${path} is damaged or cut off: unexpected end of file`,
    });
  });

  test('one that was unzipped and then cut off', async () => {
    await recordSnapshot(path, await aSnapshot());
    const text = gunzipSync(await readFile(path)).toString('utf8');
    await writeFile(path, text.slice(0, text.length / 2));
    await expect(replay()).rejects.toThrow(`${path} is cut off: its JSON does not end`);
  });

  test('one of a newer form', async () => {
    const snapshot = { ...(await aSnapshot()), schemaVersion: 'triage.snapshot/v2' };
    await writeFile(path, gzipSync(JSON.stringify(snapshot)));
    await expect(replay()).rejects.toMatchObject({
      name: 'UsageError',
      message: `${path} was recorded by another triage: its form is triage.snapshot/v2, this one reads triage.snapshot/v1`,
    });
  });

  test('a report of ours, which is no snapshot', async () => {
    await writeFile(path, '{"schemaVersion":"triage.report/v1"}');
    await expect(replay()).rejects.toThrow(`${path} is no snapshot but triage.report/v1`);
  });

  test('a snapshot without readings', async () => {
    await writeFile(
      path,
      '{"schemaVersion":"triage.snapshot/v1","takenAt":"2026-03-01T00:00:00Z"}',
    );
    await expect(replay()).rejects.toThrow(`${path} is no whole snapshot: it lacks readings`);
  });

  test('something else altogether', async () => {
    await writeFile(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]));
    await expect(replay()).rejects.toMatchObject({ name: 'UsageError' });
  });

  test('a path that is not there', async () => {
    await expect(replay()).rejects.toMatchObject({
      name: 'UsageError',
      message: `${path} cannot be read: there is no such file or directory`,
    });
  });

  test('an --at that is no time', async () => {
    await expect(replay({ at: 'yesterday' })).rejects.toThrow('--at yesterday is no time');
  });
});

test('how far a reading went, and why no further, is kept', async () => {
  const snapshot = await aSnapshot();
  const services = { state: 'read', items: [], within: ['a', 'b'], rest: 'denied' };
  await writeFile(
    path,
    JSON.stringify({ ...snapshot, readings: { ...snapshot.readings, services } }),
  );
  expect((await replay()).readings.services).toEqual(services);
});

test('a kind that an older recording does not know is unknown, not empty', async () => {
  const snapshot = await aSnapshot();
  const { services: _, ...readings } = snapshot.readings;
  await writeFile(path, JSON.stringify({ ...snapshot, readings }));
  expect((await replay()).readings.services).toEqual({
    state: 'failed',
    reason: 'the recording holds no services',
    unheld: true,
  });
});

test.each([
  ['no items', { state: 'read' }],
  ['items that are no list', { state: 'read', items: { length: 0 } }],
])('a kind that was read but has %s is unknown, not empty', async (_, services) => {
  const snapshot = await aSnapshot();
  const lost = { ...snapshot.logs[0], lines: { state: 'read' } };
  const readings = { ...snapshot.readings, services };
  await writeFile(path, JSON.stringify({ ...snapshot, readings, logs: [lost] }));
  const replayed = await replay();
  expect(replayed.readings.services).toEqual({
    state: 'failed',
    reason: 'the recording is damaged: it says services were read, and holds no list of them',
  });
  expect(replayed.logs.map(({ lines }) => lines.state)).toEqual(['failed']);
});

test.each([
  ['2026-03-14T04:00:00+01:00', '2026-03-14T03:00:00.000Z'],
  ['14 Mar 2026 03:00:00 GMT (\u001b[31mred)', '2026-03-14T03:00:00.000Z'],
])('the time %j is kept as the moment it means', async (takenAt, moment) => {
  await writeFile(path, JSON.stringify({ ...(await aSnapshot()), takenAt }));
  expect((await replay()).takenAt).toBe(moment);
});
