import type { WireLook } from '../../../core/facts/wire.ts';
import type { NamedAnswer, NamedLook } from './looks.ts';

/** `laptop (eth0)`, `node2 (eth0), a node of the cluster`. */
export function placeText({ from }: WireLook): string {
  const place = from.interface === '' ? from.host : `${from.host} (${from.interface})`;
  return from.node === undefined ? place : `node ${from.node} (${from.interface})`;
}

/** `02:00:5e:10:00:01 (node1)`. */
export function answererText({ mac, node }: NamedAnswer): string {
  return node === undefined ? mac : `${mac} (${node})`;
}

/** One line per Ethernet address that answered. */
export function answerLine(answer: NamedAnswer, { asked, method }: WireLook): string {
  const who = answererText(answer);
  const whose = answer.node === undefined ? `, of no known node${markOf(answer.mac)}` : '';
  if (method === 'neighbours') {
    return `${who} stands in the neighbour table${whose}`;
  }
  const times = answer.count === 1 ? 'once' : `${answer.count} times`;
  const questions = asked === 1 ? 'one question' : `${asked} questions`;
  const how = answer.unasked
    ? `announced itself unasked, ${times}`
    : `answered ${times} to ${questions}, first after ${Math.round(answer.firstMs)} ms`;
  const through = answer.sentBy === undefined ? '' : `, sent by ${answer.sentBy}`;
  return `${who} ${how}${through}${whose}`;
}

/** What the number itself says of whom it belongs to. */
export function markOf(mac: string): string {
  const low = mac.toLowerCase();
  const [, family, group = '0'] = /^00:00:5e:00:0([12]):([0-9a-f]{2})$/.exec(low) ?? [];
  if (family !== undefined) {
    return `: the virtual address of VRRP group ${Number.parseInt(group, 16)} (keepalived or a router)`;
  }
  const maker = makers.find(([start]) => low.startsWith(start));
  return maker === undefined ? '' : `: ${maker[1]}`;
}

/** Prefixes that machines without a maker's own number have. */
const makers = [
  ['00:00:0c:07:ac', 'the virtual address of HSRP (a router)'],
  ['52:54:00', 'a virtual machine of QEMU or KVM'],
  ['00:50:56', 'a virtual machine of VMware'],
  ['00:0c:29', 'a virtual machine of VMware'],
  ['00:15:5d', 'a virtual machine of Hyper-V'],
  ['bc:24:11', 'a virtual machine of Proxmox'],
] as const;

/** What the look could not tell apart, for the reader who asks what would change the verdict. */
export function doubtsIn({ look, unknown }: NamedLook): readonly string[] {
  return [
    ...(unknown.length === 0
      ? []
      : [`an Ethernet address could be that of ${unknown.join(', ')}: not seen from there`]),
    ...look.unseen,
  ];
}
