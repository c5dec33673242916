import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { factNames, kinds } from '../../src/core/cluster/kinds.ts';
import { checks } from '../../src/checks/index.ts';
import type { FactName } from '../../src/core/facts/snapshot.ts';
import type { CommandResult } from '../testbed/command.ts';
import type { FaultProxy } from '../testbed/fault-proxy.ts';
import type { Fault, FaultRule } from '../testbed/fault-rules.ts';
import { incidentNamed, versionOf } from '../testbed/incident.ts';
import type { Variant } from '../testbed/incident.ts';
import { proxyBefore } from '../testbed/scenario-proxy.ts';
import { startScenarioServer } from '../testbed/scenario.ts';
import type { ScenarioServer } from '../testbed/scenario.ts';
import { runTriage } from '../testbed/triage.ts';
import { answerOf, reportOf } from './answers.ts';

const PENDING = ['pending', 'shop/checkout'];
const HEALTH = ['health'];
/** What stays broken is asked for as long as one request may take. */
const SOON = ['--request-timeout', '3s'];

/** Faults that pass: each spoils the first answer, or the first two, and then lets go. */
const PASSING: readonly { readonly name: string; readonly fault: Fault; readonly times: number }[] =
  [
    { name: '429 twice', fault: { kind: 'status', code: 429, retryAfterSeconds: 1 }, times: 2 },
    { name: '500', fault: { kind: 'status', code: 500 }, times: 1 },
    { name: '503 as text', fault: { kind: 'plain', code: 503, text: 'no upstream' }, times: 2 },
    { name: 'a reset', fault: { kind: 'reset' }, times: 1 },
    { name: 'a reset in mid-body', fault: { kind: 'reset-in-body' }, times: 1 },
    { name: 'half an answer', fault: { kind: 'half' }, times: 1 },
    { name: 'a delay', fault: { kind: 'delay', ms: 500 }, times: 1 },
  ];

/** Faults that stay. */
const STAYING: readonly { readonly name: string; readonly fault: Fault }[] = [
  { name: '503 as text', fault: { kind: 'plain', code: 503, text: 'no upstream' } },
  { name: 'half answers', fault: { kind: 'half' } },
  { name: 'resets in mid-body', fault: { kind: 'reset-in-body' } },
  { name: '429 for an hour', fault: { kind: 'status', code: 429, retryAfterSeconds: 3_600 } },
];

let server: ScenarioServer;
let proxy: FaultProxy;
let shown: Variant | undefined;

beforeAll(async () => {
  server = await startScenarioServer();
  proxy = await proxyBefore(server);
});

afterEach(() => proxy.setRules([]));

afterAll(async () => {
  await proxy.stop();
  await server.stop();
});

