import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { openCluster } from '../../../src/core/cluster/open-cluster.ts';
import { itemsIfRead } from '../../../src/core/facts/reading.ts';
import { fakeApi, forbidding, sendJson, sendStatus, type Fault } from './fake-api-server.ts';
import { forPending, gatherFrom, impatientClock } from './gathering.ts';
import { aCluster, aService } from './sample-objects.ts';

const services = /^\/api\/v1\/services/;
const manyServices = Array.from({ length: 1200 }, (_, index) =>
  aService('shop', `s${String(index).padStart(5, '0')}`),
);

function cut(response: { socket: Socket | null }): void {
  response.socket?.destroy();
}

test('a long list is read in pages, the first of 500', async () => {
  await using api = await fakeApi({ objects: [...aCluster(), ...manyServices] });
  const { readings } = await gatherFrom(api);
  expect(itemsIfRead(readings.services)).toHaveLength(1201);
  const pages = api.calls.filter(({ path }) => services.test(path)).map(({ path }) => path);
  expect(pages).toEqual(['/api/v1/services?limit=500', '/api/v1/services?limit=1000&continue=500']);
});

test('a list that expires while it is paged is begun anew, once', async () => {
  const expired: Fault = {
    path: /services\?.*continue=500/,
    times: 1,
    answer: (response) => sendStatus(response, 410, 'The provided continue parameter is too old'),
  };
  await using api = await fakeApi({ objects: manyServices, faults: [expired] });
  const { readings } = await gatherFrom(api);
  expect(itemsIfRead(readings.services)).toHaveLength(1200);
  expect(api.calls.filter(({ path }) => services.test(path))).toHaveLength(4);
});

test('a list that expires twice is failed, not shortened', async () => {
  const expired: Fault = {
    path: /services\?.*continue=500/,
    answer: (response) => sendStatus(response, 410, 'too old'),
  };
  await using api = await fakeApi({ objects: manyServices, faults: [expired] });
  const { readings } = await gatherFrom(api);
  expect(readings.services).toEqual({
    state: 'failed',
    reason: 'the list of services expired twice while it was read (410)',
  });
});

test('429 waits as long as Retry-After says', async () => {
  const busy: Fault = {
    path: services,
    times: 2,
    answer: (response) => {
      response.setHeader('Retry-After', '3');
      sendStatus(response, 429, 'too many requests');
    },
  };
  await using api = await fakeApi({ objects: aCluster(), faults: [busy] });
  const clock = impatientClock();
  const { readings } = await gatherFrom(api, {}, { clock });
  expect(readings.services.state).toBe('read');
  expect(clock.slept).toEqual([3000, 3000]);
});

test('a server that is away for seconds is asked until it is back', async () => {
  const [, answer] = Object.entries(passingFaults)[0] ?? [];
  await using api = await fakeApi({
    objects: aCluster(),
    faults: answer === undefined ? [] : [{ path: services, times: 7, answer }],
  });
  expect((await gatherFrom(api)).readings.services.state).toBe('read');
});

test('asking again takes no longer than one request may', async () => {
  const down: Fault = { path: services, answer: (response) => response.writeHead(503).end() };
  await using api = await fakeApi({ objects: aCluster(), faults: [down] });
  const clock = impatientClock();
  await gatherFrom(api, {}, { clock, requestTimeoutMs: 1000 });
  expect(clock.slept).toEqual([200, 400]);
});

test('once a request was asked in vain for long, the next are given up sooner', async () => {
  const down: Fault = {
    path: /\/v1\/(deployments|daemonsets|pods)\?/,
    answer: (response) => response.writeHead(503).end(),
  };
  await using api = await fakeApi({ objects: [aService('shop', 'checkout')], faults: [down] });
  await gatherFrom(api);
  const timesAsked = (path: RegExp) => api.calls.filter((call) => path.test(call.path)).length;
  expect(timesAsked(/\/v1\/deployments/)).toBe(8);
  expect(timesAsked(/\/v1\/pods.*labelSelector=app%3D/)).toBe(4);
});

test('Retry-After may be a date', async () => {
  const busy: Fault = {
    path: services,
    times: 1,
    answer: (response) => {
      response.setHeader('Retry-After', 'Sat, 14 Mar 2026 03:00:07 GMT');
      sendStatus(response, 503, 'starting');
    },
  };
  await using api = await fakeApi({ objects: aCluster(), faults: [busy] });
  const clock = impatientClock();
  const { readings } = await gatherFrom(api, {}, { clock });
  expect(readings.services.state).toBe('read');
  expect(clock.slept).toEqual([7000]);
});

