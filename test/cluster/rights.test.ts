import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { openCluster } from '../../src/core/cluster/open-cluster.ts';
import type { Reading } from '../../src/core/facts/reading.ts';
import { kinds } from '../../src/core/cluster/kinds.ts';
import { pluginFacts } from '../../src/core/facts/snapshot.ts';
import type { Snapshot } from '../../src/core/facts/snapshot.ts';
import type { CommandResult } from '../testbed/command.ts';
import { incidentNamed, versionOf } from '../testbed/incident.ts';
import type { Incident, Variant } from '../testbed/incident.ts';
import { startScenarioServer } from '../testbed/scenario.ts';
import type { Scenario, ScenarioServer } from '../testbed/scenario.ts';
import { runTriage } from '../testbed/triage.ts';
import { describeRight, makeUser, rightsIn, rightsOfView, untilGranted } from '../testbed/users.ts';
import type { Right, RoleDocument, User } from '../testbed/users.ts';
import { answerOf, reportOf } from './answers.ts';

const PRINTED = rightsIn(
  parseAllDocuments((await runTriage(['rbac', '--user', 'oncall'])).stdout).map(
    (document) => document.toJS() as RoleDocument,
  ),
);
const NAMED = PRINTED.map((right) => ({ right, name: describeRight(right) }));

/** Together they need every kind: one selects namespaces by label. */
const INCIDENTS = ['pool-exhausted', 'pool-not-for-service-namespace-label', 'controller-absent'];

/** And these ask for what is read only where it can matter: AddressPools, old ConfigMaps, peers with an advertisement. */
const SPECIAL = ['old-pool-exhausted', 'no-pool', 'config-rejected-by-bgp-peer', 'bgp-as-mismatch'];

/** Its definitions do not come with MetalLB, so no server here has its kinds, and nobody can be denied them. */
const notServed = 'frrk8s.metallb.io';

/** Of network plugins: served where a test defines them. */
const pluginGroups = ['crd.projectcalico.org', 'projectcalico.org', 'cilium.io'];

/** Nor can anybody be denied AddressPools, which only v0.13 has. */
function isNotServed(line: string): boolean {
  return line.includes(notServed) || /\blist addresspools\./.test(line);
}

let server: ScenarioServer;
let user: User;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rights-'));
  server = await startScenarioServer();
  user = await makeUser(server.controlPlane, 'oncall');
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

test('what `triage rbac` prints can be applied as it is', async () => {
  await show('pool-exhausted', 'sick');
  const printed = await runTriage(['rbac', '--user', 'oncall']);
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  const applied = await server.controlPlane.kubectl(['apply', '-f', '-'], {
    input: printed.stdout,
  });
  expect(applied).toMatchObject({ code: 0, stderr: '' });
  await untilGranted(server.controlPlane, user.name, PRINTED);
  const run = await ask(await incidentNamed('pool-exhausted'), user.kubeconfig);
  expect(reportOf(run).diagnosis.unknowns).toEqual([]);
  expect(run.code).toBe(1);
});

describe.each(INCIDENTS)('with the rights that `triage rbac` prints, on %s', (name) => {
  test.each(['pending', 'no-traffic', 'health'])(
    '%s answers as it does for the administrator',
    async (command) => {
      const { kubeconfig } = await show(name, 'sick');
      await user.grant(PRINTED);
      const incident = { ...(await incidentNamed(name)), command };
      const mine = await ask(incident, user.kubeconfig);
      expect(answerOf(mine)).toEqual(answerOf(await ask(incident, kubeconfig)));
      expect(reportOf(mine).diagnosis.unknowns).toEqual([]);
    },
  );
});

test('every right that `triage rbac` prints is used', async () => {
  let unproven = NAMED.filter(({ right }) => ![notServed, ...pluginGroups].includes(right.group));
  for (const name of [...SPECIAL, ...INCIDENTS]) {
    await show(name, 'sick');
    const incident = await incidentNamed(name);
    const still: typeof NAMED = [];
    for (const entry of unproven) {
      await user.grant(PRINTED.filter((right) => right !== entry.right));
      const commands = incident.subject === null ? ['health'] : ['pending', 'no-traffic', 'health'];
      const missed: boolean[] = [];
      for (const command of commands) {
        missed.push((await askAndRecord({ ...incident, command })).isMissed);
      }
      still.push(...(missed.includes(true) ? [] : [entry]));
    }
    unproven = still;
  }
  expect(unproven.map((entry) => entry.name)).toEqual([]);
});

