import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { factsFor } from '../../../../src/checks/facts-for.ts';
import { openWatchedCluster } from '../../../../src/core/cluster/live/open-live-cluster.ts';
import type { Observation } from '../../../../src/core/facts/ports.ts';
import { sendStatus, type Fault } from '../fake-api-server.ts';
import { aCluster, aService } from '../sample-objects.ts';
import { manualClock } from './manual-clock.ts';
import { watchedApi, type WatchedApi } from './watched-api.ts';

interface Watched {
  readonly api: WatchedApi;
  readonly clock: ReturnType<typeof manualClock>;
  next(): Promise<Observation>;
  stop(): Promise<readonly Observation[]>;
}

let running: Watched | undefined;
afterEach(async () => {
  await running?.stop();
  await running?.api[Symbol.asyncDispose]();
  running = undefined;
});

async function start(
  faults: readonly Fault[] = [],
  { date, ...more }: { readonly maxCalls?: number; readonly date?: string } = {},
): Promise<Watched> {
  const api = await watchedApi([...aCluster()], faults, date === undefined ? {} : { date });
  const clock = manualClock();
  const { kubeconfig } = api;
  const world = await openWatchedCluster({
    kind: 'live',
    kubeconfig,
    clock,
    jitter: () => 0.5,
    ...more,
  });
  const abort = new AbortController();
  const wanted = factsFor('health', undefined);
  const observations = world.watch(wanted, abort.signal)[Symbol.asyncIterator]();
  running = {
    api,
    clock,
    async next() {
      const { value, done } = await clock.until(observations.next());
      if (done === true) {
        throw new Error('the watch is over');
      }
      return value;
    },
    async stop() {
      abort.abort();
      const rest: Observation[] = [];
      for (;;) {
        const { value, done } = await clock.until(observations.next());
        if (done === true) {
          return rest;
        }
        rest.push(value);
      }
    },
  };
  return running;
}

function withAddress(ip: string, version: string) {
  const service = aService('shop', 'checkout', { resourceVersion: version });
  return { ...service, status: { loadBalancer: { ingress: [{ ip }] } } };
}

/** Looks until the Service shows this, within a minute; the addresses are joined by blanks. */
async function untilAddresses(watched: Watched, wanted: string): Promise<Observation> {
  const begun = watched.clock.now().getTime();
  for (;;) {
    const observation = await watched.next();
    if (observation.kind === 'snapshot' && addressesIn(observation) === wanted) {
      // well before all is read anew in any case
      expect(watched.clock.now().getTime() - begun).toBeLessThan(60_000);
      return observation;
    }
  }
}

function addressesIn(observation: Observation): string {
  if (observation.kind !== 'snapshot' || observation.snapshot.readings.services.state !== 'read') {
    return 'none read';
  }
  return observation.snapshot.readings.services.items
    .flatMap(({ status }) => status.ingress.map(({ ip }) => ip))
    .join(' ');
}

