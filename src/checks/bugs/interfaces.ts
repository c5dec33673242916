import type { Facts } from '../../core/diagnosis/facts.ts';
import { seenLine } from '../models/seen.ts';
import { defineBug, type KnownBug, type Sign } from './known-bug.ts';
import { asReading, linesSaying } from './material.ts';

type SpeakerFacts = Facts<'speakerLogs'>;

/** Interfaces on which no speaker should answer, and such as it cannot use. */
export const interfaceBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#2635',
    related: [],
    title: 'Weave carries announcements round in a circle',
    program: 'speaker',
    since: undefined,
    fixedIn: undefined,
    severity: 'warning',
    whatGoesWrong:
      "The interfaces of Weave's overlay are not on the list of interfaces to leave alone. The speaker answers on them, and its own gratuitous announcements come back to it as questions.",
    recognisedBy: 'a responder on an interface named weave or datapath in the speaker log',
    workaround:
      'Add "^weave$" and "^datapath$" to the ConfigMap metallb-excludel2 and restart the speakers.',
    accountsFor: [],
    needs: ['speakerLogs'],
    signs: (facts) => responderSigns(facts, /^(?:weave|datapath)$/, 'the overlay of Weave'),
  }),
  defineBug({
    bug: 'metallb#2864',
    related: ['metallb#2835'],
    title: "Speakers answer on Cilium's pod interfaces",
    program: 'speaker',
    since: undefined,
    fixedIn: 'v0.15.3',
    severity: 'info',
    whatGoesWrong:
      'The interfaces that Cilium makes per pod (lxc…) are not on the list of interfaces to leave alone, so a responder is opened for each of them.',
    recognisedBy: 'a responder on an interface named lxc… in the speaker log',
    workaround:
      'Add "^lxc.*" to the ConfigMap metallb-excludel2 and restart the speakers; v0.15.3 has it.',
    accountsFor: [],
    needs: ['speakerLogs'],
    signs: (facts) => responderSigns(facts, /^lxc/, "Cilium's pod interfaces"),
  }),
  defineBug({
    bug: 'metallb#779',
    related: [],
    title: 'No responder on InfiniBand',
    program: 'speaker',
    since: undefined,
    fixedIn: undefined,
    severity: 'warning',
    whatGoesWrong:
      'The hardware address of InfiniBand has 20 bytes; the responder takes six only, and the interface stays silent.',
    recognisedBy: '"invalid hardware address" where a responder should be made, in the speaker log',
    workaround: 'Announce over Ethernet, or use BGP.',
    accountsFor: [],
    needs: ['speakerLogs'],
    signs: (facts) =>
      lineSigns(
        facts,
        /createARPResponder.*invalid hardware address|invalid hardware address.*createARPResponder/,
        'cannot make a responder on an interface with a long hardware address',
      ),
  }),
  defineBug({
    bug: 'metallb#2685',
    related: ['metallb#248', 'metallb#1507', 'metallb#1680'],
    title: 'No IPv6 responder while a link-local address is tentative or duplicate',
    program: 'speaker',
    since: undefined,
    fixedIn: undefined,
    severity: 'info',
    whatGoesWrong:
      'The responder for IPv6 binds to the link-local address of the interface. While that is tentative or taken by another host, it fails; the speaker tries again every ten seconds. Only a failure that stays means that IPv6 is not answered there.',
    recognisedBy:
      '"cannot assign requested address" for an NDP responder, without a later success on that interface',
    workaround:
      'Look at ip -6 addr on the node: a duplicate address (dadfailed) has to be resolved; an interface that should not announce belongs on the list of metallb-excludel2.',
    accountsFor: [],
    needs: ['speakerLogs'],
    signs: (facts) => {
      const made = linesSaying(
        asReading(facts.speakerLogs),
        /created NDP responder/,
        facts.takenAt,
      ).map(({ pod, values }) => `${pod} ${values.get('interface') ?? ''}`);
      return linesSaying(
        asReading(facts.speakerLogs),
        /createNDPResponder.*cannot assign requested address|cannot assign requested address.*createNDPResponder/,
        facts.takenAt,
      )
        .filter(({ pod, values }) => !made.includes(`${pod} ${values.get('interface') ?? ''}`))
        .slice(0, 1)
        .map((line) => ({
          about: undefined,
          says: `${line.pod} has no IPv6 responder on ${line.values.get('interface') ?? 'an interface'}: its link-local address cannot be used`,
          because: [seenLine(line)],
        }));
    },
  }),
];

function responderSigns(facts: SpeakerFacts, name: RegExp, what: string): readonly Sign[] {
  const [line] = linesSaying(
    asReading(facts.speakerLogs),
    /createARPResponder/,
    facts.takenAt,
  ).filter(({ level, values }) => level !== 'error' && name.test(values.get('interface') ?? ''));
  return line === undefined
    ? []
    : [
        {
          about: undefined,
          says: `${line.pod} answers on ${line.values.get('interface') ?? 'an interface'}, which belongs to ${what}`,
          because: [seenLine(line)],
        },
      ];
}

function lineSigns(facts: SpeakerFacts, words: RegExp, says: string): readonly Sign[] {
  const [line] = linesSaying(asReading(facts.speakerLogs), words, facts.takenAt);
  return line === undefined
    ? []
    : [{ about: undefined, says: `${line.pod} ${says}`, because: [seenLine(line)] }];
}
