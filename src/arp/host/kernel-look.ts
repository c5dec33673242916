import type { WireAnswer, WireGap } from '../../core/facts/wire.ts';
import type { KernelNeighbour } from './host-port.ts';
import type { LinkRefusal } from '../link-port.ts';
import { withoutCarrier } from '../look/unseen.ts';
import type { Look, Seen } from '../prober.ts';

/** The kernel asks three times, a second apart, before it gives up. */
const kernelQuestions = 3;
const kernelWindowMs = 3_500;
const everyMs = 200;

const answered = ['REACHABLE', 'STALE', 'DELAY', 'PROBE', 'PERMANENT'];

/** A look without a raw socket: the kernel is made to ask, and its neighbour table is read. */
export async function lookWithKernel(
  look: Look,
  { refused, says }: LinkRefusal,
  signal: AbortSignal,
): Promise<Seen> {
  const { clock, nudge } = look.parts;
  const start = clock.elapsedMs();
  const spent = (): number => clock.elapsedMs() - start;
  const before = await entryOf(look, signal);
  await nudge(look.address, signal);
  const trying = look.tryPorts();
  let entry = await entryOf(look, signal);
  let firstMs = spent();
  while (!isSettled(entry) && spent() < windowOf(look) && !signal.aborted) {
    await clock.sleep(everyMs, signal);
    entry = await entryOf(look, signal);
    firstMs = spent();
  }
  const ports = await trying;
  const isOld = before?.mac !== undefined && before.state !== 'REACHABLE';
  const isAsked = isSettled(entry) && !isOld;
  const silent = withoutCarrier(look.facing);
  return {
    method: 'neighbours',
    ...(refused === 'no-right' || refused === 'not-here'
      ? { withoutSocket: refused }
      : { withoutSocket: 'failed' }),
    windowMs: spent(),
    asked: isAsked ? kernelQuestions : 0,
    answers: answersIn(entry, Math.round(firstMs)),
    neighbours: [],
    ...gapsIn(silent, signal),
    ports,
    unseen: [
      `${says}, so only the kernel's neighbour table was read: it keeps one Ethernet address, and a second one that answers is not seen`,
      ...(silent === undefined ? doubts(entry) : [silent]),
    ],
  };
}

function gapsIn(silent: string | undefined, signal: AbortSignal): Pick<Seen, 'gaps'> {
  const gaps: readonly WireGap[] = [
    ...(silent === undefined ? [] : (['no-carrier'] as const)),
    ...(signal.aborted ? (['stopped'] as const) : []),
  ];
  return gaps.length === 0 ? {} : { gaps };
}

function windowOf({ question }: Look): number {
  return Math.max(question.windowMs, kernelWindowMs);
}

/** Undefined where the kernel has no line for it. */
async function entryOf(look: Look, signal: AbortSignal): Promise<KernelNeighbour | undefined> {
  const table = await look.parts.host.neighbours(signal);
  const device = look.facing.interface?.name;
  return table.find((each) => each.address === look.address && each.interface === device);
}

function isSettled(entry: KernelNeighbour | undefined): boolean {
  return entry !== undefined && (entry.state === 'FAILED' || isAnswer(entry));
}

function isAnswer({ mac, state }: KernelNeighbour): boolean {
  return mac !== undefined && answered.some((each) => state.includes(each));
}

function answersIn(entry: KernelNeighbour | undefined, ms: number): readonly WireAnswer[] {
  return entry?.mac === undefined || !isAnswer(entry)
    ? []
    : [{ mac: entry.mac, count: 1, firstMs: ms, lastMs: ms, unasked: false }];
}

function doubts(entry: KernelNeighbour | undefined): readonly string[] {
  if (entry === undefined) {
    return ['the kernel shows no entry for the address: nobody knows whether it was asked for'];
  }
  if (isAnswer(entry)) {
    return entry.state === 'REACHABLE'
      ? []
      : [`the kernel's entry is ${entry.state}: nobody has confirmed it lately`];
  }
  return entry.state === 'FAILED' ? [] : [`the kernel has no answer yet (${entry.state})`];
}
