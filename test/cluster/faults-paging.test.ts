import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CommandResult } from '../testbed/command.ts';
import type { FaultProxy } from '../testbed/fault-proxy.ts';
import type { Fault, FaultRule } from '../testbed/fault-rules.ts';
import { incidentNamed, versionOf } from '../testbed/incident.ts';
import { proxyBefore } from '../testbed/scenario-proxy.ts';
import { startScenarioServer } from '../testbed/scenario.ts';
import type { ScenarioServer } from '../testbed/scenario.ts';
import { runTriage } from '../testbed/triage.ts';
import { answerOf, reportOf } from './answers.ts';

const SERVICES = /\/services\?/;
const SECOND_PAGE = /\/services\?.*continue=/;
const EXPIRED: Fault = { kind: 'status', code: 410, reason: 'Expired' };

let server: ScenarioServer;
let proxy: FaultProxy;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paging-'));
  server = await startScenarioServer();
  proxy = await proxyBefore(server);
});

afterEach(() => proxy.setRules([]));

afterAll(async () => {
  await proxy.stop();
  await server.stop();
  await rm(folder, { recursive: true });
});

describe('1,700 more Services', () => {
  let undisturbed: object;
  let pages: number;
  beforeAll(async () => {
    await showWith(1_700, { type: 'ClusterIP' });
    undisturbed = answerOf(await ask(['pending', 'shop/checkout'], []));
    pages = listCalls();
  });

  test('are read page by page, and change nothing', () => {
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(undisturbed).toMatchObject({ code: 1, causes: [{ cause: 'pool-exhausted' }] });
  });

  test.each([
    { name: 'a list that expires between two pages is begun again', fault: EXPIRED, more: 2 },
    { name: 'half a page is asked for again', fault: { kind: 'half' } as const, more: 1 },
    {
      name: 'a page that breaks off is asked for again',
      fault: { kind: 'reset-in-body' } as const,
      more: 1,
    },
  ])('$name', async ({ fault, more }) => {
    const rules = [{ path: SECOND_PAGE, times: 1, fault }];
    expect(answerOf(await ask(['pending', 'shop/checkout'], rules))).toEqual(undisturbed);
    expect(listCalls()).toBe(pages + more);
  });

  test('a list that always expires is unknown, not the part that was read', async () => {
    const run = await ask(['health'], [{ path: SECOND_PAGE, fault: EXPIRED }]);
    const { result, diagnosis } = reportOf(run);
    expect({ code: run.code, result }).toEqual({ code: 3, result: 'unknown' });
    expect(diagnosis.unknowns.map(({ fact }) => fact)).toContain('services');
  });

  function listCalls(): number {
    return proxy.requests().filter(({ path }) => SERVICES.test(path)).length;
  }
});

test('a hundred pending Services cost as many calls as one', async () => {
  await showWith(0, { type: 'LoadBalancer' });
  await ask(['health'], []);
  const one = proxy.requests().length;
  await showWith(100, { type: 'LoadBalancer' });
  const run = await ask(['health'], []);
  expect(proxy.requests()).toHaveLength(one);
  expect(run.code).toBe(1);
});

/** Shows the sick cluster with further Services that have no address. */
async function showWith(count: number, { type }: { readonly type: string }): Promise<void> {
  const incident = await incidentNamed('pool-exhausted');
  const directory = join(folder, `${count}-${type}`);
  await cp(join(incident.directory, 'sick'), directory, { recursive: true });
  const items = Array.from({ length: count }, (_, index) => ({
    metadata: { name: `more-${index}`, namespace: 'more', creationTimestamp: incident.at },
    spec: { type, clusterIP: `10.97.${index >> 8}.${index & 255}`, ports: [{ port: 80 }] },
  }));
  const list = { apiVersion: 'v1', kind: 'ServiceList', items };
  await writeFile(join(directory, 'more.json'), JSON.stringify(list));
  await server.show({ directory, at: incident.at, version: versionOf(incident, 'sick') });
}

function ask(words: readonly string[], rules: readonly FaultRule[]): Promise<CommandResult> {
  proxy.setRules(rules);
  proxy.forget();
  return runTriage([...words, '-o', 'json'], { kubeconfig: proxy.kubeconfig });
}