test.each(['Sat, 14 Mar 2026 02:00:00 GMT', '0', 'soon'])(
  'Retry-After: %s is no reason to ask again at once',
  async (retryAfter) => {
    const busy: Fault = {
      path: services,
      times: 1,
      answer: (response) => {
        response.setHeader('Retry-After', retryAfter);
        sendStatus(response, 503, 'starting');
      },
    };
    await using api = await fakeApi({ objects: aCluster(), faults: [busy] });
    const clock = impatientClock();
    await gatherFrom(api, {}, { clock });
    expect(clock.slept).toEqual([200]);
  },
);

test('a wait that outlasts the time limit is not begun', async () => {
  const busy: Fault = {
    path: services,
    answer: (response) => {
      response.setHeader('Retry-After', '120');
      sendStatus(response, 429, 'too many requests');
    },
  };
  await using api = await fakeApi({ objects: aCluster(), faults: [busy] });
  const { readings } = await gatherFrom(api);
  expect(readings.services).toEqual({
    state: 'failed',
    reason: 'the server says 429: too many requests; it asks to wait 120 s (--timeout is shorter)',
  });
});

const passingFaults: Readonly<Record<string, Fault['answer']>> = {
  '500': (response) => sendStatus(response, 500, 'etcdserver: leader changed'),
  '503 in plain text': (response) => response.writeHead(503).end('no backend'),
  'a connection reset without an answer': (response) => cut(response),
  'a body that is cut off': (response) => {
    response.writeHead(200, { 'Content-Length': '5000' });
    response.write('{"kind":"ServiceList","items":[');
    setImmediate(() => cut(response));
  },
  'half a JSON document, politely ended': (response) => {
    response.writeHead(200).end('{"kind":"ServiceList","items":[{"metadata"');
  },
  'a page of HTML from a captive portal': (response) => {
    response.writeHead(200).end('<html>please log in</html>');
  },
};

test.each(Object.entries(passingFaults))('%s is tried again', async (_, answer) => {
  await using api = await fakeApi({
    objects: aCluster(),
    faults: [{ path: services, times: 2, answer }],
  });
  const clock = impatientClock();
  const { readings } = await gatherFrom(api, {}, { clock });
  expect(itemsIfRead(readings.services)).toHaveLength(1);
  expect(clock.slept).toEqual([200, 400]);
});

test.each([
  ['500', 'the server says 500: etcdserver: leader changed'],
  ['503 in plain text', 'the server says 503: no backend'],
  ['a connection reset without an answer', 'the connection broke: socket hang up'],
  [
    'half a JSON document, politely ended',
    'the answer cannot be read: it is no whole JSON document',
  ],
])('%s that does not pass makes the reading failed', async (name, reason) => {
  const answer = passingFaults[name] ?? (() => undefined);
  await using api = await fakeApi({ objects: aCluster(), faults: [{ path: services, answer }] });
  const clock = impatientClock();
  const { readings } = await gatherFrom(api, {}, { clock });
  expect(readings.services).toEqual({ state: 'failed', reason });
  expect(readings.nodes.state).toBe('read');
  expect(api.paths().filter((path) => services.test(path))).toHaveLength(8);
  expect(clock.slept).toEqual([200, 400, 800, 1600, 2000, 2000, 2000]);
});

test('an answer that is no list is failed, not empty', async () => {
  const strange: Fault = { path: services, answer: (response) => sendJson(response, 200, {}) };
  await using api = await fakeApi({ faults: [strange] });
  const { readings } = await gatherFrom(api);
  expect(readings.services).toEqual({
    state: 'failed',
    reason: 'the answer cannot be read: Error: it is no list',
  });
});

test('a request that takes too long names the flag that allows more', async () => {
  const silent: Fault = { path: services, answer: () => undefined };
  await using api = await fakeApi({ objects: aCluster(), faults: [silent] });
  const { readings, interrupted } = await gatherFrom(api, {}, { requestTimeoutMs: 300 });
  expect(readings.services).toEqual({
    state: 'failed',
    reason: 'no whole answer within 0.3 s (--request-timeout raises it)',
  });
  expect(interrupted).toBe(false);
});

