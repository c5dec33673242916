import { createSocket } from 'node:dgram';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { server as goodServer } from '../../core/cluster/certificates.ts';
import { tryPort } from '../../../src/arp/look/ports.ts';
import type { PortQuestion } from '../../../src/core/facts/wire-port.ts';

const servers: Server[] = [];
const udp = createSocket('udp4');
const quiet = createSocket('udp4');
const ports = { http: 0, https: 0, mute: 0, rude: 0, closed: 0, udp: 0, quiet: 0 };
const asked: string[] = [];

const listening = (server: Server): Promise<number> => {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
};
const bound = (socket: typeof udp): Promise<number> =>
  new Promise((resolve) => socket.bind(0, '127.0.0.1', () => resolve(socket.address().port)));

beforeAll(async () => {
  const http = createHttp((request, response) => {
    asked.push(`${request.method} ${request.headers.host} ${request.url}`);
    response.writeHead(503).end('sorry');
  });
  ports.http = await listening(http);
  const https = createHttps(goodServer, (_, response) => {
    response.writeHead(200).end('hello');
  });
  ports.https = await listening(https);
  ports.mute = await listening(createServer(() => undefined));
  ports.rude = await listening(createServer((socket) => socket.resetAndDestroy()));
  const closed = createServer();
  ports.closed = await listening(closed);
  await new Promise((resolve) => closed.close(resolve));
  udp.on('message', (_, { port, address }) => udp.send('yes', port, address));
  ports.udp = await bound(udp);
  ports.quiet = await bound(quiet);
});

afterAll(() => {
  for (const server of servers) {
    server.close();
  }
  udp.close();
  quiet.close();
});

const attempt = (
  question: PortQuestion,
  timeoutMs = 2_000,
  signal = new AbortController().signal,
) => tryPort({ address: '127.0.0.1', question, timeoutMs }, signal);

describe('TCP', () => {
  test('open', async () => {
    const port = ports.mute;
    expect(await attempt({ protocol: 'TCP', port })).toEqual({
      protocol: 'TCP',
      port,
      outcome: 'open',
      ms: expect.any(Number),
    });
  });

  test('refused', async () => {
    expect(await attempt({ protocol: 'TCP', port: ports.closed })).toMatchObject({
      outcome: 'refused',
      says: 'ECONNREFUSED',
    });
  });
});

test('what came in time is heard, also where nobody had time to look', async () => {
  const trying = attempt({ protocol: 'TCP', port: ports.closed }, 20);
  // the connection is begun in the next turn, and then this process is busy until long after its time
  await new Promise<void>((resolve) => process.nextTick(resolve));
  const end = performance.now() + 100;
  while (performance.now() < end) {
    // nothing else runs meanwhile
  }
  expect(await trying).toMatchObject({ outcome: 'refused', says: 'ECONNREFUSED' });
});

describe('HTTP', () => {
  test('any status is an answer, asked with the name and path wanted', async () => {
    const question = {
      protocol: 'HTTP',
      port: ports.http,
      host: 'shop.example.org',
      path: '/ready',
    } as const;
    expect(await attempt(question)).toMatchObject({ outcome: 'open', says: 'HTTP 503' });
    expect(asked).toContain('GET shop.example.org /ready');
  });

  test('a server that says nothing is waited for as long as wanted', async () => {
    const { outcome, ms } = await attempt({ protocol: 'HTTP', port: ports.mute }, 200);
    expect(outcome).toBe('timeout');
    expect(ms).toBeGreaterThanOrEqual(190);
  });

  test('a connection that is thrown away', async () => {
    expect(await attempt({ protocol: 'HTTP', port: ports.rude })).toMatchObject({
      outcome: 'reset',
      says: 'ECONNRESET',
    });
  });

  test('over TLS, whoever signed the certificate and whatever name is in it', async () => {
    const question = { protocol: 'HTTPS', port: ports.https, host: 'shop.example.org' } as const;
    expect(await attempt(question)).toMatchObject({ outcome: 'open', says: 'HTTP 200' });
    expect(await attempt({ protocol: 'HTTPS', port: ports.https })).toMatchObject({
      outcome: 'open',
    });
  });

  test('plain HTTP where TLS is spoken', async () => {
    expect(await attempt({ protocol: 'HTTPS', port: ports.http })).toMatchObject({
      outcome: 'error',
    });
  });

  test('a host that no header can hold is no way out', async () => {
    const question = { protocol: 'HTTP', port: ports.http, host: 'a\r\nX-Evil: 1' } as const;
    expect(await attempt(question)).toMatchObject({ outcome: 'error', says: 'ERR_INVALID_CHAR' });
  });
});

describe('UDP', () => {
  test('answered', async () => {
    expect(await attempt({ protocol: 'UDP', port: ports.udp })).toMatchObject({ outcome: 'open' });
  });

  test('refused by ICMP', async () => {
    expect(await attempt({ protocol: 'UDP', port: ports.closed })).toMatchObject({
      outcome: 'refused',
      says: 'ECONNREFUSED',
    });
  });

  test('silence proves nothing, and that is said', async () => {
    expect(await attempt({ protocol: 'UDP', port: ports.quiet }, 150)).toMatchObject({
      outcome: 'timeout',
      says: 'no answer, which proves nothing',
    });
  });
});

test('stopped, it ends at once', async () => {
  const stop = new AbortController();
  const trying = attempt({ protocol: 'HTTP', port: ports.mute }, 60_000, stop.signal);
  stop.abort();
  expect(await trying).toMatchObject({ outcome: 'error', says: 'stopped' });
  expect(await attempt({ protocol: 'TCP', port: ports.mute }, 60_000, stop.signal)).toMatchObject({
    says: 'stopped',
  });
});
