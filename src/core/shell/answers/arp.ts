import { openProber } from '../../../arp/open-prober.ts';
import { waysToRawSockets } from '../../../arp/socket/raw-socket-rights.ts';
import {
  arpSchemaVersion,
  type ArpAdvice,
  type ArpReport,
  type ArpVerdict,
  type SilentBeside,
} from '../../facts/arp-report.ts';
import { UsageError } from '../../facts/errors.ts';
import { contains, parseAddress, parseCidr } from '../../facts/ip.ts';
import type { WireLook } from '../../facts/wire.ts';
import { shellWord } from '../../facts/shell-word.ts';
import { exitOfSignal, type StoppedBy } from '../failure.ts';
import { arpHeadline } from './arp-headline.ts';
import { questionOf, type ArpWish } from './arp-question.ts';
import { exitOf, verdictOf } from './arp-verdict.ts';

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

/** The look as it is printed. */
export function arpReport(
  look: WireLook,
  { free, beside }: Pick<ArpWish, 'free' | 'beside'>,
  about: { readonly version: string; readonly stoppedBy: StoppedBy | undefined },
): ArpReport {
  const asks = free ? 'free' : 'who';
  const verdict = verdictOf(look, asks);
  const { stoppedBy } = about;
  const silentBeside = silentIn(look, beside ?? []);
  return {
    schemaVersion: arpSchemaVersion,
    tool: { name: 'triage', version: about.version },
    command: 'arp',
    asks,
    verdict,
    exitCode: stoppedBy === undefined ? exitOf(verdict) : exitOfSignal(stoppedBy),
    headline: arpHeadline(verdict, look),
    look,
    ...(silentBeside.length === 0 ? {} : { silentBeside }),
    advice: adviceFor(look, { verdict, free, hasBeside: beside !== undefined }),
    interrupted: stoppedBy !== undefined,
  };
}

/** Without a raw socket nobody was asked but the address in question. */
function silentIn(look: WireLook, beside: readonly string[]): readonly SilentBeside[] {
  if (look.method === 'neighbours' || look.asked === 0) {
    return [];
  }
  const heard = new Set(look.neighbours.map(({ address }) => address));
  const networks = look.from.addresses.flatMap((text) => parseCidr(text) ?? []);
  return beside.flatMap((text) => {
    const address = parseAddress(text);
    return address === undefined || heard.has(address) || address === look.address
      ? []
      : [{ address, asked: networks.some((network) => contains(network, address)) }];
  });
}

function adviceFor(
  { withoutSocket, address, reach }: WireLook,
  asked: { readonly verdict: ArpVerdict; readonly free: boolean; readonly hasBeside: boolean },
): readonly ArpAdvice[] {
  const { verdict, free, hasBeside } = asked;
  if (withoutSocket === 'no-right') {
    return waysToRawSockets({
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
      node: process.execPath,
      command: `triage arp ${shellWord(address)}${free ? ' --free' : ''}`,
    });
  }
  if (verdict === 'several' || verdict === 'nobody') {
    return waysToCompare(address).slice(0, hasBeside ? 1 : 2);
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
