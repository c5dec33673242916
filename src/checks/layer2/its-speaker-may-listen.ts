import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import { familyOf } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import {
  type AnnouncingFacts,
  announcingHelps,
  announcingNeeds,
} from '../models/announcing/speakers-at-work.ts';
import { closedResponders } from '../models/layer2/closed-responders.ts';
import { linesOn, respondersOn } from '../models/layer2/responders.ts';
import { type Layer2Scene, layer2Scene, notInLayer2 } from '../models/layer2/scene.ts';
import { refOf } from '../models/references.ts';
import { seenLine } from '../models/seen.ts';
import type { LogLine } from '../models/testimony/log-lines.ts';

/** A speaker whose kernel gives it no raw socket announces in words, and answers nobody (#1151). */
export const itsSpeakerMayListen = defineCheck({
  id: 'MLB-L28',
  asks: 'May the speaker of the elected node listen for who asks?',
  symptoms: ['no-traffic'],
  causes: ['speaker-may-not-listen', 'interface-without-responder'],
  link: 'announced',
  basis: 'observed',
  needs: announcingNeeds,
  helps: announcingHelps,
  enoughInNamespace: ['endpointSlices'],
  skipWhen: (facts, subject) => {
    const why = notInLayer2(facts, subject);
    const node = layer2Scene(subject, facts)?.announcing.announcer;
    if (why !== undefined || node === undefined) {
      return why ?? 'nobody is elected';
    }
    return linesOn(node, facts).length === 0 ? 'no log of its speaker was read' : undefined;
  },
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    const node = scene?.announcing.announcer;
    if (scene === undefined || node === undefined) {
      return [];
    }
    const line = refusalOn(node, scene, facts);
    const unbound = line === undefined ? unboundForIPv6(node, scene, facts) : undefined;
    return [
      ...(line === undefined ? [] : [finding(node, line, { service: scene.service, facts })]),
      ...(unbound === undefined ? [] : [unboundFinding(node, unbound, scene)]),
      ...(line === undefined ? closedResponders(node, scene, facts) : []),
    ];
  },
});

/** From its start on it has opened no responder for IPv6, not even where it has one for IPv4. */
function unboundForIPv6(
  node: string,
  { announcing }: Layer2Scene,
  facts: AnnouncingFacts,
): LogLine | undefined {
  const lines = linesOn(node, facts);
  const isWhole = lines.some(({ text }) => text.includes('MetalLB speaker starting'));
  const isBound = lines.some(
    ({ level, values }) => level !== 'error' && values.get('event') === 'createNDPResponder',
  );
  const listening = respondersOn(node, facts);
  return !isWhole || isBound || announcing.addresses.every((each) => familyOf(each) === 'ipv4')
    ? undefined
    : lines.findLast(
        ({ level, values }) =>
          level === 'error' &&
          values.get('op') === 'createNDPResponder' &&
          listening.includes(values.get('interface') ?? ''),
      );
}

function unboundFinding(node: string, line: LogLine, { service, announcing }: Layer2Scene): Found {
  const about = refOf(service);
  const name = line.values.get('interface') ?? '';
  const reason = /[^:]*$/.exec(line.values.get('error') ?? '')?.[0].trim() ?? '';
  return {
    cause: 'speaker-may-not-listen',
    severity: 'warning',
    about,
    affects: [about],
    addresses: announcing.addresses.filter((each) => familyOf(each) === 'ipv6'),
    says: `on no interface of ${node} does the speaker listen for IPv6: ${reason}, on ${name}`,
    details: [
      elections,
      'it binds to the link-local address of the interface, which fails while that is tentative or a duplicate (#2685)',
    ],
    because: [seenLine(line)],
    doubts: ['on another interface it listens, and only lines on this one were read'],
    suggests: [
      {
        says: 'see whether its link-local address is tentative or a duplicate (dadfailed)',
        command: `ip -6 address show dev ${shellWord(name)}   # on ${node}`,
        mutates: false,
      },
    ],
  };
}

const elections =
  'it is elected and says that it announces, for the election does not look at this; no other node steps in';

/** What befalls every interface alike; any other error may be of one that does not matter. */
const ofTheProcess = /operation not permitted|permission denied|too many open files/i;

/** Its last word on the responders of the families that matter, where that is such an error. */
function refusalOn(
  node: string,
  { announcing }: Layer2Scene,
  facts: AnnouncingFacts,
): LogLine | undefined {
  const families = new Set(announcing.addresses.map(familyOf));
  const events = [
    ...(families.has('ipv4') ? ['createARPResponder'] : []),
    ...(families.has('ipv6') ? ['createNDPResponder'] : []),
  ];
  const last = linesOn(node, facts)
    .filter(({ values }) => events.includes(values.get('op') ?? values.get('event') ?? ''))
    .at(-1);
  return last?.level === 'error' && ofTheProcess.test(last.words) ? last : undefined;
}

interface Told {
  readonly service: Service;
  readonly facts: AnnouncingFacts;
}

function finding(node: string, line: LogLine, { service, facts }: Told): Found {
  const about = refOf(service);
  const namespace = facts.installation?.namespace ?? 'metallb-system';
  return {
    cause: 'speaker-may-not-listen',
    severity: 'warning',
    about,
    affects: [about],
    says: `the kernel of ${node} does not let the speaker listen for who asks for the address: ${reasonIn(line)}`,
    details: [elections],
    because: [seenLine(line)],
    doubts: ['on another interface it listens, and only lines on this one were read'],
    suggests: [
      {
        says: 'see that it has the capability NET_RAW, and that no security profile of the node takes it away',
        command: kubectl`-n ${namespace} get pod ${line.pod} -o yaml`,
        mutates: false,
      },
    ],
  };
}

function reasonIn({ words }: LogLine): string {
  return ofTheProcess.exec(words)?.[0] ?? words;
}
