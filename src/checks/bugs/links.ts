import { seenLine } from '../models/seen.ts';
import type { LogLine } from '../models/testimony/log-lines.ts';
import { defineBug, type KnownBug, type Sign } from './known-bug.ts';
import { asReading, linesSaying } from './material.ts';

/** What is lost when a link of an announcing node goes away and comes back. */
export const linkBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#584',
    related: [],
    title: 'After a link comes back nobody is told of the addresses',
    program: 'speaker',
    since: undefined,
    fixedIn: undefined,
    severity: 'info',
    whatGoesWrong:
      'When an interface goes down and comes back its responder is made anew, and that is all: no gratuitous announcement follows, and for IPv6 the new responder does not join the groups in which neighbours are asked for. Switches and routers that forgot the address find IPv4 by asking; IPv6 addresses stay unanswered on that interface until they are announced anew.',
    recognisedBy:
      'a responder that was deleted and made again on one interface after the last address was announced, in the speaker log',
    workaround: 'Restart that speaker, or touch the Service, so that it announces anew.',
    accountsFor: [],
    needs: ['speakerLogs'],
    signs: ({ speakerLogs, takenAt }) => {
      const lines = linesSaying(
        asReading(speakerLogs),
        /(?:create|delete)(?:ARP|NDP)Responder|serviceAnnounced/,
        takenAt,
      ).filter(({ level, previous }) => level !== 'error' && !previous);
      return [...Map.groupBy(lines, ({ pod }) => pod).values()].flatMap(signIn).slice(0, 1);
    },
  }),
];

/** The lines of one speaker, oldest first. */
function signIn(lines: readonly LogLine[]): readonly Sign[] {
  const announced = lines.findLastIndex(({ values }) => values.get('event') === 'serviceAnnounced');
  const since = announced === -1 ? [] : lines.slice(announced + 1);
  const lost = since.find(({ values }) => values.get('event')?.startsWith('delete') === true);
  const name = lost?.values.get('interface') ?? '';
  const back = since.findLast(
    ({ values }) =>
      values.get('event')?.startsWith('create') === true && values.get('interface') === name,
  );
  return lost === undefined || back === undefined
    ? []
    : [
        {
          about: undefined,
          says: `${lost.pod} lost ${name} and has it back, and has not announced its addresses anew`,
          because: [seenLine(lost), seenLine(back)],
        },
      ];
}
