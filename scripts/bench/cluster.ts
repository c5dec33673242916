import { join } from 'node:path';
import { startScenarioServer } from '../../test/testbed/scenario.ts';
import { Exit } from '../../src/core/facts/exit.ts';
import { programs } from '../../test/testbed/build.ts';
import { atMost, type Figure } from './figure.ts';
import { generatedAt, writeLargeCluster } from './large-cluster.ts';
import { type Cost, median, run } from './measure.ts';

/** The runbook's own commands, each a kubectl process, in its order. */
const runbook: readonly (readonly string[])[] = [
  ['-n', 'metallb-system', 'get', 'pods', '-o', 'wide'],
  ['-n', 'metallb-system', 'get', 'ipaddresspools,l2advertisements'],
  ['get', 'svc', '-A'],
  ['-n', 'metallb-system', 'logs', 'deploy/controller', '--tail=200'],
  ['-n', 'metallb-system', 'logs', 'daemonset/speaker', '--tail=200'],
  ['-n', 'metallb-system', 'describe', 'pods'],
];

const nodes = 100;
/** The runbook asks for the DaemonSet's log, of which kubectl shows one pod; triage reads them all. */
const speakerLog = (index: number) =>
  ['-n', 'metallb-system', 'logs', `speaker-${index}`, '--tail=200'] as const;

/** Runs one command after the other, as a person does. */
async function inTurn(program: string, lines: readonly (readonly string[])[]): Promise<Cost> {
  const costs = [];
  for (const args of lines) {
    costs.push(await run(program, args));
  }
  return { ms: costs.reduce((sum, { ms }) => sum + ms, 0), peakMegabytes: 0, stdout: '' };
}

/** `health` and `pending` on a real API server with 1,000 Services, slices and 100 nodes, against the runbook by hand. */
export async function benchCluster(folder: string): Promise<readonly Figure[]> {
  const directory = join(folder, 'cluster');
  writeLargeCluster(directory, { services: 1000, nodes });
  await using server = await startScenarioServer();
  const { kubeconfig } = await server.show({ directory, at: generatedAt, version: 'v0.15.3' });
  const { kubectl } = await programs(['kubectl']);
  const asAdmin = ['--kubeconfig', kubeconfig];
  const triage = (args: readonly string[], exit: number = Exit.problem) =>
    run(process.execPath, ['bin/run.js', ...args, ...asAdmin, '-o', 'json'], exit);
  const withKubectl = (lines: readonly (readonly string[])[]) =>
    inTurn(
      kubectl,
      lines.map((args) => [...asAdmin, ...args]),
    );
  const byHand = await median(3, () => withKubectl(runbook));
  const everyLog = await withKubectl(Array.from({ length: nodes }, (_, at) => speakerLog(at)));
  const bare = await median(5, () => run(process.execPath, ['bin/run.js', 'version']));
  const health = await median(5, () => triage(['health']));
  const pending = await median(5, () => triage(['pending', 'shop/late']));
  const traffic = await median(5, () => triage(['no-traffic', 'shop/web-7'], Exit.healthy));
  const beyondVersion = (name: string, { ms }: Cost) =>
    atMost(`${name} over triage version`, (ms - bare.ms) / 1000, { limit: 0.5, unit: ' s' });
  const receipt = receiptOf(health);
  process.stdout.write(
    `runbook ${byHand.ms.toFixed(0)} ms, every speaker's log ${everyLog.ms.toFixed(0)} ms, health ${health.ms.toFixed(0)} ms, pending ${pending.ms.toFixed(0)} ms, no-traffic ${traffic.ms.toFixed(0)} ms, version ${bare.ms.toFixed(0)} ms, ${receipt.logs} logs\n`,
  );
  return [
    atMost('health over the runbook by hand', health.ms / byHand.ms, { limit: 0.2, unit: 'x' }),
    atMost('health over the runbook with every log', health.ms / (byHand.ms + everyLog.ms), {
      limit: 0.2,
      unit: 'x',
    }),
    atMost('health, list calls', receipt.lists, { limit: 15, unit: '' }),
    atMost('health, peak memory', health.peakMegabytes, { limit: 200, unit: ' MB' }),
    beyondVersion('pending', pending),
    beyondVersion('no-traffic', traffic),
    atMost('no-traffic, list calls', receiptOf(traffic).lists, { limit: 20, unit: '' }),
  ];
}

function receiptOf({ stdout }: Cost): { readonly lists: number; readonly logs: number } {
  return (JSON.parse(stdout) as { receipt: { lists: number; logs: number } }).receipt;
}
