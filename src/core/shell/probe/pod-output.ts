import { parseWireLook } from '../../cluster/parse/wire.ts';
import { asRaw, inner, isRaw } from '../../cluster/parse/fields.ts';
import {
  type WireAnswer,
  type WireLook,
  type WireNeighbour,
  type WireReach,
  type WireVantage,
} from '../../facts/wire.ts';
import { subnetsOfHost } from '../../facts/subnets-of-host.ts';
import type { WireQuestion } from '../../facts/wire-port.ts';
import { mostHeld } from './pod-script.ts';
import { attemptIn, type Said, together } from './pod-ports.ts';

/** From where, and what was asked. */
export interface PodQuestion {
  readonly node: string;
  readonly at: string;
  /** What the script was given to begin its own lines with. */
  readonly mark: string;
  readonly questions: readonly WireQuestion[];
}

/** What the script of the Pod printed, as looks; undefined where it did not come to its end. */
export function looksFrom(output: string, asked: PodQuestion): readonly WireLook[] | undefined {
  const parts = partsOf(output, asked.mark);
  if (!parts.some(({ title }) => title.startsWith('end'))) {
    return undefined;
  }
  const byAddress = Map.groupBy(parts, ({ address }) => address);
  return asked.questions.map((question) =>
    lookFrom(byAddress.get(question.address) ?? [], question, asked),
  );
}

interface Part extends Said {
  readonly address: string;
}

function partsOf(output: string, mark: string): readonly Part[] {
  const parts: { address: string; title: string; lines: string[] }[] = [];
  let address = '';
  for (const line of output.split(/\r?\n/)) {
    if (line.startsWith(`${mark} `)) {
      const title = line.slice(mark.length + 1).trim();
      address = /^address (\S+)$/.exec(title)?.[1] ?? address;
      parts.push({ address: title.startsWith('end') ? '' : address, title, lines: [] });
    } else {
      parts.at(-1)?.lines.push(line);
    }
  }
  return parts;
}

function lookFrom(parts: readonly Part[], question: WireQuestion, asked: PodQuestion): WireLook {
  const linesOf = (title: string) => parts.find((each) => each.title === title)?.lines ?? [];
  const from = vantageIn(parts, asked.node);
  const seen = {
    neighbours: neighboursIn([...linesOf('neighbours'), ...linesOf('table')], question),
    ports: parts.flatMap(attemptIn),
  };
  const byTriage = triageLook(linesOf('triage'));
  if (byTriage !== undefined) {
    return {
      ...byTriage,
      address: question.address,
      from: { ...byTriage.from, ...heldIn(linesOf('interfaces')), node: asked.node },
      neighbours: byTriage.neighbours.length > 0 ? byTriage.neighbours : seen.neighbours,
      ports: together(byTriage.ports, seen.ports),
      unseen: [...byTriage.unseen, ...untried(question)],
    };
  }
  const arping = parts.find(({ title }) => title === 'arping')?.lines;
  const couldAsk = arping !== undefined && arping.some((line) => line.startsWith('ARPING '));
  const reach = reachIn(linesOf('route'));
  const answers = couldAsk
    ? answersIn(arping, question.address)
    : tableAnswers(linesOf('table'), question.address);
  return {
    address: question.address,
    at: asked.at,
    from: { ...from, ...heldIn(linesOf('interfaces')) },
    method: couldAsk ? 'arp' : 'neighbours',
    ...(reach === undefined ? {} : { reach }),
    windowMs: couldAsk ? (question.questions + 1) * 1_000 : 0,
    asked: couldAsk ? question.questions : 0,
    answers,
    ...seen,
    unseen: unseenBy({ couldAsk, arping, question }),
  };
}

function untried({ ports, leftOut = [] }: WireQuestion): readonly string[] {
  const asksMore = ports.some(({ protocol }) => protocol === 'HTTPS' || protocol === 'UDP');
  return [...(asksMore ? ['HTTPS and UDP are not tried from a node'] : []), ...leftOut];
}

/** The one document between the marks; messages may stand before it. */
function triageLook(lines: readonly string[]): WireLook | undefined {
  const text = lines.join('\n');
  const begin = text.indexOf('{');
  if (begin < 0) {
    return undefined;
  }
  try {
    const raw = asRaw(JSON.parse(text.slice(begin)));
    const look = isRaw(raw['look']) ? inner(raw, 'look') : raw;
    return isRaw(look['from']) ? parseWireLook(look) : undefined;
  } catch {
    return undefined;
  }
}

function vantageIn(parts: readonly Part[], node: string): WireVantage {
  const device = parts.find(({ title }) => title.startsWith('device'));
  const lines = device?.lines ?? [];
  const first = (pattern: RegExp) => lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return {
    host: node,
    node,
    interface: device?.title.split(' ')[1] ?? '',
    mac: first(/link\/ether (\S+)/)[0] ?? '',
    addresses: first(/^\s+inet6? (\S+)/),
  };
}

