import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  checkedPattern,
  placesOf,
  recordPaths,
} from '../../../../src/core/shell/clusters/places.ts';

let folder = '';
let kubeconfig = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'triage-places-'));
  kubeconfig = join(folder, 'config');
  const cluster = (name: string, port: number) => ({
    name,
    cluster: { server: `https://127.0.0.1:${port}/` },
  });
  const context = (name: string, at: string) => ({ name, context: { cluster: at, user: 'me' } });
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      clusters: [cluster('one', 1), cluster('two', 2)],
      users: [{ name: 'me', user: { token: 't' } }],
      contexts: [
        context('west', 'two'),
        context('east', 'one'),
        context('east-admin', 'one'),
        context('gone', 'nowhere'),
      ],
    }),
  );
  writeFileSync(join(folder, 'a,b.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const none = { 'all-contexts': false };

describe('contexts', () => {
  test('one is asked as ever, and none is the current one', async () => {
    expect(await placesOf({ ...none, kubeconfig, context: ['east'] }, [])).toEqual({
      kind: 'one',
      flags: { ...none, kubeconfig, context: 'east', from: undefined },
    });
    expect(await placesOf({ ...none, kubeconfig }, [])).toMatchObject({
      flags: { context: undefined },
    });
  });

  test('one server under two names is read once, and so is a name given twice', async () => {
    const places = await placesOf(
      { ...none, kubeconfig, context: ['east, west', 'east-admin', 'west'] },
      [],
    );
    expect(places).toMatchObject({
      kind: 'several',
      places: [
        { ways: [{ name: 'east', flags: { context: 'east' } }, { name: 'east-admin' }] },
        { ways: [{ name: 'west' }] },
      ],
      notices: [
        'the context west is named twice: it is read once',
        'the contexts east and east-admin lead to the same server: it is read once',
      ],
    });
  });

  test('all of them, in order; a broken entry is a place of its own', async () => {
    const places = await placesOf({ 'all-contexts': true, kubeconfig }, []);
    const names = places.kind === 'several' ? places.places.map(({ ways }) => ways[0]?.name) : [];
    expect(names).toEqual(['east', 'gone', 'west']);
  });

  test('a name that is not there is refused before anything is read, with its neighbours', async () => {
    await expect(placesOf({ ...none, kubeconfig, context: 'east,wset' }, [])).rejects.toMatchObject(
      {
        message: 'context "wset" is not in the kubeconfig',
        suggestions: ['did you mean: west'],
      },
    );
  });

  test('without any context, all of them is a mistake', async () => {
    const empty = join(folder, 'empty');
    writeFileSync(empty, '{}');
    await expect(placesOf({ 'all-contexts': true, kubeconfig: empty }, [])).rejects.toThrow(
      `--all-contexts: there is no context (looked at: ${empty})`,
    );
  });

  test('all of them and some of them contradict each other, unless the environment names the some', async () => {
    const flags = { 'all-contexts': true, kubeconfig, context: 'east' };
    await expect(placesOf(flags, ['--context', 'east'])).rejects.toThrow('exclude each other');
    expect(await placesOf(flags, [])).toMatchObject({ kind: 'several' });
  });
});

describe('recordings', () => {
  test('several are told apart by their paths; a path may hold a comma', async () => {
    const comma = join(folder, 'a,b.json');
    const places = await placesOf({ ...none, from: ['x.gz,y.gz', comma, 'x.gz'] }, []);
    expect(places).toMatchObject({
      places: ['x.gz', 'y.gz', comma].map((from) => ({ ways: [{ name: from, flags: { from } }] })),
      notices: ['the recording x.gz is named twice: it is read once'],
    });
  });

  test('stdin is there once only', async () => {
    await expect(placesOf({ ...none, from: ['-', '-'] }, [])).rejects.toThrow('stdin');
  });
});

describe('file names to record to', () => {
  test('a name without a place for the cluster is refused with one that has it', () => {
    expect(() => checkedPattern('out/before.json.gz')).toThrow(
      expect.objectContaining({
        suggestions: [
          "put {context} into the name, as in: --record 'out/before-{context}.json.gz'",
        ],
      }),
    );
  });

  test('no cluster leaves the folder or takes the file of another', () => {
    const names = ['arn:aws:eks/prod', 'arn:aws:eks-prod', '../../etc/passwd', '..', 'plain'];
    expect([...recordPaths('out/{context}.gz', names).values()]).toEqual([
      'out/arn-aws-eks-prod.gz',
      'out/arn-aws-eks-prod-2.gz',
      'out/etc-passwd.gz',
      'out/cluster.gz',
      'out/plain.gz',
    ]);
  });
});
