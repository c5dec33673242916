import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startFaultProxy } from './testbed/fault-proxy.ts';
import type { FaultProxy } from './testbed/fault-proxy.ts';
import { clientOf } from './testbed/kubeconfig-client.ts';
import { writeKubeconfig } from './testbed/kubeconfig.ts';

const LOOPBACK = join(import.meta.dirname, 'testbed', 'loopback');
const PAIR = { certificate: join(LOOPBACK, 'loopback.crt'), key: join(LOOPBACK, 'loopback.key') };
const PODS = JSON.stringify({ kind: 'PodList', items: ['a', 'b', 'c'] });

let server: Server;
let proxy: FaultProxy;
let folder: string;
let agent: Agent;
let asked: { path: string; user: string | undefined; userAgent: string | undefined }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fault-proxy-'));
  server = await startApi();
  const kubeconfig = await writeKubeconfig(join(folder, 'user.kubeconfig'), {
    server: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authority: PAIR.certificate,
    user: 'oncall',
    ...PAIR,
  });
  proxy = await startFaultProxy({
    kubeconfig,
    serving: PAIR,
    proxiedKubeconfig: join(folder, 'proxied.kubeconfig'),
    logFile: join(folder, 'requests.jsonl'),
  });
  agent = new Agent({ keepAlive: true, ca: await readFile(PAIR.certificate) });
});

afterEach(() => {
  proxy.setRules([]);
  proxy.forget();
  asked = [];
});

