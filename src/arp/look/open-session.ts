import type { HostInterface } from '../host/host-port.ts';
import { arpFilter, ndpFilter, type Instruction } from '../socket/filter.ts';
import type { LinkOpening, LinkRefusal } from '../link-port.ts';
import { neighboursToAsk } from '../host/neighbours.ts';
import type { Look } from '../prober.ts';
import { Session } from './session.ts';

const etherTypes = { ipv4: 0x0806, ipv6: 0x86dd } as const;

/** Opens the socket that hears what is said of the address, and nothing else. */
export async function openSession(
  look: Look,
  found: HostInterface,
): Promise<Session | LinkRefusal> {
  const { family, address, parts } = look;
  const neighbours = neighboursToAsk(look, found);
  const heard = { addresses: [address, ...neighbours.asked], probed: address };
  const filter: readonly Instruction[] = family === 'ipv4' ? arpFilter(heard) : ndpFilter(heard);
  const session = new Session(look, { interface: found, neighbours });
  const opening: Omit<LinkOpening, 'name' | 'index'> = {
    etherType: etherTypes[family],
    filter,
    onFrame: session.onFrame,
  };
  const open = (name: string, index: number | undefined) =>
    parts.openLink({ ...opening, name, index });
  const link = await open(found.name, found.index);
  if ('refused' in link) {
    return link;
  }
  session.begin(link, open);
  return session;
}
