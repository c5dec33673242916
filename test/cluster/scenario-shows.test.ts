import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liveCases, versionOf } from '../testbed/incident.ts';
import type { Incident, Variant } from '../testbed/incident.ts';
import type { KubernetesObject } from '../testbed/kubernetes-object.ts';
import { readScenarioFiles } from '../testbed/scenario-files.ts';
import { startScenarioServer } from '../testbed/scenario.ts';
import type { Scenario, ScenarioServer } from '../testbed/scenario.ts';
import { apiPath } from '../testbed/storage-keys.ts';
import { expectSameReading } from './same-reading.ts';

const CASES = await liveCases();

let server: ScenarioServer;

beforeAll(async () => {
  server = await startScenarioServer();
});

afterAll(() => server.stop());

describe.each(CASES)('$name, $variant', ({ incident, variant }) => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await show(incident, variant);
  });

  test('every object is what the files say', async () => {
    const shown: unknown[] = [];
    for (const object of scenario.objects) {
      shown.push(await server.controlPlane.api.get(apiPath(object, scenario.kinds)));
    }
    expect(shown).toMatchObject(scenario.objects.map(withoutNothings));
  });

  test('it is read live as its files are', () =>
    expectSameReading(scenario, { incident, variant }));

  test('no client could have made anything that the API server refuses', async () => {
    expect(await scenario.refusals()).toEqual([]);
  });

  test('logs are what the files say', async () => {
    const year = new Date(incident.at).getUTCFullYear();
    const shift = { byMs: scenario.shiftedMs, year };
    const { logs } = await readScenarioFiles(join(incident.directory, variant), shift);
    for (const { namespace, pod, container, previous, text } of logs) {
      const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
      const query = `?container=${container}&previous=${previous}`;
      const answer = await server.controlPlane.api.send('GET', `${path}${query}`);
      if (scenario.silentPods.has(`${namespace}/${pod}`)) {
        expect(answer.text).toMatch(/dial tcp .*:10250: connect: no route to host/);
      } else {
        expect(answer).toEqual({ status: 200, text });
      }
    }
  });
});

describe('one cluster after another', () => {
  test('nothing of the one before is left', async () => {
    const incident = CASES[0]?.incident;
    if (incident === undefined) {
      throw new Error('no incident is shipped');
    }
    const { api } = server.controlPlane;
    await show(incident, 'sick');
    const before = await names('/api/v1/services');
    await api.create('/api/v1/namespaces', { metadata: { name: 'stray' } });
    await api.create('/api/v1/namespaces/stray/configmaps', { metadata: { name: 'stray' } });
    await show(incident, 'sick');
    expect(await names('/api/v1/services')).toEqual(before);
    expect(await names('/api/v1/configmaps')).not.toContain('stray/stray');
    expect(await names('/api/v1/namespaces')).not.toContain('/stray');
  });

  test('an event that the API server would add is refused, anybody else’s is taken', async () => {
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'probe', namespace: 'default' },
      involvedObject: { kind: 'Service', name: 'x', namespace: 'default' },
    };
    const { kubectl } = server.controlPlane;
    const create = ['create', '--as-group=system:masters', '--filename=-'];
    const input = JSON.stringify(event);
    const refused = await kubectl([...create, '--as=system:apiserver'], { input });
    expect(refused.stderr).toContain('testbed-only-stated-events');
    const taken = await kubectl([...create, '--as=somebody'], { input });
    expect(taken).toMatchObject({ code: 0, stdout: 'event/probe created\n' });
  });

  async function names(path: string): Promise<string[]> {
    const { items } = await server.controlPlane.api.list(path);
    return items.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`).sort();
  }
});

function show(incident: Incident, variant: Variant): Promise<Scenario> {
  return server.show({
    directory: join(incident.directory, variant),
    at: incident.at,
    version: versionOf(incident, variant),
  });
}

const NOTHINGS = ['null', '""', '{}', '[]'];

/** The API leaves out what is null or empty, and this one count when it is zero. */
function withoutNothings(object: KubernetesObject): object {
  return JSON.parse(JSON.stringify(object), (key, value: unknown) => {
    const isZero = key === 'updatedNumberScheduled' && value === 0;
    return isZero || NOTHINGS.includes(JSON.stringify(value)) ? undefined : value;
  }) as object;
}