describe('a watch', () => {
  test('begins with what a reading shows, and goes on where the list ended', async () => {
    const watched = await start();
    expect(addressesIn(await watched.next())).toBe('');
    const following = watched.next();
    const services = await watched.api.opened('services');
    expect(services.query.get('resourceVersion')).toBe('7');
    expect(services.query.get('allowWatchBookmarks')).toBe('true');
    expect(Number(services.query.get('timeoutSeconds'))).toBe(450);
    services.send({ type: 'MODIFIED', object: withAddress('10.4.11.10', '8') });
    expect(addressesIn(await following)).toBe('10.4.11.10');
  });

  test('asks with the same credentials as the reading', async () => {
    const watched = await start();
    await watched.next();
    void watched.next().catch(() => {});
    await watched.api.opened('services');
    const calls = watched.api.calls.filter(({ path }) => path.includes('watch=true'));
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(
      calls.map(() => 'Bearer sesame'),
    );
  });

  test('a burst is one snapshot', async () => {
    const watched = await start();
    await watched.next();
    const following = watched.next();
    const services = await watched.api.opened('services');
    for (let last = 1; last <= 200; last += 1) {
      services.send({ type: 'MODIFIED', object: withAddress(`10.4.11.${last}`, String(last)) });
    }
    expect(addressesIn(await following)).toBe('10.4.11.200');
  });

  test('a deleted object is gone, a new one is there', async () => {
    const watched = await start();
    await watched.next();
    const following = watched.next();
    const services = await watched.api.opened('services');
    services.send({ type: 'DELETED', object: withAddress('10.4.11.10', '8') });
    services.send({
      type: 'ADDED',
      object: {
        ...withAddress('10.4.11.11', '9'),
        metadata: { name: 'new', namespace: 'shop', resourceVersion: '9' },
      },
    });
    const observation = await following;
    const names =
      observation.kind === 'snapshot' && observation.snapshot.readings.services.state === 'read'
        ? observation.snapshot.readings.services.items.map(({ metadata }) => metadata.name)
        : [];
    expect(names).toEqual(['new']);
  });

  test('is resumed where it broke, after a bookmark at that', async () => {
    const watched = await start();
    await watched.next();
    const following = watched.next();
    const first = await watched.api.opened('services');
    first.send({
      type: 'BOOKMARK',
      object: { kind: 'Service', metadata: { resourceVersion: '41' } },
    });
    first.write('{"type":"MODI');
    first.cut();
    const second = await watched.clock.until(watched.api.opened('services'));
    // a cut that came before the bookmark was read is resumed from the list
    expect(['41', '7']).toContain(second.query.get('resourceVersion'));
    second.send({ type: 'MODIFIED', object: withAddress('10.4.11.12', '42') });
    expect(addressesIn(await following)).toBe('10.4.11.12');
  });

  test('that ends in peace goes on at the last version, and nothing is read anew', async () => {
    const watched = await start();
    await watched.next();
    const following = watched.next();
    const first = await watched.api.opened('services');
    first.send({ type: 'MODIFIED', object: withAddress('10.4.11.10', '40') });
    await following;
    const lists = watched.api.paths().length;
    const later = untilAddresses(watched, '10.4.11.13');
    first.end();
    const second = await watched.api.opened('services');
    expect(second.query.get('resourceVersion')).toBe('40');
    second.send({ type: 'MODIFIED', object: withAddress('10.4.11.13', '42') });
    await later;
    const since = watched.api.calls.slice(lists).map(({ path }) => path);
    expect(since.filter((path) => /\/services\?/.test(path) && !path.includes('watch='))).toEqual(
      [],
    );
  });

  test.each([
    ['as an event', { type: 'ERROR', object: { kind: 'Status', code: 410, message: 'too old' } }],
    ['as an answer', undefined],
  ])('whose version is gone (410, %s) reads the list anew', async (_, event) => {
    const gone: Fault = {
      path: /services\?.*watch=true/,
      times: 1,
      answer: (response) => sendStatus(response, 410, 'too old'),
    };
    const watched = await start(event === undefined ? [gone] : []);
    await watched.next();
    watched.api.objects.splice(0, watched.api.objects.length, ...aCluster().map(addressed));
    const following = untilAddresses(watched, '10.4.11.14');
    if (event !== undefined) {
      (await watched.api.opened('services')).send(event);
    }
    await following;
    const lists = watched.api.calls.filter(
      ({ path }) => /\/v1\/services\?/.test(path) && !path.includes('watch='),
    );
    expect(lists).toHaveLength(2);
  });

  test('that says something else than events is given up, and the list read anew', async () => {
    const watched = await start();
    await watched.next();
    watched.api.objects.splice(0, watched.api.objects.length, ...aCluster().map(addressed));
    const following = untilAddresses(watched, '10.4.11.14');
    (await watched.api.opened('services')).write('<html>a proxy speaks</html>\n');
    await following;
    const second = await watched.clock.until(watched.api.opened('services'));
    expect(second.query.get('resourceVersion')).toBe('7');
  });

  test('a line of any length in pieces of any size is one event', async () => {
    const watched = await start();
    await watched.next();
    const following = watched.next();
    const services = await watched.api.opened('services');
    const object = withAddress('10.4.11.15', '8');
    const labelled = { ...object, metadata: { ...object.metadata, labels: { town: 'Zürich ☂' } } };
    const line = Buffer.from(`${JSON.stringify({ type: 'MODIFIED', object: labelled })}\n`);
    for (let from = 0; from < line.length; from += 7) {
      services.write(line.subarray(from, from + 7));
    }
    const observation = await following;
    expect(addressesIn(observation)).toBe('10.4.11.15');
    expect(JSON.stringify(observation)).toContain('Zürich ☂');
  });

  test('goes by the clock that its first look went by', async () => {
    const watched = await start([], { date: 'Sat, 14 Mar 2026 02:59:45 GMT' });
    const [first, second] = [await watched.next(), await watched.next()];
    const taken = [first, second].map((each) =>
      each.kind === 'snapshot' ? Date.parse(each.snapshot.takenAt) : Number.NaN,
    );
    const [then = 0, later = 0] = taken;
    expect(Math.abs(then - Date.parse('2026-03-14T02:59:45Z'))).toBeLessThan(5_000);
    expect(later - then).toBeGreaterThanOrEqual(60_000);
    expect(later - then).toBeLessThan(65_000);
  });

  test('who only writes again is no news', async () => {
    const watched = await start();
    await watched.next();
    const begun = watched.clock.now().getTime();
    const following = watched.next();
    const services = await watched.api.opened('services');
    const same = aService('shop', 'checkout', {
      resourceVersion: '8',
      managedFields: [{ manager: 'kubelet', time: '2026-03-14T03:12:39Z' }],
    });
    services.send({ type: 'MODIFIED', object: same });
    await following;
    expect(watched.clock.now().getTime() - begun).toBeGreaterThanOrEqual(60_000);
  });
});

