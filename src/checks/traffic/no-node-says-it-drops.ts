import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenLine } from '../models/seen.ts';
import { certainAnnouncerOf, announcerHelps } from '../models/announcing/certain-announcer.ts';
import { addressesIn } from '../models/services.ts';
import { backendsOf } from '../models/traffic/backends.ts';
import { logLines } from '../models/testimony/log-lines.ts';
import { noServedAddress } from '../models/one-service.ts';

type WordFacts = Facts<never, 'otherLogs' | 'events' | (typeof announcerHelps)[number]>;

/** Kernels and firewalls say what they drop; such lines come with a dump, or as an event about a node. */
export const noNodeSaysItDrops = defineCheck({
  id: 'MLB-D17',
  asks: 'Does no node say that it drops such packets?',
  symptoms: ['no-traffic'],
  causes: ['packets-dropped-on-node'],
  link: 'elsewhere',
  basis: 'observed',
  needs: [],
  helps: ['otherLogs', 'events', ...announcerHelps],
  byWordsAlone: true,
  skipWhen: (facts, subject) =>
    noServedAddress(facts, subject) ??
    (facts.otherLogs.state === 'read' || facts.events.state === 'read'
      ? undefined
      : 'only logs and events tell, and none were read'),
  run: (facts, service) =>
    service === undefined
      ? []
      : kindsOfDrops.flatMap((kind) => {
          const said = saidIn(kind, service, facts);
          return said.length === 0 ? [] : [finding(kind, service, placed(said, service, facts))];
        }),
});

interface DropKind {
  readonly tells: (words: string, service: Service, facts: WordFacts) => boolean;
  /** True where such packets only come by the node that announces, or by one with an endpoint. */
  readonly needsPlace?: true;
  readonly severity: Found['severity'];
  /** `where` is `worker-1`, or `a node`. */
  readonly says: (service: Service, where: string) => string;
  readonly means: string;
  readonly remedy: { readonly says: string; readonly command: string };
}

const kindsOfDrops: readonly DropKind[] = [
  {
    tells: (words, service, facts) =>
      / SRC=\S+ DST=/.test(words) &&
      /BLOCK|DROP|REJECT|DENY|denied|dropped/i.test(words) &&
      (isForItsAddress(words, service) || isForItsEndpoint(words, service, facts)),
    needsPlace: true,
    severity: 'error',
    says: (service, where) =>
      `a firewall on ${where} says that it drops packets for ${addressesIn(service).join(', ')}`,
    means: 'a rule of that firewall logs what it drops, and such packets are among it',
    remedy: {
      says: 'on that node: find the rule that logs with this prefix',
      command: 'nft list ruleset',
    },
  },
  {
    tells: (words, service) =>
      addressesIn(service).some((address) => words.includes(`martian source ${address} from `)),
    severity: 'error',
    says: (service, where) =>
      `the kernel of ${where} drops packets for ${addressesIn(service).join(', ')} as martians`,
    means:
      'by its routes a packet from that client would have to come in by another interface (rp_filter), so the kernel takes its source for forged',
    remedy: {
      says: 'on that node: 2 takes packets from any interface; all and the interface both count, the greater one wins',
      command: 'sysctl -a --pattern rp_filter',
    },
  },
  {
    tells: (words) => /nf_conntrack:.*table full, dropping packet|ConntrackFull/.test(words),
    severity: 'warning',
    says: (_, where) =>
      `${where} says that its table of connections is full, and that it drops packets`,
    means: 'new connections through that node fail at random, those of this Service among them',
    remedy: {
      says: 'on that node: compare the two, and raise the greater',
      command: 'sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max',
    },
  },
];

/** IPv6 addresses stand there with all their zeros. A line without a port speaks of all of them. */
function destinationIn(words: string) {
  const [, to = ''] = / DST=(\S+)/.exec(words) ?? [];
  const [, port] = / DPT=(\d+)/.exec(words) ?? [];
  return { to: parseAddress(to), port };
}

function isForItsAddress(words: string, service: Service): boolean {
  const { to, port } = destinationIn(words);
  return (
    to !== undefined &&
    addressesIn(service).some((address) => parseAddress(address) === to) &&
    (port === undefined || service.spec.ports.some((each) => String(each.port) === port))
  );
}

