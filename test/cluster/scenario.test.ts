import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandResult } from '../testbed/command.ts';
import { liveCases, versionOf } from '../testbed/incident.ts';
import type { Incident, Variant } from '../testbed/incident.ts';
import { startScenarioServer } from '../testbed/scenario.ts';
import type { Scenario, ScenarioServer } from '../testbed/scenario.ts';
import { runTriage } from '../testbed/triage.ts';
import { answerOf } from './answers.ts';

const CASES = await liveCases();

let server: ScenarioServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenario-'));
  server = await startScenarioServer();
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

test.each(CASES)(
  '$name, $variant: a live cluster, its dump and its recording give one answer',
  async ({ incident, variant }) => {
    const scenario = await show(incident, variant);
    const record = join(folder, `${incident.name}-${variant}.json.gz`);
    const [live, dump] = await Promise.all([
      ask(incident, ['--record', record], scenario),
      ask(incident, ['--from', join(incident.directory, variant), '--at', incident.at]),
    ]);
    // Without the logs of a silent node less is ruled out than with those that a dump may hold.
    const isSilent = scenario.silentPods.size > 0;
    const whole = answerOf(dump);
    const { ruledOut, ...seen } = answerOf(live);
    // Live less is read, so less may be ruled out; nothing else may.
    expect(isSilent ? [] : ruledOut.filter((each) => !isAmong(each, whole.ruledOut))).toEqual([]);
    if (incident.quiet !== undefined && variant === 'sick') {
      expect(seen.causes.filter((each) => !isAmong(each, whole.causes))).toEqual([]);
      const causes = new Set(incident.expect.sick.causes);
      expect(ruledOut.filter(({ cause }) => causes.has(cause))).toEqual([]);
    } else {
      const { ruledOut: _more, ...known } = whole;
      expect(seen).toEqual(known);
      expect(live.code).toBe(incident.expect[variant].exit);
    }
    const replayed = await ask(incident, ['--from', record]);
    expect(replayed).toEqual(live);
  },
);

describe('a recording replays byte for byte', () => {
  const question = CASES.find(({ name }) => name === 'pool-exhausted');

  test.each(['text', 'wide', 'json', 'yaml', 'markdown', 'name'])('as %s', async (format) => {
    if (question === undefined) {
      throw new Error('the incident pool-exhausted is gone');
    }
    const { incident } = question;
    const scenario = await show(incident, 'sick');
    const record = join(folder, `${format}.json.gz`);
    const live = await ask(incident, ['--record', record, '-o', format], scenario);
    const replayed = await ask(incident, ['--from', record, '-o', format]);
    expect(live.stdout).toContain('pool-exhausted');
    expect(replayed.stdout).toBe(live.stdout);
    expect(replayed.code).toBe(live.code);
  });
});

function isAmong(each: unknown, all: readonly unknown[]): boolean {
  return all.some((other) => JSON.stringify(other) === JSON.stringify(each));
}

function ask(
  { command, subject }: Incident,
  flags: readonly string[],
  scenario?: Scenario,
): Promise<CommandResult> {
  const words = [command, ...(subject === null ? [] : [subject])];
  const format = flags.includes('-o') ? [] : ['-o', 'json'];
  return runTriage([...words, ...flags, ...format], { kubeconfig: scenario?.kubeconfig });
}

function show(incident: Incident, variant: Variant): Promise<Scenario> {
  return server.show({
    directory: join(incident.directory, variant),
    at: incident.at,
    version: versionOf(incident, variant),
  });
}
