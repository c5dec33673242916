import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inClusterAccess } from '../../../../src/core/cluster/live/in-cluster.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'triage-in-cluster-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

const environment = { KUBERNETES_SERVICE_HOST: 'fd00:96::1', KUBERNETES_SERVICE_PORT: '443' };

test('in a pod the ServiceAccount is used', async () => {
  await writeFile(join(directory, 'namespace'), 'tools\n');
  expect(await inClusterAccess({ kind: 'live', as: 'jane' }, environment, directory)).toEqual({
    kubeconfig: undefined,
    context: undefined,
    server: 'https://[fd00:96::1]:443',
    cluster: { 'certificate-authority': join(directory, 'ca.crt') },
    user: { tokenFile: join(directory, 'token') },
    userName: 'the ServiceAccount of this pod',
    namespace: 'tools',
    impersonation: { user: 'jane', groups: [], uid: undefined, extra: new Map() },
  });
});

test('outside a pod there is none', async () => {
  expect(await inClusterAccess({ kind: 'live' }, environment, directory)).toBeUndefined();
  await writeFile(join(directory, 'namespace'), 'tools');
  expect(await inClusterAccess({ kind: 'live' }, {}, directory)).toBeUndefined();
});
