import { openProber } from '../../../arp/open-prober.ts';
import { waysToRawSockets } from '../../../arp/socket/raw-socket-rights.ts';
import {
  arpSchemaVersion,
  type ArpAdvice,
  type ArpReport,
  type ArpVerdict,
} from '../../facts/arp-report.ts';
import { UsageError } from '../../facts/errors.ts';
import { parseAddress } from '../../facts/ip.ts';
import type { WireQuestion } from '../../facts/wire-port.ts';
import type { WireLook } from '../../facts/wire.ts';
import { shellWord } from '../../facts/shell-word.ts';
import { exitOfSignal, type StoppedBy } from '../failure.ts';
import { arpHeadline } from './arp-headline.ts';
import { exitOf, verdictOf } from './arp-verdict.ts';

/** What the person typed. */
export interface ArpWish {
  readonly address: string;
  readonly interface: string | undefined;
  readonly count: number | undefined;
  readonly window: number | undefined;
  readonly free: boolean;
  /** Neighbours that are asked in the same look. */
  readonly beside?: readonly string[] | undefined;
  /** TCP ports, as typed. */
  readonly port?: readonly string[] | undefined;
}

const usualCount = 3;
const perSecond = 5;
const portTimeoutMs = 3_000;
const longestWindowMs = 10 * 60_000;

/** Looks at the wire from this host. */
export async function lookForArp(wish: ArpWish, signal: AbortSignal): Promise<WireLook> {
  const look = await openProber().look(questionOf(wish), signal);
  if (look.reach?.kind === 'own') {
    throw new UsageError(look.unseen[0] ?? `${wish.address} is an address of this host itself`, {
      suggestions: ['ask from another host on the same segment'],
    });
  }
  return look;
}

/** The question with its usual times; a UsageError when they cannot be kept. */
export function questionOf(wish: ArpWish): WireQuestion {
  const { count: questions = usualCount, free: isProbe } = wish;
  const usualMs = isProbe ? questions * 1_000 + 2_000 : questions * 500 + 500;
  const windowMs = wish.window ?? usualMs;
  const leastMs = Math.max(100, (questions * 1_000) / perSecond);
  if (windowMs < leastMs) {
    throw new UsageError(
      `--window is too short: at ${perSecond} a second, ${leastMs} ms are needed`,
      { suggestions: [`--window ${leastMs}ms, or a smaller --count`] },
    );
  }
  if (windowMs > longestWindowMs) {
    throw wish.window === undefined
      ? tooMany(questions)
      : new UsageError('--window is at most 10m');
  }
  return {
    address: wish.address,
    interface: wish.interface,
    windowMs,
    questions,
    isProbe,
    ports: (wish.port ?? []).map((text) => ({ protocol: 'TCP', port: portFrom(text) })),
    portTimeoutMs: wish.port === undefined ? 0 : portTimeoutMs,
    neighbours: (wish.beside ?? []).map(neighbourFrom),
  };
}

/** Nobody typed a window: it is the questions of --free, one a second, that are too many for one. */
function tooMany(count: number): UsageError {
  return new UsageError(
    `--free asks once a second: --count ${count} takes longer than the 10 minutes of a look`,
    { suggestions: ['--count 598, or all of them faster: --window 10m'] },
  );
}

function neighbourFrom(text: string): string {
  const address = parseAddress(text);
  if (address === undefined) {
    throw new UsageError(`--beside ${text} is no address`);
  }
  return address;
}

function portFrom(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) {
    throw new UsageError(`--port ${text} is no port: 1 to 65535`);
  }
  return port;
}

/** The look as it is printed. */
export function arpReport(
  look: WireLook,
  { free }: Pick<ArpWish, 'free'>,
  about: { readonly version: string; readonly stoppedBy: StoppedBy | undefined },
): ArpReport {
  const asks = free ? 'free' : 'who';
  const verdict = verdictOf(look, asks);
  const { stoppedBy } = about;
  return {
    schemaVersion: arpSchemaVersion,
    tool: { name: 'triage', version: about.version },
    command: 'arp',
    asks,
    verdict,
    exitCode: stoppedBy === undefined ? exitOf(verdict) : exitOfSignal(stoppedBy),
    headline: arpHeadline(verdict, look),
    look,
    advice: adviceFor(look, verdict, free),
    interrupted: stoppedBy !== undefined,
  };
}

function adviceFor(
  { withoutSocket, address, reach }: WireLook,
  verdict: ArpVerdict,
  free: boolean,
): readonly ArpAdvice[] {
  if (withoutSocket === 'no-right') {
    return waysToRawSockets({
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
      node: process.execPath,
      command: `triage arp ${shellWord(address)}${free ? ' --free' : ''}`,
    });
  }
  if (verdict === 'several' || verdict === 'nobody') {
    return waysToCompare(address);
  }
  const isElsewhere = reach?.kind === 'routed' || reach?.kind === 'unroutable';
  return isElsewhere || withoutSocket === 'not-here'
    ? [{ says: 'ask from a Linux host on the segment of the address, such as a node' }]
    : [];
}

/** The wire says that something is the matter; whose addresses these are, and what should be, the cluster knows. */
function waysToCompare(address: string): readonly ArpAdvice[] {
  return [
    {
      says: 'hold it against what the cluster says, the Service being the one with this address',
      command: 'triage no-traffic NAMESPACE/SERVICE --probe',
    },
    {
      says: 'see whether the nodes answer here at all, and which Ethernet addresses are theirs',
      command: `triage arp ${shellWord(address)} --beside NODE_ADDRESS,NODE_ADDRESS`,
    },
  ];
}
