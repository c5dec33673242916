import { waysToRawSockets } from '../../../arp/socket/raw-socket-rights.ts';
import type { ArpAdvice, ArpVerdict } from '../../facts/arp-report.ts';
import { shellWord } from '../../facts/shell-word.ts';
import type { WireLook } from '../../facts/wire.ts';
import type { ArpWish } from './arp-question.ts';

/** What the person asked, as far as it was typed. */
export type TypedWish = Pick<ArpWish, 'free'> & Partial<ArpWish>;

/** What leads on from a look: how to see more, or what to hold it against. */
export function adviceFor(
  { withoutSocket, address, reach }: WireLook,
  verdict: ArpVerdict,
  wish: TypedWish,
): readonly ArpAdvice[] {
  if (withoutSocket === 'no-right') {
    return waysToRawSockets({
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
      node: process.execPath,
      command: askedAs(address, wish),
    });
  }
  if (verdict === 'several' || verdict === 'nobody') {
    return waysToCompare(address, wish);
  }
  const isElsewhere = reach?.kind === 'routed' || reach?.kind === 'unroutable';
  return isElsewhere || withoutSocket === 'not-here'
    ? [{ says: 'ask from a Linux host on the segment of the address, such as a node' }]
    : [];
}

/** The command that asks the same again. */
export function askedAs(address: string, wish: TypedWish): string {
  const { count, window, free, beside = [], port = [] } = wish;
  const flags = [
    ...(wish.interface === undefined ? [] : [`--interface ${shellWord(wish.interface)}`]),
    ...(count === undefined ? [] : [`--count ${count}`]),
    ...(window === undefined ? [] : [`--window ${window}ms`]),
    ...(free ? ['--free'] : []),
    ...(beside.length === 0 ? [] : [`--beside ${beside.map(shellWord).join(',')}`]),
    ...(port.length === 0 ? [] : [`--port ${port.map(shellWord).join(',')}`]),
  ];
  return ['triage arp', shellWord(address), ...flags].join(' ');
}

/** The wire says that something is the matter; whose addresses these are, and what should be, the cluster knows. */
function waysToCompare(address: string, wish: TypedWish): readonly ArpAdvice[] {
  const cluster = {
    says: 'ask the cluster which Service has this address and which node announces it, then triage no-traffic about that Service, with --probe',
    command: `triage announcers -v | grep -wF ${shellWord(address)}`,
  };
  return wish.beside === undefined
    ? [
        cluster,
        {
          says: 'see whether the nodes answer here at all, and which Ethernet addresses are theirs',
          command: `${askedAs(address, wish)} --beside "$(${nodesOfFamily(address)})"`,
        },
      ]
    : [cluster];
}

/** Whoever looks may know of no node; kubectl does. */
function nodesOfFamily(address: string): string {
  const path = `'{.items[*].status.addresses[?(@.type=="InternalIP")].address}'`;
  const family = address.includes(':') ? 'grep :' : 'grep -v :';
  return `kubectl get nodes -o jsonpath=${path} | tr ' ' '\\n' | ${family} | paste -sd, -`;
}