test('what `triage rbac --snapshot` prints is enough for `triage snapshot`', async () => {
  await show('pool-exhausted', 'sick');
  const { stdout } = await runTriage(['rbac', '--snapshot', '--user', 'oncall']);
  const documents = parseAllDocuments(stdout).map((document) => document.toJS() as RoleDocument);
  await user.grant(rightsIn(documents));
  const { code, stderr } = await runTriage(['snapshot', '-o', join(folder, 'whole.gz')], user);
  expect(stderr).not.toContain('not recorded');
  expect(code).toBe(0);
});

describe('one right less', () => {
  test.each(NAMED)('without $name a sick cluster is not called fine', async ({ right }) => {
    const incident = await showAndGrant('sick', right);
    const { run, denied } = await askAndRecord(incident);
    expect([1, 3]).toContain(run.code);
    expect(permissionsIn(run)).toEqual(expect.arrayContaining(denied));
  });

  test.each(NAMED)('without $name a healthy cluster is fine or unknown', async ({ right }) => {
    const incident = await showAndGrant('healthy', right);
    const { run, denied } = await askAndRecord({ ...incident, command: 'health' });
    const { verdicts } = reportOf(run).diagnosis;
    const isDecided = verdicts.every(({ verdict }) => verdict !== 'unknown');
    expect(run.code).toBe(isDecided ? 0 : 3);
    expect(permissionsIn(run)).toEqual(expect.arrayContaining(denied));
  });

  async function showAndGrant(variant: Variant, without: Right): Promise<Incident> {
    await show('pool-exhausted', variant);
    await user.grant(PRINTED.filter((right) => right !== without));
    return incidentNamed('pool-exhausted');
  }
});

describe('doctor', () => {
  test('finds nothing to mend with the rights that `triage rbac` prints', async () => {
    await show('pool-exhausted', 'sick');
    await user.grant(PRINTED);
    const { code, stdout } = await runTriage(['doctor'], user);
    expect(stdout).toContain('everything works from here');
    expect(code).toBe(0);
  });

  test('calls no right given that a user without any has', async () => {
    await show('pool-exhausted', 'sick');
    await user.grant([]);
    const { code, stdout } = await runTriage(['doctor'], user);
    const allowed = stdout.split('\n').filter((line) => /^ok +(list|get) /.test(line));
    expect(allowed.filter((line) => !isNotServed(line))).toEqual([]);
    expect(code).toBe(3);
  });
});

describe('users of another kind', () => {
  test('with no right at all nothing can be said, and that is said', async () => {
    await show('pool-exhausted', 'sick');
    await user.grant([]);
    const run = await ask(await incidentNamed('pool-exhausted'), user.kubeconfig);
    expect(run.code).toBe(3);
    expect(reportOf(run).diagnosis.rootCauses).toEqual([]);
    expect(run.stdout).toContain('list services');
  });

  test('`view` sees the Services but not the pools, which are named', async () => {
    await show('pool-exhausted', 'sick');
    await user.grant(await rightsOfView(server.controlPlane));
    const run = await ask(await incidentNamed('pool-exhausted'), user.kubeconfig);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('list ipaddresspools.metallb.io');
  });

  test('rights in the namespace of the Service alone are not enough to call a cause', async () => {
    await show('pool-exhausted', 'sick');
    await user.grant(PRINTED.map((right) => ({ ...right, namespace: 'shop' })));
    const run = await ask(await incidentNamed('pool-exhausted'), user.kubeconfig);
    expect(run.code).toBe(3);
    expect(reportOf(run).diagnosis.rootCauses).toEqual([]);
  });

  test('everything but the logs gives the cause all the same', async () => {
    await show('pool-exhausted', 'sick');
    await user.grant(PRINTED.filter(({ resource }) => resource !== 'pods/log'));
    const run = await ask(await incidentNamed('pool-exhausted'), user.kubeconfig);
    expect(run.code).toBe(1);
    expect(reportOf(run).diagnosis.rootCauses.map(({ cause }) => cause)).toEqual([
      'pool-exhausted',
    ]);
  });
});

