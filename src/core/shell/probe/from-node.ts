import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { nearNames } from '../../cluster/near-names.ts';
import { kubectl } from '../../diagnosis/kubectl.ts';
import { OutsideError, RefusedError, UsageError } from '../../facts/errors.ts';
import type { Node } from '../../facts/kube-objects.ts';
import type { PodName } from '../../facts/pod-port.ts';
import type { Clock } from '../../facts/ports.ts';
import type { Reading } from '../../facts/reading.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import type { WireLook } from '../../facts/wire.ts';
import type { WireQuestion } from '../../facts/wire-port.ts';
import { visible } from '../../report/escape.ts';
import { yamlOf } from '../../report/yaml.ts';
import { canAsk, confirm } from '../question/choose.ts';
import { sourceOf, type SourceFlags } from '../world.ts';
import { podManifest } from './pod-manifest.ts';
import { looksFrom } from './pod-output.ts';
import { outputOf } from './pod-run.ts';
import { longestMs, podScript } from './pod-script.ts';
import type { ProbeFlags } from './probe-flags.ts';
import type { Looked, ProbeHands } from './probing.ts';
import { taken } from './taken.ts';

/** What a look from nodes is made of. */
export interface FromNodes {
  readonly flags: ProbeFlags & SourceFlags;
  readonly hands: ProbeHands;
  readonly snapshot: Snapshot;
}

/** A slip in a name would make a Pod that waits for ever. */
export function refuseUnknownNodes(names: readonly string[], nodes: Reading<Node>): void {
  if (nodes.state !== 'read') {
    return;
  }
  const known = nodes.items.map(({ metadata }) => metadata.name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearNames(unknown, known);
    const shown = near.length > 0 ? near : known.toSorted().slice(0, 10);
    throw new UsageError(`there is no node ${unknown}`, {
      suggestions: shown.map((name) => `--from-node ${name}`),
    });
  }
}

/** The same questions from each node named, in a Pod that is shown first, made, read and taken away. */
export async function looksFromNodes(
  questions: readonly WireQuestion[],
  scene: FromNodes,
): Promise<readonly Looked[]> {
  const looked: Looked[] = [];
  for (const node of scene.flags['from-node'] ?? []) {
    const look = () => looksFromNode(node, questions, scene);
    looked.push(await taken(`from node ${node}`, scene.hands, look));
  }
  return looked;
}

const startMs = 60_000;

async function looksFromNode(
  node: string,
  questions: readonly WireQuestion[],
  scene: FromNodes,
): Promise<readonly WireLook[]> {
  const { flags, hands, snapshot } = scene;
  const of = podNameIn(flags['probe-namespace'] ?? homeOf(snapshot));
  const workMs = questions.reduce((sum, each) => sum + longestMs(each), 0);
  const limitMs = startMs + workMs;
  const limitSeconds = Math.ceil(limitMs / 1000);
  const mark = `@@${randomBytes(8).toString('hex')}`;
  const script = podScript(questions, mark);
  const manifest = podManifest({ of, node, image: flags.image, script, limitSeconds });
  await agreeTo(manifest, node, scene);
  const { openPodHands } = await import('../../cluster/live/open-live-cluster.ts');
  const source = sourceOf(flags, hands.version);
  if (source.kind !== 'live') {
    return [];
  }
  const left = (why: string) => hands.tell(leftText(of, why));
  const run = { hands: await openPodHands(source), clock, of, manifest, limitMs, left };
  const output = await hands.narrate(`looking from node ${node}`, () =>
    outputOf(run, hands.signal),
  );
  const looks = looksFrom(output, { node, at: clock.now().toISOString(), mark, questions });
  if (looks === undefined) {
    throw new OutsideError(`the Pod on ${node} did not look: ${lastWords(output)}`, {
      suggestions: [
        'its image needs sh, ip, arping and nc as busybox has them, or triage: --image',
      ],
    });
  }
  return looks;
}

/** Shows what is to be made, to whoever said yes before as well; nothing is made that nobody agreed to. */
async function agreeTo(manifest: object, node: string, scene: FromNodes): Promise<void> {
  const { hands, flags } = scene;
  hands.tell(`${yamlOf(manifest)}\n`);
  if (flags.yes) {
    return;
  }
  if (!canAsk()) {
    throw new RefusedError(`nobody is there to agree to the Pod on node ${node} shown above`, {
      suggestions: ['say yes to it: --yes'],
    });
  }
  const question = `Make this Pod on node ${visible(node)}, and remove it afterwards?`;
  if (!(await confirm(question, hands.signal))) {
    throw new RefusedError('no Pod was made', {
      suggestions: ['look from this host instead: --probe'],
    });
  }
}

function podNameIn(namespace: string): PodName {
  return { namespace, name: `triage-look-${randomBytes(3).toString('hex')}` };
}

function homeOf({ installations }: Snapshot): string {
  return installations[0]?.namespace ?? 'metallb-system';
}

function leftText({ namespace, name }: PodName, why: string): string {
  const command = kubectl`-n ${namespace} delete pod ${name} --grace-period=0`;
  return `the Pod may still be there (${visible(why)}); it ends by itself, remove it with:\n  ${command}\n`;
}

function lastWords(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.at(-1) ?? 'it printed nothing';
}

const clock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, { signal });
  },
};
