import { OutsideError } from '../../facts/errors.ts';
import type { Clock } from '../../facts/ports.ts';
import { PodNotMade, type PodHands, type PodName, type PodProgress } from '../../facts/pod-port.ts';
import { tellingBeforeDeath } from './left-behind.ts';

/** What it takes to run a Pod once. */
export interface PodRun {
  readonly hands: PodHands;
  readonly clock: Clock;
  readonly of: PodName;
  readonly manifest: object;
  /** How long is waited for its end. */
  readonly limitMs: number;
  /** Told when the Pod could not be taken away. */
  readonly left: (why: string) => void;
}

const pollMs = 500;
const removalMs = 10_000;

/** Makes the Pod, waits for its end, reads its log, and takes it away whatever happened. */
export async function outputOf(run: PodRun, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const tell = () => run.left('stopped a second time');
  return await tellingBeforeDeath(signal, tell, () => outputAndGone(run, signal));
}

async function outputAndGone(run: PodRun, signal: AbortSignal): Promise<string> {
  const { hands, of, manifest, clock } = run;
  let making: 'asked' | 'made' | 'refused' = 'asked';
  try {
    await hands.create(manifest, of, signal);
    making = 'made';
    await untilOver(run, signal);
    return await patiently(clock, () => hands.log(of, signal), signal);
  } catch (error) {
    making = error instanceof PodNotMade ? 'refused' : making;
    throw error;
  } finally {
    if (making !== 'refused') {
      await removed(run, making);
    }
  }
}

/** A stop does not stop this. */
async function removed(run: PodRun, making: 'asked' | 'made'): Promise<void> {
  const limit = AbortSignal.timeout(removalMs);
  try {
    await (making === 'made' ? removal(run, limit) : removalOnceMade(run, limit));
  } catch (error) {
    run.left(error instanceof Error ? error.message : String(error));
  }
}

function removal({ hands, of, clock }: PodRun, limit: AbortSignal) {
  return patiently(clock, () => hands.remove(of, limit), limit);
}

/** The answer to its making was lost: the server may make it after it was asked to delete it. */
async function removalOnceMade(run: PodRun, limit: AbortSignal): Promise<void> {
  const { clock } = run;
  for (let spentMs = 0; spentMs < removalMs && !limit.aborted; spentMs += pollMs) {
    if ((await removal(run, limit)) === 'removed') {
      return;
    }
    await clock.sleep(pollMs, new AbortController().signal);
  }
  const seconds = removalMs / 1_000;
  throw new OutsideError(
    `the answer to its making was lost, and it did not show up within ${seconds} s`,
  );
}

const attempts = 3;

/** An API server in trouble may answer the next time. */
async function patiently<T>(clock: Clock, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || signal.aborted) {
        throw error;
      }
      await clock.sleep(pollMs, signal);
    }
  }
}

const over = ['Succeeded', 'Failed'];

async function untilOver(run: PodRun, signal: AbortSignal): Promise<void> {
  const { hands, clock, of, limitMs } = run;
  const end = clock.now().getTime() + limitMs;
  let last: PodProgress | undefined;
  do {
    last = await patiently(clock, () => hands.progress(of, signal), signal);
    const trouble = troubleIn(last, of);
    if (trouble !== undefined) {
      throw trouble;
    }
    if (last !== undefined && over.includes(last.phase)) {
      return;
    }
    await clock.sleep(pollMs, signal);
  } while (clock.now().getTime() < end);
  throw tooSlow(last, run);
}

/** Gone, refused by the kubelet, or without its image: waiting on would be in vain. */
function troubleIn(progress: PodProgress | undefined, { namespace, name }: PodName) {
  if (progress === undefined) {
    return new OutsideError(`Pod ${namespace}/${name} was deleted by somebody before it was done`);
  }
  const { phase, reason = '', message } = progress;
  const words = [reason, message].filter(Boolean).join(': ');
  if (/^(ErrImage|ImagePull|InvalidImage|RegistryUnavailable)/.test(reason)) {
    return new OutsideError(`the image of the Pod cannot be had: ${words}`, {
      suggestions: ['name one that the node can pull, with busybox or triage in it: --image IMAGE'],
    });
  }
  if (/^(CreateContainer|RunContainer)/.test(reason)) {
    return new OutsideError(`the Pod does not start: ${words}`);
  }
  const isRefused = phase === 'Failed' && !['Error', 'Completed'].includes(reason);
  return isRefused && reason !== ''
    ? new OutsideError(`the node does not run the Pod: ${words}`)
    : undefined;
}

function tooSlow(last: PodProgress | undefined, { of, limitMs }: PodRun): OutsideError {
  const seconds = Math.round(limitMs / 1000);
  const said = [last?.reason, last?.message].filter(Boolean).join(': ');
  const state = `${last?.phase ?? 'gone'}${said === '' ? '' : ` (${said})`}`;
  return new OutsideError(
    `Pod ${of.namespace}/${of.name} was not done after ${seconds} s: ${state}`,
    {
      suggestions:
        last?.phase === 'Pending'
          ? ['does the kubelet of that node work? kubectl get nodes', 'look from another node']
          : [],
    },
  );
}