describe('trouble', () => {
  test('is told once however many lists it hits, waits longer each time, and its end is told', async () => {
    let isDown = true;
    const down: Fault = {
      path: /watch=true/,
      answer: (response) => sendStatus(response, 503, 'no etcd'),
    };
    const watched = await start([{ ...down, times: 120 }]);
    await watched.next();
    const told: Observation[] = [];
    while (isDown) {
      const observation = await watched.next();
      if (observation.kind !== 'snapshot') {
        told.push(observation);
        isDown = observation.kind !== 'recovered';
      }
    }
    expect(told.map(({ kind }) => kind)).toEqual(['trouble', 'recovered']);
    expect(JSON.stringify(told[0])).toContain('the server says 503');
    const pauses = watched.clock.slept.filter((ms) => ms > 300 && ms < 60_000);
    expect(Math.max(...pauses)).toBeGreaterThan(7_000);
  });

  test.each([
    [
      'says that every version is gone',
      (response: ServerResponse) => sendStatus(response, 410, ''),
    ],
    ['ends every stream at once', (response: ServerResponse) => void response.end()],
  ])('a server that %s is not hurried after', async (_, answer) => {
    const watched = await start([{ path: /\/v1\/services\?.*watch=true/, answer }]);
    await watched.next();
    const begun = watched.clock.now().getTime();
    while (watched.clock.now().getTime() - begun < 60_000) {
      await watched.next();
    }
    const calls = watched.api.calls.filter(({ path }) => /\/v1\/services\?/.test(path));
    expect(calls.length).toBeGreaterThan(4);
    expect(calls.length).toBeLessThan(40);
  });

  test('where only listing is allowed, lists are read again now and then', async () => {
    const denied: Fault = {
      path: /watch=true/,
      answer: (response) => sendStatus(response, 403, 'cannot watch'),
    };
    const watched = await start([denied]);
    await watched.next();
    watched.api.objects.splice(0, watched.api.objects.length, ...aCluster().map(addressed));
    const told = await watched.next();
    expect(told.kind === 'trouble' ? told.says : '').toMatch(
      /^no right to watch .*services.*: read again every 30 s/,
    );
    await untilAddresses(watched, '10.4.11.14');
    const attempts = watched.api.calls.filter(({ path }) => /\/v1\/services\?.*watch=/.test(path));
    expect(attempts).toHaveLength(1);
  });

  test('every attempt counts against the calls that may be made', async () => {
    const broken: Fault = { path: /watch=true/, answer: (response) => void response.destroy() };
    const watched = await start([broken], { maxCalls: 80 });
    await watched.next();
    let last: Observation;
    do {
      last = await watched.next();
    } while (last.kind !== 'over');
    expect(last.says).toContain('the limit of 80 calls is reached');
    expect(last.receipt.calls).toBe(80);
    expect(watched.api.calls).toHaveLength(80);
  });
});

describe('the end', () => {
  test('stopping closes every stream, and says what it took', async () => {
    const watched = await start();
    await watched.next();
    const last = watched.next();
    const services = await watched.api.opened('services');
    await watched.stop();
    await services.closed;
    const over = await last;
    expect(over).toMatchObject({ kind: 'over', says: 'stopped' });
    const counted = over.kind === 'over' ? over.receipt.calls : 0;
    expect(counted).toBeGreaterThanOrEqual(watched.api.calls.length);
  });
});

function addressed(object: unknown): unknown {
  const { kind } = object as { readonly kind: string };
  return kind === 'Service' ? withAddress('10.4.11.14', '7') : object;
}
