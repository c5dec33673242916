import { ethernetMark } from '../../../core/facts/ethernet-marks.ts';
import type { WireLook } from '../../../core/facts/wire.ts';
import type { NamedAnswer, NamedLook } from './looks.ts';
import { someOf } from '../../../core/facts/in-words.ts';

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
  const mark = ethernetMark(mac);
  return mark === undefined ? '' : `: ${mark.says}`;
}

/** What the look could not tell apart, for the reader who asks what would change the verdict. */
export function doubtsIn({ look, unknown }: NamedLook): readonly string[] {
  return [
    ...(unknown.length === 0
      ? []
      : [`an Ethernet address could be that of ${unknown.join(', ')}: not seen from there`]),
    ...look.unseen,
  ];
}

/** `worker-1, worker-2 and worker-3`. */
export function andAll(names: readonly string[]): string {
  return names.length > mostNamed
    ? someOf(names, mostNamed)
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

const mostNamed = 5;