/** Rules on what is forwarded see the pod's own address and port. */
function isForItsEndpoint(words: string, service: Service, facts: WordFacts): boolean {
  const { to, port } = destinationIn(words);
  const endpointSlices = itemsIfRead(facts.endpointSlices);
  return (
    to !== undefined &&
    port !== undefined &&
    backendsOf(service, { ...facts, endpointSlices }).some(
      ({ endpoint, slice }) =>
        endpoint.addresses.some((address) => parseAddress(address) === to) &&
        slice.ports.some((each) => String(each.port) === port),
    )
  );
}

function saidIn(kind: DropKind, service: Service, facts: WordFacts): readonly Evidence[] {
  return [
    ...logLines(facts.otherLogs, facts.takenAt)
      .filter(({ text }) => kind.tells(`${text} `, service, facts))
      .map(seenLine),
    ...itemsIfRead(facts.events)
      .filter(({ reason, message }) => kind.tells(`${reason} ${message} `, service, facts))
      .map(seenEvent),
  ].slice(-3);
}

interface Said {
  readonly said: readonly Evidence[];
  /** Undefined where neither the file nor the event names it. */
  readonly node: string | undefined;
  /** The node that announces, where it is another and the one that speaks has no endpoint either. */
  readonly announcer: string | undefined;
}

function placed(said: readonly Evidence[], service: Service, facts: WordFacts): Said {
  const node = nodeOf(said, facts);
  const announcer = certainAnnouncerOf(service, facts);
  const endpointSlices = itemsIfRead(facts.endpointSlices);
  const isOnTheWay =
    node === undefined ||
    node === announcer ||
    backendsOf(service, { ...facts, endpointSlices }).some(
      ({ endpoint }) => endpoint.nodeName === node,
    );
  return { said, node, announcer: isOnTheWay ? undefined : announcer };
}

/** Logs of a kernel come as files named after the node, or as the log of a Pod that runs there. */
function nodeOf(said: readonly Evidence[], { nodes, pods }: WordFacts): string | undefined {
  const [source] = said.map((each) => each.source);
  if (source?.kind === 'event') {
    return source.of.kind === 'Node' ? source.of.name : undefined;
  }
  if (source?.kind !== 'log') {
    return undefined;
  }
  const pod = itemsIfRead(pods).find(({ metadata }) => metadata.name === source.pod);
  const words = `-${source.pod.replace(/\.(?:log|txt)$/, '')}-`;
  return (
    pod?.spec.nodeName ??
    itemsIfRead(nodes)
      .map(({ metadata }) => metadata.name)
      .find((name) => words.includes(`-${name}-`))
  );
}

/** `TCP from 10.0.9.9 to 10.0.11.10 port 80`, each once. */
function droppedIn(said: readonly Evidence[]): readonly string[] {
  const texts = said.flatMap(({ says }) => {
    const [, from, to] = / SRC=(\S+) DST=(\S+)/.exec(says) ?? [];
    const [, protocol = 'packets'] = / PROTO=(\S+)/.exec(says) ?? [];
    const [, port] = / DPT=(\d+)/.exec(says) ?? [];
    return from === undefined || to === undefined
      ? []
      : [`${protocol} from ${from} to ${to}${port === undefined ? '' : ` port ${port}`}`];
  });
  return texts.length === 0 ? [] : [`dropped: ${[...new Set(texts)].join('; ')}`];
}

function finding(kind: DropKind, service: Service, { said, node, announcer }: Said): Found {
  const about = refOf(service);
  const isAstray = kind.needsPlace === true && announcer !== undefined;
  return {
    cause: 'packets-dropped-on-node',
    severity: isAstray ? 'warning' : kind.severity,
    about,
    affects: [about],
    says: kind.says(service, node ?? 'a node'),
    details: [
      ...droppedIn(said),
      kind.means,
      ...(isAstray
        ? [
            `now ${announcer} announces it, and ${node} has no endpoint of it: packets for it come by ${node} only from who has not learnt of that`,
          ]
        : []),
    ],
    because: said,
    doubts: ['the lines are older than the trouble'],
    suggests: [{ ...kind.remedy, mutates: false }],
  };
}
