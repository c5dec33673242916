import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { proxyFor } from '../../../../src/core/cluster/live/proxy.ts';
import { caCertificate, server } from '../certificates.ts';
import { fakeApi } from '../fake-api-server.ts';
import { gatherFrom } from '../gathering.ts';
import { aCluster } from '../sample-objects.ts';

const HTTPS_PROXY = 'http://proxy:3128';

test.each([
  ['an https server goes through HTTPS_PROXY', 'https://k8s:6443', {}, HTTPS_PROXY],
  ['a plain server does not', 'http://k8s:8080', {}, undefined],
  ['a host named in NO_PROXY is direct', 'https://k8s:6443', { NO_PROXY: 'x,k8s' }, undefined],
  ['so is a host below a domain', 'https://a.corp:6443', { NO_PROXY: 'corp' }, undefined],
  ['and below one with a dot', 'https://a.corp:6443', { NO_PROXY: '.corp' }, undefined],
  ['the domain itself is not below it', 'https://corp:6443', { NO_PROXY: '.corp' }, HTTPS_PROXY],
  [
    'an address in a range is direct',
    'https://10.1.2.3:6443',
    { NO_PROXY: '10.0.0.0/8' },
    undefined,
  ],
  ['one outside is not', 'https://11.1.2.3:6443', { NO_PROXY: '10.0.0.0/8' }, HTTPS_PROXY],
  ['an IPv6 address is direct', 'https://[fd00::1]:6443', { NO_PROXY: 'fd00::/8' }, undefined],
  ['another port is not', 'https://k8s:6443', { NO_PROXY: 'k8s:443' }, HTTPS_PROXY],
  ['a star is everything', 'https://k8s:6443', { NO_PROXY: '*' }, undefined],
  ['the machine itself is direct', 'https://127.0.0.1:6443', {}, undefined],
  ['lower case works', 'https://k8s:6443', { HTTPS_PROXY: '', https_proxy: 'p:1' }, 'http://p:1'],
])('%s', (_, address, environment, expected) => {
  expect(proxyFor(address, { HTTPS_PROXY, ...environment })).toBe(expected);
});

test('a cluster is read through the proxy of its kubeconfig', async () => {
  await using api = await fakeApi({ objects: aCluster(), tls: { ...server, ca: caCertificate } });
  const tunnels: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const config = JSON.parse(await readFile(api.kubeconfig, 'utf8')) as {
    clusters: { cluster: Record<string, unknown> }[];
  };
  Object.assign(config.clusters[0]?.cluster ?? {}, { 'proxy-url': `http://127.0.0.1:${port}` });
  await writeFile(api.kubeconfig, JSON.stringify(config));
  const { readings } = await gatherFrom(api);
  proxy.closeAllConnections();
  proxy.close();
  expect(readings.services.state).toBe('read');
  expect(new Set(tunnels)).toEqual(new Set([new URL(api.url).host]));
  expect(tunnels.length).toBeLessThan(api.calls.length);
});