describe('where a network plugin is', () => {
  test.each(pluginGroups)('every right on %s that is printed is used', async (group) => {
    await show('bgp-as-mismatch', 'sick');
    const incident = await incidentNamed('bgp-as-mismatch');
    const definitions = definitionsOf(group);
    const { kubectl } = server.controlPlane;
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: definitions });
    await kubectl(['apply', '-f', '-'], { input });
    try {
      await kubectl(['wait', '--for=condition=Established', '--timeout=180s', '-f', '-'], {
        input,
      });
      const rights = PRINTED.filter((right) => right.group === group);
      expect(rights.length).toBe(definitions.length);
      for (const right of rights) {
        await user.grant(PRINTED.filter((other) => other !== right));
        const { denied } = await askAndRecord(incident);
        expect(denied).toEqual([`list ${right.resource}.${group}`]);
      }
    } finally {
      await kubectl(['delete', '-f', '-'], { input });
    }
  });
});

/** Kinds of a network plugin as a server may hold them, without a schema. */
function definitionsOf(group: string): readonly object[] {
  return pluginFacts.flatMap((fact) => {
    const { resource, kind, namespaced, ...usual } = kinds[fact];
    const place = [usual, ...(usual.elsewhere ?? [])].find((each) => each.group === group);
    const schema = {
      openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    };
    return place === undefined
      ? []
      : [
          {
            apiVersion: 'apiextensions.k8s.io/v1',
            kind: 'CustomResourceDefinition',
            metadata: { name: `${resource}.${group}` },
            spec: {
              group,
              scope: namespaced ? 'Namespaced' : 'Cluster',
              names: { plural: resource, singular: kind.toLowerCase(), kind },
              versions: [{ name: place.version, served: true, storage: true, schema }],
            },
          },
        ];
  });
}

interface Asked {
  readonly run: CommandResult;
  /** What was asked for and refused. */
  readonly denied: string[];
  /** True when something was refused, a part of a kind included. */
  readonly isMissed: boolean;
}

/** One run, and the rights it was denied. */
async function askAndRecord(incident: Incident): Promise<Asked> {
  const record = join(folder, 'record.json.gz');
  const run = await ask(incident, user.kubeconfig, ['--record', record]);
  const { readings, logs } = await recorded(record);
  const all: Reading<unknown>[] = [...Object.values(readings), ...logs.map(({ lines }) => lines)];
  const denied = all.flatMap((reading) =>
    reading.state === 'forbidden' ? [`${reading.verb} ${reading.resource}`] : [],
  );
  const isConfined = all.some((reading) => reading.state === 'read' && reading.rest === 'denied');
  return { run, denied, isMissed: denied.length > 0 || isConfined };
}

/** The missing rights that the answer names. */
function permissionsIn(run: CommandResult): string[] {
  return reportOf(run).diagnosis.unknowns.map(({ permission }) => permission ?? '');
}

async function recorded(path: string): Promise<Snapshot> {
  const reader = await openCluster({ kind: 'recorded', path });
  const nothing = { facts: [], logs: [], service: undefined };
  return reader.gather(nothing, new AbortController().signal);
}

async function show(name: string, variant: Variant): Promise<Scenario> {
  const incident = await incidentNamed(name);
  const directory = join(incident.directory, variant);
  return server.show({ directory, at: incident.at, version: versionOf(incident, variant) });
}

function ask(
  { command, subject }: Incident,
  kubeconfig: string,
  flags: readonly string[] = [],
): Promise<CommandResult> {
  const words = command === 'health' ? [command] : [command, subject ?? 'shop/checkout'];
  return runTriage([...words, ...flags, '-o', 'json'], { kubeconfig });
}
