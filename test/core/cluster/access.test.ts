import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LiveSource } from '../../../src/core/cluster/cluster-source.ts';
import { openCluster } from '../../../src/core/cluster/open-cluster.ts';
import {
  caCertificate,
  client,
  expired,
  oldClient,
  otherCertificate,
  server,
} from './certificates.ts';
import { fakeApi, kubeconfigFor, sendStatus, type FakeApi } from './fake-api-server.ts';
import { forPending, gatherFrom, impatientClock, never } from './gathering.ts';
import { aCluster } from './sample-objects.ts';

const unauthorized = {
  path: /./,
  answer: (response: Parameters<typeof sendStatus>[0]) => sendStatus(response, 401, 'Unauthorized'),
};

/** Writes a kubeconfig of one context beside the API's own, with the user and cluster given. */
async function withUser(api: FakeApi, user: object, cluster: object = {}): Promise<string> {
  const path = join(api.directory, 'other');
  const base = JSON.parse(kubeconfigFor(api.url)) as { clusters: { cluster: object }[] };
  const clusters = [{ name: 'lab', cluster: { ...base.clusters[0]?.cluster, ...cluster } }];
  await writeFile(path, JSON.stringify({ ...base, clusters, users: [{ name: 'oncall', user }] }));
  return path;
}

async function open(source: Partial<LiveSource>) {
  return await openCluster({ kind: 'live', environment: {}, clock: impatientClock(), ...source });
}

describe('who asks', () => {
  test('a token goes into the Authorization header', async () => {
    await using api = await fakeApi({ objects: aCluster() });
    await gatherFrom(api);
    expect(new Set(api.calls.map(({ headers }) => headers.authorization))).toEqual(
      new Set(['Bearer sesame']),
    );
  });

  test('a token file beside the kubeconfig is read', async () => {
    await using api = await fakeApi({ objects: aCluster() });
    await writeFile(join(api.directory, 'token'), 'from-file\n');
    await gatherFrom(api, {}, { kubeconfig: await withUser(api, { tokenFile: 'token' }) });
    expect(api.calls[0]?.headers.authorization).toBe('Bearer from-file');
  });

  test('name and password go into the Authorization header', async () => {
    await using api = await fakeApi({ objects: aCluster() });
    await gatherFrom(
      api,
      {},
      { kubeconfig: await withUser(api, { username: 'a', password: 'b' }) },
    );
    expect(api.calls[0]?.headers.authorization).toBe('Basic YTpi');
  });

  test('an old auth provider is left to client-node', async () => {
    await using api = await fakeApi({ objects: aCluster() });
    const config = { 'access-token': 'from-provider', expiry: '2100-01-01T00:00:00Z' };
    const user = { 'auth-provider': { name: 'gcp', config } };
    await gatherFrom(api, {}, { kubeconfig: await withUser(api, user) });
    expect(api.calls[0]?.headers.authorization).toBe('Bearer from-provider');
  });

  test('--as, --as-group and --as-uid become impersonation headers', async () => {
    await using api = await fakeApi({ objects: aCluster() });
    const flags = { as: 'jane', asGroups: ['dev', 'ops'], asUid: '42' };
    const { target } = await gatherFrom(api, {}, flags);
    expect(target.identity).toBe('jane');
    expect(api.calls[0]?.headers).toMatchObject({
      'impersonate-user': 'jane',
      'impersonate-group': 'dev, ops',
      'impersonate-uid': '42',
    });
  });

  test('the kubeconfig can impersonate too', async () => {
    await using api = await fakeApi({ objects: aCluster() });
    const user = {
      token: 'x',
      as: 'jane',
      'as-groups': ['dev'],
      'as-user-extra': { Scope: ['a'] },
    };
    await gatherFrom(api, {}, { kubeconfig: await withUser(api, user) });
    expect(api.calls[0]?.headers).toMatchObject({
      'impersonate-user': 'jane',
      'impersonate-group': 'dev',
      'impersonate-extra-scope': 'a',
    });
  });

  test('a group without a user cannot be taken on', async () => {
    await using api = await fakeApi();
    await expect(open({ kubeconfig: api.kubeconfig, asGroups: ['dev'] })).rejects.toMatchObject({
      name: 'UsageError',
      message: '--as-group and --as-uid need --as: a group alone cannot be taken on',
    });
  });
});