describe('what a run costs', () => {
  test.each([PENDING, HEALTH])('%s counts its own calls rightly', async (...words) => {
    await show('sick');
    const { receipt } = reportOf(await ask(words, []));
    const seen = proxy.requests();
    expect(receipt.calls).toBe(seen.length);
    expect(receipt.lists).toBe(seen.filter(({ path }) => isList(path)).length);
    expect(receipt.logs).toBe(seen.filter(({ path }) => isLog(path)).length);
    expect(seen.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test('health stays within fifteen lists and one call per log, and never reads an object alone', async () => {
    await show('sick');
    await ask(HEALTH, []);
    const paths = proxy.requests().map(({ path }) => path);
    expect(paths.filter(isList).length).toBeLessThanOrEqual(15);
    // Three speakers and one controller, none of them restarted.
    expect(paths.filter(isLog)).toHaveLength(4);
    expect(new Set(paths).size).toBe(paths.length);
  });
});

describe('faults that pass', () => {
  test.each(PASSING)('$name, on every list: the same answer', async ({ fault, times }) => {
    await show('sick');
    const undisturbed = answerOf(await ask(PENDING, []));
    const rules = factNames.map((fact) => ({ path: pathOf(fact), times, fault }));
    expect(answerOf(await ask(PENDING, rules))).toEqual(undisturbed);
    expect(proxy.requests().filter((record) => record.fault === fault.kind).length).toBeGreaterThan(
      5,
    );
  });

  test.each(PASSING)('$name, on every log: the same answer', async ({ fault }) => {
    await show('sick');
    const undisturbed = answerOf(await ask(PENDING, []));
    const run = answerOf(await ask(PENDING, [{ path: /\/log\?/, times: 1, fault }]));
    // A kubelet that cannot be reached is a 500 as well, and asked once: that log is then unread.
    const isUnread = fault.kind === 'status' && fault.code === 500;
    expect(run).toEqual({ ...undisturbed, ruledOut: (isUnread ? run : undisturbed).ruledOut });
  });
});

describe('faults that stay', () => {
  test.each(STAYING)(
    '$name, on Services: a healthy cluster is not called fine unread',
    async ({ fault }) => {
      await show('healthy');
      const run = await ask([...HEALTH, ...SOON], [{ path: pathOf('services'), fault }]);
      expect(run.code).toBe(3);
      expect(reportOf(run).diagnosis.unknowns.map((missing) => missing.fact)).toContain('services');
    },
  );

  test.each(factNames)('500 on %s: a healthy cluster is not called fine unread', async (fact) => {
    await show('healthy');
    const rules: FaultRule[] = [{ path: pathOf(fact), fault: { kind: 'status', code: 500 } }];
    const run = await ask([...HEALTH, ...SOON], rules);
    const { diagnosis } = reportOf(run);
    const unknown = diagnosis.unknowns.map((missing) => missing.fact);
    if (needed('health').has(fact)) {
      expect({ code: run.code, unknown }).toEqual({
        code: 3,
        unknown: expect.arrayContaining([kinds[fact].resource]) as unknown,
      });
    } else {
      expect(run.code).toBe(0);
    }
  });

  test.each(factNames)('500 on %s: a sick cluster is never called fine', async (fact) => {
    await show('sick');
    const rules: FaultRule[] = [{ path: pathOf(fact), fault: { kind: 'status', code: 500 } }];
    const run = await ask([...PENDING, ...SOON], rules);
    expect([1, 2, 3]).toContain(run.code);
    expect(`${run.stdout}${run.stderr}`).not.toContain('"result":"healthy"');
  });

  test('an API server that only resets is an error', async () => {
    await show('sick');
    const run = await ask(PENDING, [{ fault: { kind: 'reset' } }]);
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({ result: 'error', exitCode: 2 });
  });

  test('an answer that comes too late is unknown, and the flag that waits longer is named', async () => {
    await show('healthy');
    const rules: FaultRule[] = [{ path: pathOf('services'), fault: { kind: 'delay', ms: 12_000 } }];
    const run = await ask([...HEALTH, '--request-timeout', '4s'], rules);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('--request-timeout');
  });

  test('broken discovery does not make MetalLB absent', async () => {
    await show('sick');
    const rules: FaultRule[] = [
      { path: /^\/apis\/metallb\.io\/v1beta\d$/, fault: { kind: 'status', code: 503 } },
      { path: /^\/apis$/, fault: { kind: 'status', code: 503 } },
    ];
    const { diagnosis } = reportOf(await ask(PENDING, rules));
    expect(diagnosis.rootCauses.map(({ cause }) => cause)).toEqual(['pool-exhausted']);
  });
});

/** What the health checks cannot do without. */
function needed(symptom: 'pending' | 'health'): ReadonlySet<string> {
  const asked = checks.filter(({ symptoms }) => symptoms.includes(symptom));
  return new Set(asked.flatMap(({ needs }) => needs));
}

function pathOf(fact: FactName): RegExp {
  return new RegExp(`/${kinds[fact].resource}(\\?|$)`);
}

function isLog(path: string): boolean {
  return /\/log\?/.test(path);
}

function isList(path: string): boolean {
  return factNames.some((fact) => pathOf(fact).test(path));
}

/** Nothing here changes the cluster, so one that is shown already is shown on. */
async function show(variant: Variant): Promise<void> {
  if (variant === shown) {
    return;
  }
  shown = variant;
  const incident = await incidentNamed('pool-exhausted');
  await server.show({
    directory: join(incident.directory, variant),
    at: incident.at,
    version: versionOf(incident, variant),
  });
}

function ask(words: readonly string[], rules: readonly FaultRule[]): Promise<CommandResult> {
  proxy.setRules(rules);
  proxy.forget();
  return runTriage([...words, '-o', 'json'], { kubeconfig: proxy.kubeconfig });
}