test('no time limit at all is written as 0, as with kubectl', async () => {
  await using api = await fakeApi({
    objects: aCluster(),
    logs: { 'metallb-system/controller-1/controller': 'one\n' },
  });
  const snapshot = await gatherFrom(api, {}, { requestTimeoutMs: 0, timeoutMs: 0 });
  expect(snapshot.interrupted).toBe(false);
  expect(snapshot.readings.services.state).toBe('read');
  expect(snapshot.logs.filter(({ lines }) => lines.state === 'read')).toHaveLength(1);
});

test('a limit that no timer can hold is none', async () => {
  await using api = await fakeApi({ objects: aCluster() });
  const limits = { requestTimeoutMs: 1e15, timeoutMs: 1e15 };
  expect((await gatherFrom(api, {}, limits)).readings.services.state).toBe('read');
});

test('when the whole time is up, the answer rests on what is there', async () => {
  const silent: Fault = { path: services, answer: () => undefined };
  await using api = await fakeApi({ objects: aCluster(), faults: [silent] });
  const { readings, interrupted } = await gatherFrom(api, {}, { timeoutMs: 600 });
  expect(readings.services).toEqual({
    state: 'failed',
    reason: 'not read within 0.6 s (--timeout raises it)',
  });
  expect(readings.nodes.state).toBe('read');
  expect(interrupted).toBe(true);
});

test('no more calls are made than allowed', async () => {
  await using api = await fakeApi({ objects: aCluster() });
  const { readings, receipt } = await gatherFrom(api, {}, { maxCalls: 8 });
  expect(api.calls).toHaveLength(8);
  expect(receipt.calls).toBe(8);
  expect(readings.events).toEqual({
    state: 'failed',
    reason: 'the limit of 8 calls is reached (--max-calls raises it)',
  });
});

test('a limit too low to learn anything is named, and the server is not blamed', async () => {
  await using api = await fakeApi({ objects: aCluster() });
  await expect(gatherFrom(api, {}, { maxCalls: 2 })).rejects.toMatchObject({
    name: 'OutsideError',
    message: `nothing could be read from ${api.url}: the limit of 2 calls is reached (--max-calls 2)`,
    suggestions: [expect.stringMatching(/^leave --max-calls out: /)],
  });
});

test('when stopped half-way, what was read is kept and the rest says so', async () => {
  const controller = new AbortController();
  const silent: Fault = {
    path: services,
    answer: () => setTimeout(() => controller.abort(), 300),
  };
  await using api = await fakeApi({ objects: aCluster(), faults: [silent] });
  const reader = await openCluster({
    kind: 'live',
    kubeconfig: api.kubeconfig,
    environment: {},
    clock: impatientClock(),
  });
  const snapshot = await reader.gather(forPending, controller.signal);
  expect(snapshot.interrupted).toBe(true);
  expect(snapshot.readings.services).toEqual({
    state: 'failed',
    reason: 'stopped before it was read',
  });
  expect(snapshot.readings.nodes.state).toBe('read');
  expect(snapshot.installations).toHaveLength(1);
});

test('stopped before anything was read, there is still a snapshot', async () => {
  await using api = await fakeApi({ objects: aCluster() });
  const reader = await openCluster({
    kind: 'live',
    kubeconfig: api.kubeconfig,
    environment: {},
    clock: impatientClock(),
  });
  const { interrupted, readings } = await reader.gather(forPending, AbortSignal.abort());
  expect(interrupted).toBe(true);
  expect(readings.services.state).toBe('failed');
  expect(api.calls).toEqual([]);
});

test('a server that only ever says 503 is an error, not an empty cluster', async () => {
  const down: Fault = {
    path: /./,
    answer: (response) => response.writeHead(503).end('no backend'),
  };
  await using api = await fakeApi({ faults: [down] });
  await expect(gatherFrom(api)).rejects.toMatchObject({
    name: 'OutsideError',
    message: `nothing could be read from ${api.url}: the server says 503: no backend`,
  });
});

test('every kind being denied is not an error: each says which right is missing', async () => {
  await using api = await fakeApi({
    objects: aCluster(),
    faults: [forbidding(/\/(api|apis\/[^/]+)\/v1/)],
  });
  const { readings, installations } = await gatherFrom(api);
  expect(readings.services).toEqual({ state: 'forbidden', verb: 'list', resource: 'services' });
  expect(readings.deployments).toEqual({
    state: 'forbidden',
    verb: 'list',
    resource: 'deployments.apps',
  });
  expect(installations).toEqual([]);
});
