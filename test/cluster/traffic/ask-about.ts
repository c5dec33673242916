import { join } from 'node:path';
import { expect } from 'vitest';
import type { Report } from '../../../src/core/facts/report.ts';
import { runCommand } from '../../testbed/command.ts';
import type { CommandResult } from '../../testbed/command.ts';
import { namespacePath } from '../../testbed/program.ts';
import { runTriage, triageCommand } from '../../testbed/triage.ts';
import type { MadeCause } from './made-cause.ts';
import type { Scene } from './scene.ts';

/** What `no-traffic` said of a Service. */
export interface TrafficAnswer {
  readonly code: number;
  /** Causes that are more than remarks, the likeliest first. */
  readonly causes: readonly string[];
  /** Where each address of the path breaks first, if it does. */
  readonly broken: readonly (string | undefined)[];
  /** The text for a person with every run of white space as one blank. */
  readonly text: string;
}

/** Asks on the running cluster, and holds the answer to that from its own recording. */
export async function askAbout(
  scene: Scene,
  { subject, probes, file }: { subject: string; probes: MadeCause['probes']; file: string },
): Promise<TrafficAnswer> {
  const recording = join(scene.folder, file);
  const words = ['no-traffic', subject];
  const extra = probes === true ? ['--probe'] : [];
  const live = await runOnClient(scene, [...words, ...extra, '-o', 'json', '--record', recording]);
  expect(live.stderr).toMatch(nothingButBanner);
  const [again, text] = await Promise.all([
    runTriage([...words, '-o', 'json', '--from', recording]),
    runTriage([...words, '--from', recording]),
  ]);
  expect({ code: again.code, stdout: again.stdout }).toEqual({
    code: live.code,
    stdout: live.stdout,
  });
  expect(text.code).toBe(live.code);
  return { ...answerIn(live), text: text.stdout.replaceAll(/\s+/g, ' ') };
}

function answerIn({ code, stdout }: CommandResult): Omit<TrafficAnswer, 'text'> {
  const { diagnosis } = JSON.parse(stdout) as Report;
  const found = diagnosis.rootCauses.filter(({ severity }) => severity !== 'info');
  return {
    code,
    causes: found.map(({ cause }) => cause),
    broken: (diagnosis.paths ?? []).map(
      ({ steps }) =>
        steps.find(({ answer }) => answer === 'broken' || answer === 'doubtful')?.question,
    ),
  };
}

/** Runs triage where the client is: on the segment, outside the cluster. */
function runOnClient({ client, lab }: Scene, words: readonly string[]): Promise<CommandResult> {
  const { program, environment } = triageCommand({ kubeconfig: lab.segment.kubeconfig });
  const enter = [`--net=${namespacePath(client.namespace)}`, process.execPath, program];
  return runCommand('nsenter', [...enter, ...words], { environment });
}

/** One line may name the cluster: context, server, MetalLB, user. */
const nothingButBanner = /^(?:testbed · [^\n]+\n\n?)?$/;
