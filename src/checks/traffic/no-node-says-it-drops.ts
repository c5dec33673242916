import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenLine } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';
import { noDataPath } from '../models/traffic/question.ts';
import { logLines } from '../models/words/log-lines.ts';

type WordFacts = Facts<never, 'otherLogs' | 'events'>;

/** Kernels and firewalls say what they drop; such lines come with a dump, or as an event about a node. */
export const noNodeSaysItDrops = defineCheck({
  id: 'MLB-D17',
  asks: 'Does no node say that it drops such packets?',
  symptoms: ['no-traffic'],
  causes: ['packets-dropped-on-node'],
  link: 'elsewhere',
  basis: 'observed',
  needs: [],
  helps: ['otherLogs', 'events'],
  byWordsAlone: true,
  skipWhen: (facts, subject) =>
    noDataPath(facts, subject) ??
    (facts.otherLogs.state === 'read' || facts.events.state === 'read'
      ? undefined
      : 'only logs and events tell, and none were read'),
  run: (facts, service) =>
    service === undefined
      ? []
      : kindsOfDrops.flatMap((kind) => {
          const said = saidIn(kind, service, facts);
          return said.length === 0 ? [] : [finding(kind, service, said)];
        }),
});

interface DropKind {
  /** True for words that tell of it; `address` is one of the Service's. */
  readonly tells: (words: string, service: Service) => boolean;
  readonly severity: Found['severity'];
  readonly says: (service: Service) => string;
  readonly means: string;
  readonly remedy: { readonly says: string; readonly command: string };
}

const kindsOfDrops: readonly DropKind[] = [
  {
    tells: (words, service) =>
      / SRC=\S+ DST=/.test(words) &&
      /BLOCK|DROP|REJECT|DENY|denied|dropped/i.test(words) &&
      addressesIn(service).some((address) => words.includes(` DST=${address} `)) &&
      isOfItsPorts(words, service),
    severity: 'error',
    says: (service) =>
      `a firewall on a node says that it drops packets for ${addressesIn(service).join(', ')}`,
    means:
      'such a line names the source, the destination (DST) and the port (DPT) of what was dropped',
    remedy: {
      says: 'on that node: find the rule that logs with this prefix',
      command: 'nft list ruleset',
    },
  },
  {
    tells: (words, service) =>
      addressesIn(service).some((address) => words.includes(`martian source ${address} from `)),
    severity: 'error',
    says: (service) =>
      `the kernel of a node drops packets for ${addressesIn(service).join(', ')} as martians`,
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
    says: () => 'a node says that its table of connections is full, and that it drops packets',
    means: 'new connections through that node fail at random, those of this Service among them',
    remedy: {
      says: 'on that node: compare the two, and raise the greater',
      command: 'sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max',
    },
  },
];

/** A line without a port speaks of all of them. */
function isOfItsPorts(words: string, { spec }: Service): boolean {
  const [, port] = / DPT=(\d+)/.exec(words) ?? [];
  return port === undefined || spec.ports.some((each) => String(each.port) === port);
}

function saidIn(kind: DropKind, service: Service, facts: WordFacts): readonly Evidence[] {
  return [
    ...logLines(facts.otherLogs, facts.takenAt)
      .filter(({ text }) => kind.tells(`${text} `, service))
      .map(seenLine),
    ...itemsIfRead(facts.events)
      .filter(({ reason, message }) => kind.tells(`${reason} ${message} `, service))
      .map(seenEvent),
  ].slice(-3);
}

function finding(kind: DropKind, service: Service, said: readonly Evidence[]): Found {
  const about = refOf(service);
  return {
    cause: 'packets-dropped-on-node',
    severity: kind.severity,
    about,
    affects: [about],
    says: kind.says(service),
    details: [...said.map(({ says }) => says), kind.means],
    because: said,
    doubts: ['the lines are older than the trouble'],
    suggests: [{ ...kind.remedy, mutates: false }],
  };
}
