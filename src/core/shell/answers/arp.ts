import { openProber } from '../../../arp/open-prober.ts';
import { arpSchemaVersion, type ArpReport, type SilentBeside } from '../../facts/arp-report.ts';
import { UsageError } from '../../facts/errors.ts';
import { contains, parseAddress, parseCidr } from '../../facts/ip.ts';
import type { WireLook } from '../../facts/wire.ts';
import { exitOfSignal, type StoppedBy } from '../failure.ts';
import { adviceFor, type TypedWish } from './arp-advice.ts';
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
  wish: TypedWish,
  about: { readonly version: string; readonly stoppedBy: StoppedBy | undefined },
): ArpReport {
  const asks = wish.free ? 'free' : 'who';
  const verdict = verdictOf(look, asks);
  const { stoppedBy } = about;
  const silentBeside = silentIn(look, wish.beside ?? []);
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
    advice: adviceFor(look, verdict, wish),
    interrupted: stoppedBy !== undefined,
  };
}

/** Without a raw socket nobody was asked but the address in question; the host never answers itself on the wire. */
function silentIn(look: WireLook, beside: readonly string[]): readonly SilentBeside[] {
  if (look.method === 'neighbours' || look.asked === 0) {
    return [];
  }
  const { addresses, interfaces = [] } = look.from;
  const own = [addresses, ...interfaces.map((each) => each.addresses)].flat();
  const known = new Set<string>([
    look.address,
    ...look.neighbours.map(({ address }) => address),
    ...own.map((text) => text.split('/')[0] ?? ''),
  ]);
  const networks = addresses.flatMap((text) => parseCidr(text) ?? []);
  return beside.flatMap((text) => {
    const address = parseAddress(text);
    return address === undefined || known.has(address)
      ? []
      : [{ address, asked: networks.some((network) => contains(network, address)) }];
  });
}
