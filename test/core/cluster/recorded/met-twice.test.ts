import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCluster } from '../../../../src/core/cluster/open-cluster.ts';
import { itemsIfRead } from '../../../../src/core/facts/reading.ts';
import { forPending, never } from '../gathering.ts';
import { aPod, aPool, aService } from '../sample-objects.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'triage-twice-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function write(name: string, ...objects: readonly object[]): Promise<void> {
  const path = join(directory, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
}

async function log(name: string, content: string): Promise<void> {
  await mkdir(dirname(join(directory, name)), { recursive: true });
  await writeFile(join(directory, name), content);
}

async function read() {
  const reader = await openCluster({ kind: 'recorded', path: directory });
  return await reader.gather(forPending, never);
}

/** What is said of objects that stand twice. */
async function notices(): Promise<readonly string[]> {
  return ((await read()).notices ?? []).filter((line) => line.includes(' stands in '));
}

async function labels(): Promise<readonly (string | undefined)[]> {
  const { readings } = await read();
  return itemsIfRead(readings.services).map(({ metadata }) => metadata.labels['is']);
}

const service = (is: string, extra: object = {}) =>
  aService('shop', 'checkout', { labels: { is }, ...extra });
const at = (uid: string, resourceVersion?: string) => ({ uid, resourceVersion });

const node = (resourceVersion?: string, labels: object = { is: resourceVersion }) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'worker-1', uid: 'n', resourceVersion, labels },
});
const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

const incidents = join(import.meta.dirname, '../../../incidents');

describe('two dumps in one folder', () => {
  test.each([
    ['before', 'after'],
    ['before', 'z'],
  ])('are refused, whatever they are called: %s and %s', async (sick, healthy) => {
    await cp(`${incidents}/pool-exhausted/sick`, join(directory, sick), { recursive: true });
    await cp(`${incidents}/pool-exhausted/healthy`, join(directory, healthy), { recursive: true });
    const [one, other] = [sick, healthy].toSorted();
    await expect(read()).rejects.toMatchObject({
      name: 'UsageError',
      message: `${directory} holds more than one dump: Service shop/checkout stands in ${one}/workload.yaml, and with another content in ${other}/workload.yaml`,
      suggestions: [
        `name one of them: --from ${directory}/${one}`,
        'or remove the older one, where one file only takes the place of the other',
        `triage health --from ${directory}/${one},${directory}/${other}`,
        `triage diff ${directory}/${one} ${directory}/${other}`,
      ],
    });
  });

  test('of two clusters are refused, by the uid of what both have', async () => {
    await write('all.yaml', aService('default', 'kubernetes', at('east', '7')));
    await write('more/west.yaml', aService('default', 'kubernetes', at('west', '9')));
    await expect(read()).rejects.toMatchObject({
      message: `${directory} holds more than one dump: Service default/kubernetes stands in all.yaml, and with another uid in more/west.yaml`,
      suggestions: [
        `name one of them: --from ${directory}/all.yaml`,
        'or remove the older one, where one file only takes the place of the other',
        `triage health --from ${directory}/all.yaml,${directory}/more`,
      ],
    });
  });

  test('of two clusters in one file are refused', async () => {
    await write(
      'all.yaml',
      aService('default', 'kubernetes', at('east')),
      aService('default', 'kubernetes', at('west')),
    );
    await expect(read()).rejects.toMatchObject({
      message: `${directory} holds more than one dump: Service default/kubernetes stands twice in all.yaml, with another uid`,
      suggestions: ['put each dump into a file of its own'],
    });
  });

  test('of two moments are refused when only one thing is gone', async () => {
    await write('monday/all.yaml', service('same', at('a', '7')), aService('shop', 'gone'));
    await write('tuesday/all.yaml', service('same', at('a', '7')));
    await expect(read()).rejects.toThrow(
      'Service shop/gone stands in monday/all.yaml, and not in tuesday/all.yaml',
    );
  });

  test('of two moments are refused when only a log tells them apart', async () => {
    await write('a/pods.yaml', aPod({ role: 'speaker', name: 'speaker-1' }));
    await write('b/pods.yaml', aPod({ role: 'speaker', name: 'speaker-1' }));
    await log('a/logs/metallb-system/speaker-1.log', 'one\n');
    await log('b/logs/metallb-system/speaker-1.log', 'two\n');
    await expect(read()).rejects.toThrow(
      /the log of metallb-system\/speaker-1 speaker stands in a\/\S+, and with another content in b\//,
    );
  });

  test('of two moments are refused when only a Node tells them apart', async () => {
    await write('monday/all.yaml', service('same', at('a', '7')), node('7'));
    await write('tuesday/all.yaml', service('same', at('a', '7')), node('8'));
    await expect(read()).rejects.toThrow(
      'Node worker-1 stands in monday/all.yaml, and with another content in tuesday/all.yaml',
    );
  });

  test('of two moments are refused when no resourceVersion tells which is the newer', async () => {
    await write('monday/all.yaml', service('old', at('a')));
    await write('tuesday/all.yaml', service('new', at('a')));
    await expect(read()).rejects.toThrow(
      'Service shop/checkout stands in monday/all.yaml, and with another content in tuesday/all.yaml',
    );
  });

  test('without a uid are refused where nothing tells which is the newer', async () => {
    await write('a.yaml', aPool('metallb-system', 'lan', ['10.0.0.0/24']));
    await write('b.yaml', aPool('metallb-system', 'lan', ['10.1.0.0/24']));
    await expect(read()).rejects.toThrow(
      'IPAddressPool metallb-system/lan stands in a.yaml, and with another content in b.yaml',
    );
  });
});

