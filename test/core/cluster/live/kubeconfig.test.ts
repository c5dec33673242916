import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LiveSource } from '../../../../src/core/cluster/cluster-source.ts';
import { chosenAccess } from '../../../../src/core/cluster/live/chosen-access.ts';
import { readKubeconfig } from '../../../../src/core/cluster/live/kubeconfig.ts';
import { openCluster } from '../../../../src/core/cluster/open-cluster.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'triage-kubeconfig-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function file(name: string, content: string): Promise<string> {
  const path = join(directory, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function accessWith(source: Partial<LiveSource>) {
  const environment = source.environment ?? {};
  const config = await readKubeconfig({ kubeconfig: source.kubeconfig, environment });
  return chosenAccess(config, { kind: 'live', ...source });
}

const first = `
current-context: prod
contexts:
- {name: prod, context: {cluster: prod, user: oncall, namespace: shop}}
clusters:
- {name: prod, cluster: {server: 'https://prod:6443/', certificate-authority: ca.crt}}
`;
const second = `
current-context: lab
contexts:
- {name: prod, context: {cluster: lab, user: oncall}}
- {name: lab, context: {cluster: lab, user: oncall}}
clusters:
- {name: lab, cluster: {server: 'https://lab:6443'}}
users:
- {name: oncall, user: {client-certificate: certs/me.crt, exec: {command: bin/login}}}
`;

test('several files are merged, and the first that names a thing wins', async () => {
  const KUBECONFIG = [
    await file('a/config', first),
    join(directory, 'missing'),
    await file('b/config', second),
  ].join(':');
  const environment = { KUBECONFIG };
  expect(await accessWith({ environment })).toMatchObject({
    context: 'prod',
    server: 'https://prod:6443',
    namespace: 'shop',
    userName: 'oncall',
  });
  expect(await accessWith({ environment, context: 'lab', namespace: 'web' })).toMatchObject({
    context: 'lab',
    server: 'https://lab:6443',
    namespace: 'web',
  });
});

test('paths are relative to the file they stand in', async () => {
  const KUBECONFIG = [await file('a/config', first), await file('b/config', second)].join(':');
  expect(await accessWith({ environment: { KUBECONFIG } })).toMatchObject({
    cluster: { 'certificate-authority': join(directory, 'a', 'ca.crt') },
    user: {
      'client-certificate': join(directory, 'b', 'certs/me.crt'),
      exec: { command: join(directory, 'b', 'bin/login') },
    },
  });
});

test('without KUBECONFIG the file in the home directory is read', async () => {
  await file('.kube/config', first.replace('user: oncall, ', ''));
  expect(await accessWith({ environment: { HOME: directory } })).toMatchObject({ context: 'prod' });
});

test('--kubeconfig is the only file, and must be there', async () => {
  const KUBECONFIG = await file('config', first);
  const kubeconfig = join(directory, 'missing');
  await expect(accessWith({ kubeconfig, environment: { KUBECONFIG } })).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining(`kubeconfig ${kubeconfig} cannot be read: ENOENT`),
  });
});

test('an unknown context is refused with the nearest names', async () => {
  const kubeconfig = await file('config', second);
  await expect(accessWith({ kubeconfig, context: 'prdo' })).rejects.toMatchObject({
    name: 'UsageError',
    message: 'context "prdo" is not in the kubeconfig',
    suggestions: ['did you mean: prod'],
  });
  await expect(accessWith({ kubeconfig, context: 'somewhere-else' })).rejects.toMatchObject({
    suggestions: ['it has: lab, prod'],
  });
});

test('a context whose cluster or user is not there is refused', async () => {
  const kubeconfig = await file('config', first);
  await expect(accessWith({ kubeconfig })).rejects.toMatchObject({
    name: 'UsageError',
    message: 'context "prod" names the user "oncall", which is not in the kubeconfig',
  });
});

test('a kubeconfig that is no YAML, or no object, is refused with its name', async () => {
  const broken = await file('broken', 'contexts: [');
  await expect(accessWith({ kubeconfig: broken })).rejects.toThrow(
    `kubeconfig ${broken} line 1 is neither YAML nor JSON`,
  );
  const text = await file('text', 'hello');
  await expect(accessWith({ kubeconfig: text })).rejects.toThrow(
    `kubeconfig ${text} is not a kubeconfig: it holds no object`,
  );
});

test('without any kubeconfig and outside a pod, the error says where was looked', async () => {
  const environment = { HOME: directory };
  await expect(openCluster({ kind: 'live', environment })).rejects.toMatchObject({
    name: 'UsageError',
    message: `no kubeconfig found (looked at: ${join(directory, '.kube', 'config')})`,
  });
});

test('contexts without a current one are offered', async () => {
  const kubeconfig = await file('config', second.replace('current-context: lab', ''));
  await expect(accessWith({ kubeconfig })).rejects.toMatchObject({
    message: 'the kubeconfig has no current context',
    suggestions: expect.arrayContaining(['choose one: --context lab | prod']),
  });
});