afterAll(async () => {
  agent.destroy();
  await proxy.stop();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

test('without rules the answer passes through and the user’s certificate is shown upstream', async () => {
  const answer = await get('/api/v1/pods?limit=500');
  expect(answer).toEqual({ status: 200, body: PODS, complete: true, retryAfter: undefined });
  expect(asked).toEqual([
    { path: '/api/v1/pods?limit=500', user: 'loopback test', userAgent: 'tester' },
  ]);
});

test('every request is recorded, in memory and in the file', async () => {
  await get('/api/v1/pods');
  await get('/api/v1/pods?watch=1');
  const records = proxy.requests();
  expect(records).toMatchObject([
    { method: 'GET', path: '/api/v1/pods', watch: false, userAgent: 'tester', status: 200 },
    { method: 'GET', path: '/api/v1/pods?watch=1', watch: true, userAgent: 'tester', status: 200 },
  ]);
  expect(records[0]?.bytes).toBeGreaterThan(PODS.length);
  const lines = (await readFile(join(folder, 'requests.jsonl'), 'utf8')).trim().split('\n');
  expect(lines.slice(-2).map((line) => JSON.parse(line) as unknown)).toEqual(
    records.map((record) => JSON.parse(JSON.stringify(record)) as unknown),
  );
});

test('the written kubeconfig points at the proxy and keeps the user', async () => {
  const original = await clientOf(join(folder, 'user.kubeconfig'));
  expect(await clientOf(proxy.kubeconfig)).toEqual({ ...original, server: proxy.url });
});

test('a Status comes with its code, reason and Retry-After, and nothing goes upstream', async () => {
  const fault = {
    kind: 'status',
    code: 429,
    reason: 'TooManyRequests',
    retryAfterSeconds: 1,
  } as const;
  proxy.setRules([{ fault }]);
  const answer = await get('/api/v1/pods');
  expect(answer).toMatchObject({ status: 429, retryAfter: '1', complete: true });
  expect(JSON.parse(answer.body)).toMatchObject({
    kind: 'Status',
    status: 'Failure',
    reason: 'TooManyRequests',
    code: 429,
  });
  expect(asked).toEqual([]);
  expect(proxy.requests()).toMatchObject([{ status: 429, fault: 'status' }]);
});

test('a plain answer is text, as of a load balancer', async () => {
  proxy.setRules([{ fault: { kind: 'plain', code: 503, text: 'upstream connect error' } }]);
  expect(await get('/api')).toMatchObject({ status: 503, body: 'upstream connect error' });
});

test('a reset connection ends without an answer', async () => {
  proxy.setRules([{ fault: { kind: 'reset' } }]);
  await expect(get('/api')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(proxy.requests()).toMatchObject([{ status: undefined, fault: 'reset' }]);
  expect(asked).toEqual([]);
});

test('a reset in mid-body gives half of the body and then breaks', async () => {
  proxy.setRules([{ fault: { kind: 'reset-in-body' } }]);
  expect(await get('/api/v1/pods')).toMatchObject({
    status: 200,
    body: PODS.slice(0, Math.floor(PODS.length / 2)),
    complete: false,
  });
});

test('a half answer ends politely', async () => {
  proxy.setRules([{ fault: { kind: 'half' } }]);
  expect(await get('/api/v1/pods')).toMatchObject({
    status: 200,
    body: PODS.slice(0, Math.floor(PODS.length / 2)),
    complete: true,
  });
});

test('a delayed answer is the true one, later', async () => {
  proxy.setRules([{ fault: { kind: 'delay', ms: 60 } }]);
  expect(await get('/api/v1/pods')).toMatchObject({ status: 200, body: PODS });
  expect(proxy.requests()[0]?.ms).toBeGreaterThanOrEqual(59);
});

test.each([
  { rule: { method: 'POST' }, statuses: [200, 200, 200, 200] },
  { rule: { path: /^\/api\/v1\/pods/ }, statuses: [500, 200, 500, 500] },
  { rule: { watch: true }, statuses: [200, 200, 500, 200] },
  { rule: { watch: false }, statuses: [500, 500, 200, 500] },
  { rule: { path: /pods/, skip: 1 }, statuses: [200, 200, 500, 500] },
  { rule: { path: /pods/, times: 1 }, statuses: [500, 200, 200, 200] },
  { rule: { path: /pods/, skip: 1, times: 1 }, statuses: [200, 200, 500, 200] },
])('a rule $rule picks its requests', async ({ rule, statuses }) => {
  proxy.setRules([{ ...rule, fault: { kind: 'status', code: 500 } }]);
  const seen: number[] = [];
  for (const path of ['/api/v1/pods', '/api/v1/nodes', '/api/v1/pods?watch=true', '/api/v1/pods']) {
    seen.push((await get(path)).status);
  }
  expect(seen).toEqual(statuses);
});

test('the first rule that is due wins, and a used-up rule makes room for the next', async () => {
  proxy.setRules([
    { times: 1, fault: { kind: 'status', code: 429 } },
    { times: 2, fault: { kind: 'status', code: 503 } },
  ]);
  const seen = [await get('/api'), await get('/api'), await get('/api')];
  expect(seen.map(({ status }) => status)).toEqual([429, 503, 200]);
});

test('a server that is gone looks like a broken connection', async () => {
  await using lost = await startFaultProxy({
    kubeconfig: await writeKubeconfig(join(folder, 'lost.kubeconfig'), {
      server: 'https://127.0.0.1:1',
      authority: PAIR.certificate,
      user: 'oncall',
      ...PAIR,
    }),
    serving: PAIR,
    proxiedKubeconfig: join(folder, 'lost-proxied.kubeconfig'),
  });
  await expect(get('/api', lost.url)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('only HTTP/1.1 is offered', async () => {
  const { port } = new URL(proxy.url);
  const ca = await readFile(PAIR.certificate);
  const offer = { host: '127.0.0.1', ca, ALPNProtocols: ['h2', 'http/1.1'] };
  const socket = connect({ port: Number(port), ...offer });
  await once(socket, 'secureConnect');
  expect(socket.alpnProtocol).toBe('http/1.1');
  socket.destroy();
});

interface Answer {
  readonly status: number;
  readonly body: string;
  /** False when the connection broke before the end of the body. */
  readonly complete: boolean;
  readonly retryAfter: string | undefined;
}

function get(path: string, url = proxy.url): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'user-agent': 'tester' };
    let answered = false;
    const outgoing = request(new URL(path, url), { agent, headers }, (response) => {
      answered = true;
      collect(response).then(resolve, reject);
    });
    // A connection that breaks after the head is told to the request as well as to the answer.
    outgoing.on('error', (error) => answered || reject(error));
    outgoing.end();
  });
}

async function collect(response: IncomingMessage): Promise<Answer> {
  let body = '';
  response.on('data', (chunk) => (body += String(chunk)));
  const complete = await finished(response).then(
    () => true,
    () => false,
  );
  const { statusCode: status = 0, headers } = response;
  return { status, body, complete, retryAfter: headers['retry-after'] };
}

async function startApi(): Promise<Server> {
  const api = createServer(
    {
      cert: await readFile(PAIR.certificate),
      key: await readFile(PAIR.key),
      requestCert: true,
      rejectUnauthorized: false,
    },
    (incoming, response) => {
      const { subject } = (incoming.socket as TLSSocket).getPeerCertificate();
      const user = typeof subject?.CN === 'string' ? subject.CN : undefined;
      asked.push({ path: incoming.url ?? '', user, userAgent: incoming.headers['user-agent'] });
      response.setHeader('content-type', 'application/json');
      response.end(PODS);
    },
  );
  await new Promise<void>((resolve) => {
    api.listen(0, '127.0.0.1', () => resolve());
  });
  return api;
}