describe('credential plugins', () => {
  async function plugin(api: FakeApi, script: string): Promise<object> {
    await mkdir(join(api.directory, 'bin'));
    const path = join(api.directory, 'bin', 'login');
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    const apiVersion = 'client.authentication.k8s.io/v1';
    const env = [{ name: 'GREETING', value: 'sesame' }];
    return {
      exec: { apiVersion, command: 'bin/login', args: ['$'], env, interactiveMode: 'Never' },
    };
  }

  test('a plugin beside the kubeconfig is run with its environment, once', async () => {
    await using api = await fakeApi({ objects: aCluster() });
    const script = `echo x >>${api.directory}/runs
case "$KUBERNETES_EXEC_INFO" in *client.authentication.k8s.io/v1*) ;; *) exit 3;; esac
echo "{\\"kind\\":\\"ExecCredential\\",\\"status\\":{\\"token\\":\\"$GREETING-$1\\"}}"`;
    const kubeconfig = await withUser(api, await plugin(api, script));
    const reader = await open({ kubeconfig, environment: { PATH: process.env['PATH'] } });
    await reader.gather(forPending, never);
    await reader.gather(forPending, never);
    expect(api.calls[0]?.headers.authorization).toBe('Bearer sesame-$');
    const { readFile } = await import('node:fs/promises');
    expect(await readFile(join(api.directory, 'runs'), 'utf8')).toBe('x\n');
  });

  test('what a failing plugin says is told', async () => {
    await using api = await fakeApi();
    const user = await plugin(api, 'echo "your session is over" >&2; exit 7');
    const gathering = gatherFrom(api, {}, { kubeconfig: await withUser(api, user) });
    await expect(gathering).rejects.toMatchObject({
      name: 'OutsideError',
      message: `the credential plugin ${api.directory}/bin/login of "oncall" failed with exit code 7: your session is over`,
      suggestions: [`try it by hand: ${api.directory}/bin/login $`],
    });
  });

  test('a plugin that prints no credential is told', async () => {
    await using api = await fakeApi();
    const kubeconfig = await withUser(api, await plugin(api, 'echo hello'));
    await expect(gatherFrom(api, {}, { kubeconfig })).rejects.toThrow('printed no credential');
  });

  test.each([{ apiVersion: 'v1' }, { command: '' }])(
    'a user whose exec names no command is a fault of the kubeconfig: %j',
    async (exec) => {
      await using api = await fakeApi();
      await expect(
        gatherFrom(api, {}, { kubeconfig: await withUser(api, { exec }) }),
      ).rejects.toMatchObject({
        name: 'UsageError',
        message: 'user "oncall" of the kubeconfig has an exec entry that names no command',
      });
    },
  );

  test('a plugin that is not installed comes with its own hint', async () => {
    await using api = await fakeApi();
    const exec = { command: 'no-such-login', installHint: 'brew install no-such-login' };
    await expect(
      gatherFrom(api, {}, { kubeconfig: await withUser(api, { exec }) }),
    ).rejects.toMatchObject({
      name: 'OutsideError',
      message: 'the credential plugin no-such-login of "oncall" is not installed',
      suggestions: ['brew install no-such-login'],
    });
  });

  test('a plugin that hangs is ended with the time limit', async () => {
    await using api = await fakeApi();
    const user = await plugin(api, 'exec sleep 30');
    const source = { kubeconfig: await withUser(api, user), timeoutMs: 300 };
    await expect(gatherFrom(api, {}, source)).rejects.toThrow('was stopped before it answered');
  });
});

test('a server below a path is asked below it, as behind Rancher', async () => {
  await using api = await fakeApi();
  const kubeconfig = await withUser(api, {}, { server: `${api.url}/k8s/clusters/c-1/` });
  await gatherFrom(api, {}, { kubeconfig }).catch(() => undefined);
  expect(api.calls.length).toBeGreaterThan(0);
  expect(api.paths().filter((path) => !path.startsWith('/k8s/clusters/c-1/a'))).toEqual([
    '/k8s/clusters/c-1/version',
  ]);
});

