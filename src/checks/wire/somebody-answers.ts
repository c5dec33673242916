import { type Found } from '../../core/diagnosis/check.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { shellWord } from '../../core/diagnosis/kubectl.ts';
import { refOf } from '../models/references.ts';
import { seenOnWire } from '../models/seen.ts';
import { speakerLogs, type Answering } from '../models/wire/elected.ts';
import { knowsOthers, type NamedLook } from '../models/wire/looks.ts';
import { answererText, answerLine, doubtsIn, placeText } from '../models/wire/words.ts';
import { answeringCheck } from '../models/wire/answering-check.ts';

/** The speaker of the elected node answers every ARP request and neighbour solicitation for the address. */
export const somebodyAnswers = answeringCheck({
  id: 'MLB-W01',
  asks: 'Does somebody answer on the wire for every address?',
  causes: ['address-unanswered', 'address-announced-only'],
  run: (service, answering, facts) => {
    const { elected } = answering;
    if (elected === undefined) {
      return [];
    }
    const scene = { service, elected, logs: speakerLogs(elected, facts) };
    return [...byAddress(answering)].flatMap(([address, looks]) =>
      findingsOn(address, { ...scene, looks }),
    );
  },
});

interface Scene {
  readonly service: Service;
  /** The command that shows what its speaker says. */
  readonly logs: string;
  readonly elected: string;
  readonly looks: readonly NamedLook[];
}

function byAddress({ looks }: Answering): ReadonlyMap<string, readonly NamedLook[]> {
  return Map.groupBy(looks, ({ address }) => address);
}

function findingsOn(address: string, scene: Scene): readonly Found[] {
  const silent = scene.looks.filter((look) => provesSilence(look, scene));
  const answered = scene.looks.filter(({ answers }) => answers.some(({ unasked }) => !unasked));
  if (silent.length > 0) {
    return [unanswered(address, { silent, answered }, scene)];
  }
  const onlyUnasked = scene.looks.filter(
    ({ sight, answers }) =>
      sight === 'segment' && answers.length > 0 && answers.every(({ unasked }) => unasked),
  );
  return onlyUnasked.length > 0 && answered.length === 0
    ? [announcedOnly(address, onlyUnasked, scene)]
    : [];
}

/** What a node sends for itself never comes back to it; and silence counts only where nodes were heard. */
function provesSilence(named: NamedLook, { elected }: Scene): boolean {
  const { sight, look, answers } = named;
  if (answers.length > 0 || look.from.node === elected) {
    return false;
  }
  const isKernelsWord =
    sight === 'passive' &&
    knowsOthers(named) &&
    look.reach?.kind === 'on-link' &&
    look.ports.length > 0 &&
    look.ports.every(({ outcome }) => outcome === 'unreachable');
  return sight === 'segment' || isKernelsWord;
}

function unanswered(
  address: string,
  {
    silent,
    answered,
  }: { readonly silent: readonly NamedLook[]; readonly answered: readonly NamedLook[] },
  scene: Scene,
): Found {
  const { service, elected } = scene;
  const from = silent.map(({ look }) => placeText(look)).join(' and ');
  const hears = silent.some(({ known }) => known.has(elected))
    ? `${elected} answers there for its own address, so the way to it is open`
    : `${elected} did not answer there for its own address either: is it in this segment?`;
  return {
    cause: 'address-unanswered',
    severity: 'error',
    about: refOf(service),
    affects: [refOf(service)],
    addresses: [address],
    says: `nobody answers for ${address} on the wire, seen from ${from}; ${elected} should`,
    details: [...silent.map(({ look }) => silenceText(look)), hears, ...answered.map(answeredLine)],
    because: silent.map(({ look }) => seenOnWire(look, silenceText(look))),
    doubts: silent.flatMap(doubtsIn),
    suggests: waysToLook(address, scene),
  };
}

function answeredLine({ look, answers }: NamedLook): string {
  return `seen from ${placeText(look)} somebody answers: ${answers.map(answererText).join(', ')}`;
}

function waysToLook(address: string, { logs, elected }: Scene): Found['suggests'] {
  return [
    {
      says: `what the speaker of ${elected} says of ${address}: without a line serviceAnnounced it does not even try`,
      command: `${logs} | grep -F ${shellWord(address)}`,
      mutates: false,
    },
    {
      says: `on ${elected}: do the questions arrive, and do answers leave?`,
      command: `tcpdump -eni any '(arp or icmp6)' and host ${shellWord(address)}`,
      mutates: false,
    },
  ];
}

function silenceText({ address, method, asked, windowMs }: NamedLook['look']): string {
  return method === 'neighbours'
    ? `the kernel found nobody who has ${address}`
    : `no answer for ${address} to ${asked} question${asked === 1 ? '' : 's'} within ${windowMs} ms`;
}

function announcedOnly(address: string, looks: readonly NamedLook[], { service, elected }: Scene) {
  return {
    cause: 'address-announced-only' as const,
    severity: 'warning' as const,
    about: refOf(service),
    affects: [refOf(service)],
    addresses: [address],
    says: `${address} is announced unasked, but nobody answers questions for it`,
    details: looks.flatMap(({ answers, look }) =>
      answers.map((answer) => answerLine(answer, look)),
    ),
    because: looks.flatMap(({ answers, look }) =>
      answers.map((answer) => seenOnWire(look, answerLine(answer, look))),
    ),
    doubts: looks.flatMap(doubtsIn),
    suggests: [
      {
        says: `on ${elected}: if this shows no question, the network or the card keeps broadcasts away; if the address works while it runs, the card filters them`,
        command: `tcpdump -eni any arp and host ${shellWord(address)}`,
        mutates: false,
      },
    ],
  };
}