/** `2: eth0    inet 192.0.2.9/24 brd …`; nothing where `ip` prints something else, or too much. */
function heldIn(lines: readonly string[]): Pick<WireVantage, 'interfaces'> {
  const pairs = lines.flatMap((line) => {
    const [, name, address] = /^\d+: ([^\s@:]+)\S*\s+inet6? (\S+)/.exec(line) ?? [];
    return name === undefined || address === undefined ? [] : [{ name, address }];
  });
  const held = [...Map.groupBy(pairs, ({ name }) => name)].map(([name, same]) => ({
    name,
    addresses: same.map(({ address }) => address),
  }));
  const interfaces = lines.length >= mostHeld ? undefined : subnetsOfHost(held);
  return interfaces === undefined || pairs.length === 0 ? {} : { interfaces };
}

/** `192.0.2.9 dev eth0 src …`, `… via 192.0.2.254 dev eth0 …`, `local 192.0.2.9 dev lo …`. */
function reachIn(lines: readonly string[]): WireReach | undefined {
  const [line = ''] = lines.filter((each) => each.trim() !== '');
  const device = / dev (\S+)/.exec(line)?.[1];
  if (/unreachable|prohibit|blackhole/i.test(line)) {
    return { kind: 'unroutable' };
  }
  if (device === undefined) {
    return undefined;
  }
  if (line.startsWith('local ')) {
    return { kind: 'own', interface: device };
  }
  const gateway = / via (?:inet6? )?(\S+)/.exec(line)?.[1];
  return gateway === undefined ? { kind: 'on-link' } : { kind: 'routed', gateway };
}

const reply = /reply from (\S+) \[([0-9a-f:]{17})\]\s*(?:([\d.]+)\s*ms)?/i;

/** arping of busybox and of iputils: `Unicast reply from 192.0.2.9 [02:…] 0.7ms`, one question a second. */
function answersIn(lines: readonly string[], address: string): readonly WireAnswer[] {
  const replies = lines.flatMap((line) => {
    const [, from, mac = '', ms = '0'] = reply.exec(line) ?? [];
    return from === address ? [{ mac: mac.toLowerCase(), ms: Number(ms) }] : [];
  });
  return [...Map.groupBy(replies, ({ mac }) => mac)].map(([mac, same]) => ({
    mac,
    count: same.length,
    firstMs: same[0]?.ms ?? 0,
    lastMs: (same.length - 1) * 1_000 + (same.at(-1)?.ms ?? 0),
    unasked: false,
  }));
}

const neighbourLine =
  /^(\S+) dev \S+ lladdr ([0-9a-f:]{17})(?: .*)? (?:REACHABLE|DELAY|PROBE|PERMANENT|STALE)/i;

function tableAnswers(lines: readonly string[], address: string): readonly WireAnswer[] {
  return lines.flatMap((line) => {
    const [, from, mac = ''] = neighbourLine.exec(line) ?? [];
    const answer = { mac: mac.toLowerCase(), count: 1, firstMs: 0, lastMs: 0, unasked: false };
    return from === address ? [answer] : [];
  });
}

function neighboursIn(
  lines: readonly string[],
  { neighbours }: WireQuestion,
): readonly WireNeighbour[] {
  const asked = new Set(neighbours);
  const saidBy = (pattern: RegExp) =>
    lines.flatMap((line) => {
      const [, address, mac] = pattern.exec(line) ?? [];
      return address !== undefined && mac !== undefined && asked.has(address)
        ? [{ address, mac: mac.toLowerCase() }]
        : [];
    });
  // who answered goes before what the table still holds
  const replies = saidBy(reply);
  const heard = new Set(replies.map(({ address }) => address));
  const held = saidBy(neighbourLine).filter(({ address }) => !heard.has(address));
  const pairs = [...replies, ...held].map((each) => [`${each.address} ${each.mac}`, each] as const);
  return [...new Map(pairs)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}

interface Tools {
  readonly couldAsk: boolean;
  readonly arping: readonly string[] | undefined;
  readonly question: WireQuestion;
}

function unseenBy({ couldAsk, arping, question }: Tools): readonly string[] {
  const why = (arping ?? []).find((line) => line.trim() !== '');
  return [
    ...(couldAsk
      ? [
          'without triage in the image only arping asked: announcements that nobody asked for were not heard',
        ]
      : []),
    ...(couldAsk || question.address.includes(':')
      ? []
      : [`nobody could be asked by ARP${why === undefined ? '' : `: ${why.trim()}`}`]),
    ...(question.address.includes(':')
      ? [
          "without triage in the image neighbours were not asked by NDP: only the kernel's table was read",
        ]
      : []),
    ...untried(question),
  ];
}