describe('TLS', () => {
  const tls = { ...server, ca: caCertificate };

  test('a server whose certificate the kubeconfig vouches for is read', async () => {
    await using api = await fakeApi({ objects: aCluster(), tls });
    const { readings } = await gatherFrom(api);
    expect(readings.services.state).toBe('read');
  });

  test('a client certificate beside the kubeconfig is shown', async () => {
    const demanding = { ...tls, requestCert: true, rejectUnauthorized: true };
    await using api = await fakeApi({ objects: aCluster(), tls: demanding });
    await writeFile(join(api.directory, 'me.crt'), client.cert);
    await writeFile(join(api.directory, 'me.key'), client.key);
    const ca = Buffer.from(caCertificate).toString('base64');
    const user = { 'client-certificate': 'me.crt', 'client-key': 'me.key' };
    const kubeconfig = await withUser(api, user, { 'certificate-authority-data': ca });
    expect((await gatherFrom(api, {}, { kubeconfig })).readings.services.state).toBe('read');
    await expect(gatherFrom(api)).rejects.toMatchObject({ name: 'OutsideError' });
  });

  test('a client certificate that cannot be read is named', async () => {
    await using api = await fakeApi({ tls });
    const kubeconfig = await withUser(api, { 'client-certificate': 'gone.crt' });
    await expect(gatherFrom(api, {}, { kubeconfig })).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(`the kubeconfig names ${api.directory}/gone.crt, which`),
    });
  });

  test('verification can be turned off', async () => {
    await using api = await fakeApi({ objects: aCluster(), tls });
    const cluster = { 'insecure-skip-tls-verify': true };
    const kubeconfig = await withUser(api, { token: 'x' }, cluster);
    expect((await gatherFrom(api, {}, { kubeconfig })).readings.services.state).toBe('read');
  });

  test.each([
    ['another authority', { ...server, ca: otherCertificate }, 'is signed by an authority'],
    ['an expired certificate', { ...expired, ca: caCertificate }, 'has expired'],
  ])('%s is named, with the command that shows it', async (_, files, words) => {
    await using api = await fakeApi({ tls: files });
    const error = await gatherFrom(api).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      name: 'OutsideError',
      message: expect.stringContaining(
        `cannot reach ${api.url}: the server's certificate ${words}`,
      ),
      suggestions: expect.arrayContaining([
        `openssl s_client -connect ${new URL(api.url).host} -showcerts </dev/null`,
      ]),
    });
  });

  test('a certificate for another name is named', async () => {
    await using api = await fakeApi({ tls });
    const cluster = {
      'tls-server-name': 'kubernetes.example',
      'certificate-authority-data': Buffer.from(caCertificate).toString('base64'),
    };
    const kubeconfig = await withUser(api, {}, cluster);
    await expect(gatherFrom(api, {}, { kubeconfig })).rejects.toThrow(
      "the server's certificate is made out to another name",
    );
  });

  test('a web server that is no API server is an outside error', async () => {
    const web = {
      path: /./,
      answer: (response: Parameters<typeof sendStatus>[0]) =>
        response.writeHead(404).end('no such page'),
    };
    await using api = await fakeApi({ faults: [web] });
    await expect(gatherFrom(api)).rejects.toMatchObject({
      name: 'OutsideError',
      message: `nothing could be read from ${api.url}: the server says 404: no such page`,
    });
  });

  test('an https address where plain http is spoken is an outside error', async () => {
    await using api = await fakeApi();
    const url = api.url.replace('http:', 'https:');
    const kubeconfig = await withUser(api, {}, { server: url });
    await expect(gatherFrom(api, {}, { kubeconfig })).rejects.toMatchObject({
      name: 'OutsideError',
      message: `cannot reach ${url}: it does not speak TLS; is the address right?`,
    });
  });
});

describe('no way in', () => {
  test('401 says whose credentials were refused', async () => {
    await using api = await fakeApi({ faults: [unauthorized] });
    await expect(gatherFrom(api)).rejects.toMatchObject({
      name: 'OutsideError',
      message: `${api.url} does not accept the credentials of "oncall" (401)`,
      suggestions: expect.arrayContaining([
        `kubectl auth whoami --kubeconfig=${api.kubeconfig} --context=lab`,
      ]),
    });
  });

  test('401 to an expired client certificate says since when', async () => {
    await using api = await fakeApi({
      tls: { ...server, ca: caCertificate },
      faults: [unauthorized],
    });
    const user = {
      'client-certificate-data': Buffer.from(oldClient.cert).toString('base64'),
      'client-key-data': Buffer.from(oldClient.key).toString('base64'),
    };
    const ca = Buffer.from(caCertificate).toString('base64');
    const kubeconfig = await withUser(api, user, { 'certificate-authority-data': ca });
    await expect(gatherFrom(api, {}, { kubeconfig })).rejects.toThrow(
      'the client certificate expired on 2021-01-01T00:00:00.000Z',
    );
  });

  test('a port where nothing listens is a refused connection', async () => {
    await using api = await fakeApi();
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const address = `http://127.0.0.1:${port}`;
    const kubeconfig = await withUser(api, {}, { server: address });
    await expect(gatherFrom(api, {}, { kubeconfig })).rejects.toMatchObject({
      name: 'OutsideError',
      message: `cannot reach ${address}: connection refused: nothing listens there`,
      suggestions: [`kubectl cluster-info --kubeconfig=${kubeconfig} --context=lab`],
    });
  });

  test('a server that accepts and then is silent is given up after the connect timeout', async () => {
    await using api = await fakeApi();
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const address = `https://127.0.0.1:${port}`;
    const kubeconfig = await withUser(api, {}, { server: address });
    const gathering = gatherFrom(api, {}, { kubeconfig, requestTimeoutMs: 300 });
    await expect(gathering).rejects.toThrow(
      `cannot reach ${address}: no connection within 0.3 s (--request-timeout raises it)`,
    );
    silent.close();
  });
});