test.each([
  [['a.json'], 'a.json'],
  [['a.json', 'b.json'], 'a.json, b.json'],
])('a folder of recordings of triage names them: %s', async (files, said) => {
  for (const file of files) {
    await writeFile(join(directory, file), '{"schemaVersion":"triage.snapshot/v1"}');
  }
  await expect(read()).rejects.toMatchObject({
    message: `${directory} holds recordings of triage (${said}): each is given by itself`,
    suggestions: [`name one of them: --from ${directory}/a.json`],
  });
});

test('a recording of triage that lies in a dump is told, and not read', async () => {
  await write('all.yaml', service('same'));
  await writeFile(join(directory, 'a.json'), '{"schemaVersion":"triage.snapshot/v1"}');
  expect((await read()).notices).toContain(
    'a recording of triage is given by itself, and so not read here: a.json',
  );
});

describe('one object in two files of one dump', () => {
  test('with the same content is one object, and nothing is said of it', async () => {
    await write('all.yaml', service('same', at('a', '7')), aService('shop', 'other'));
    await write('services.yaml', service('same', at('a', '7')));
    expect(await notices()).toEqual([]);
    expect(await labels()).toEqual(['same', undefined]);
  });

  test('printed once with and once without who wrote it is one object', async () => {
    const managedFields = [{ manager: 'kubectl', time: '2026-01-01T00:00:00Z' }];
    await write('all.yaml', service('same', { ...at('a'), managedFields }));
    await write('services.yaml', service('same', at('a')));
    expect(await notices()).toEqual([]);
    expect((await read()).readings.services).toMatchObject({
      items: [{ metadata: { managedFields: [{ manager: 'kubectl' }] } }],
    });
  });

  test.each([
    ['10', '9', 'old', 'all.yaml and svc.yaml'],
    ['9', '10', 'new', 'svc.yaml and all.yaml'],
  ])('got later is taken as the newer one has it: %s and %s', async (first, again, is, files) => {
    await write('all.yaml', service('old', at('a', first)));
    await write('svc.yaml', service('new', at('a', again)));
    expect(await labels()).toEqual([is]);
    expect(await notices()).toEqual([
      `Service shop/checkout stands in ${files}, at two times: the newer is taken; what was deleted in between still counts`,
    ]);
  });

  test('of one file is taken as the end of it has it, and that is said', async () => {
    await write('all.yaml', service('old', at('a')), service('new', at('a')));
    expect(await labels()).toEqual(['new']);
    expect(await notices()).toEqual([
      'Service shop/checkout stands in all.yaml twice, at two times: the newer is taken; what was deleted in between still counts',
    ]);
  });

  test('made anew in between is taken as it was made last', async () => {
    const other = aService('shop', 'other', at('o', '1'));
    const created = (uid: string, creationTimestamp: string) => ({ uid, creationTimestamp });
    await write('a.yaml', other, service('new', created('b', '2026-01-02T00:00:00Z')));
    await write('b.yaml', other, service('old', created('a', '2026-01-01T00:00:00Z')));
    expect(await labels()).toEqual(['new', undefined]);
  });

  test('gives way, where it has no uid, to what the server printed', async () => {
    await write('dump.yaml', service('real', at('a', '7')));
    await write('manifest.yaml', service('wanted'));
    expect(await labels()).toEqual(['real']);
    expect(await notices()).toEqual([
      'Service shop/checkout stands in dump.yaml and manifest.yaml: the one with a uid is taken, manifest.yaml is a manifest',
    ]);
  });

  test('of a must-gather, whose images gather one after the other, is no clash', async () => {
    const path = 'namespaces/shop/core/services.yaml';
    await write(`must-gather/quay-io-a/${path}`, service('old', at('a', '7')));
    await write(`must-gather/quay-io-b/${path}`, service('new', at('a', '8')));
    expect(await labels()).toEqual(['new']);
  });

  test('that each folder of a namespace holds is no clash', async () => {
    await write('shop/all.yaml', service('one'), node('7'));
    await write('web/all.yaml', aService('web', 'front'), node('8'));
    expect((await read()).readings.nodes).toMatchObject({
      items: [{ metadata: { labels: { is: '8' } } }],
    });
  });

  test('that each folder of a namespace holds is no clash where one holds nothing else', async () => {
    await write('empty/all.yaml', node('8'));
    await write('shop/all.yaml', service('one'), node('7'));
    await write('web/all.yaml', aService('web', 'front'), node('9'));
    expect((await read()).readings.nodes).toMatchObject({
      items: [{ metadata: { labels: { is: '9' } } }],
    });
    expect(await notices()).toEqual([
      'Node worker-1 stands in empty/all.yaml and shop/all.yaml, at two times (and 1 more like it): the newer is taken; what was deleted in between still counts',
    ]);
  });

  test('that the folder of an empty namespace holds too is no clash', async () => {
    await write('namespaces.yaml', namespace('empty'), namespace('shop'));
    await write('empty/all.yaml', node(undefined, { is: 'first' }));
    await write('shop/all.yaml', service('one'), node(undefined, { is: 'again' }));
    expect((await read()).readings.nodes).toMatchObject({
      items: [{ metadata: { labels: { is: 'again' } } }],
    });
  });

  test('is no clash where one file holds fewer kinds', async () => {
    await write('all/shop.yaml', service('same', at('a')), aPod({ role: 'speaker', name: 's' }));
    await write('services/shop.yaml', service('same', at('a')));
    expect(await labels()).toEqual(['same']);
  });

  test('is no clash where one file holds fewer namespaces', async () => {
    await write('all/services.yaml', service('same', at('a')), aService('web', 'front'));
    await write('shop/services.yaml', service('same', at('a')));
    expect(await labels()).toEqual(['same', undefined]);
  });

  test('without a resourceVersion is taken from the file read last, and that is said', async () => {
    await write('all.yaml', service('one', at('a')));
    await write('svc.yaml', service('other', at('a')));
    expect(await labels()).toEqual(['other']);
    expect(await notices()).toEqual([
      'Service shop/checkout stands in svc.yaml and all.yaml, with another content: svc.yaml is taken, as nothing tells which is the newer',
    ]);
  });

  test('that comes and goes by itself is no clash', async () => {
    const pod = aPod({ role: 'speaker', name: 'speaker-1' });
    const made = (uid: string) => ({ ...pod, metadata: { ...pod.metadata, uid } });
    await write('all.yaml', made('a'));
    await write('pods/speaker-1.yaml', made('b'));
    expect(itemsIfRead((await read()).readings.pods)).toHaveLength(1);
  });
});

describe('one log in two folders of one dump', () => {
  const speaker = aPod({ role: 'speaker', name: 'speaker-1' });
  const runs = async () =>
    (await read()).logs.map(({ pod, previous, lines }) => [pod, previous, itemsIfRead(lines)]);

  test('is that of the run before where a folder says so', async () => {
    await write('all.yaml', speaker);
    await log('current/speaker.log', 'now\n');
    await log('previous/speaker.log', 'then\n');
    expect(await runs()).toEqual([
      ['speaker-1', false, ['now']],
      ['speaker-1', true, ['then']],
    ]);
    expect(await notices()).toEqual([]);
  });

  test('is read from both where no objects lie beside them, and that is said', async () => {
    await write('all.yaml', speaker);
    await log('early/speaker.log', 'then\n');
    await log('late/speaker.log', 'now\n');
    expect((await runs()).map(([, , lines]) => lines)).toEqual([['then'], ['now']]);
    expect(await notices()).toEqual([
      'the log of metallb-system/speaker-1 speaker stands in early/speaker.log, and with another content in late/speaker.log: both are read',
    ]);
  });
});
