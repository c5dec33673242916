import type { ArpReport, ArpVerdict } from '../../facts/arp-report.ts';
import type { WireAnswer, WireLook } from '../../facts/wire.ts';
import { commandLine, laidOut, section, tableLines, type Line, type Section } from '../layout.ts';
import type { Canvas, Ink } from '../style.ts';
import { tabled } from '../table.ts';
import { plural } from '../../facts/in-words.ts';

/** Who answers, for a person at a terminal. */
export function arpText(report: ArpReport, canvas: Canvas): string {
  const { look, verdict, headline, advice } = report;
  const blocks: readonly (readonly Section[])[] = [
    [{ label: '', lines: [{ text: headline, inks: headlineInks[verdict] }] }],
    [
      { label: 'who', lines: tableLines({ rows: whoRows(look) }) },
      { label: 'beside', lines: besideText(report) },
      { label: 'ports', lines: tableLines({ rows: portRows(look) }) },
      section('asked', askedLines(look)),
      section('unseen', look.unseen),
      section('heard', heardLines(look)),
    ],
    [{ label: 'do', lines: adviceText(advice, canvas.verbose) }],
  ];
  return laidOut(blocks, canvas);
}

const good: readonly Ink[] = ['bold', 'green'];
const bad: readonly Ink[] = ['bold', 'red'];

const headlineInks: Readonly<Record<ArpVerdict, readonly Ink[]>> = {
  one: good,
  free: good,
  several: bad,
  nobody: bad,
  'only-announced': bad,
  'in-use': bad,
  'about-to-be-taken': bad,
  'not-seen': ['bold', 'yellow'],
};

/** A line for each Ethernet address that answered, and one for each port that was tried. */
export function wireLines(look: WireLook): readonly string[] {
  return [...tabled(whoRows(look)), ...tabled(portRows(look))];
}

function whoRows({ answers, neighbours, method }: WireLook): readonly (readonly string[])[] {
  return answers.map((answer) => {
    const others = neighbours.filter(({ mac }) => mac === answer.mac);
    const names = others.map(({ address }) => address).join(', ');
    return [
      answer.mac,
      method === 'neighbours' ? 'in the neighbour table' : heardText(answer),
      [names === '' ? '' : `also ${names}`, ...remarks(answer)].filter(Boolean).join('; '),
    ];
  });
}

/** Neighbours that have other Ethernet addresses than those that answered, and those that kept silent. */
export function besideAnswers(report: ArpReport): readonly string[] {
  return besideText(report).map(({ text }) => text);
}

function besideText({ look, silentBeside = [] }: ArpReport): readonly Line[] {
  const answering = new Set(look.answers.map(({ mac }) => mac));
  const others = look.neighbours.filter(({ mac }) => !answering.has(mac));
  return [
    ...tableLines({ rows: others.map(({ address, mac }) => [mac, address]) }),
    ...silentBeside.map(({ address, asked }) => ({
      text: asked
        ? `nobody answers for ${address}`
        : `${address} was not asked: it is on no network of ${look.from.interface}`,
    })),
  ];
}

function portRows({ ports }: WireLook): readonly (readonly string[])[] {
  return ports.map(({ protocol, port, outcome, ms, says }) => {
    const why = says === undefined ? '' : ` (${says})`;
    return [`${protocol} ${port}`, `${outcome}${why} after ${msText(ms)}`];
  });
}

function heardText({ count, firstMs, lastMs, unasked }: WireAnswer): string {
  const what = unasked ? plural(count, 'announcement') : plural(count, 'answer');
  return count === 1
    ? `${what} after ${msText(firstMs)}`
    : `${what}, ${msText(firstMs)} to ${msText(lastMs)}`;
}

function remarks({ sentBy, askedAlone, isTwice }: WireAnswer): readonly string[] {
  return [
    sentBy === undefined ? '' : `sent by ${sentBy} on its behalf`,
    askedAlone === 'silent' ? 'silent when asked alone' : '',
    isTwice === true ? 'answers each question twice' : '',
  ];
}

function msText(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

const methodNames = { arp: 'ARP', ndp: 'NDP', neighbours: 'the kernel' } as const;

/** What was asked, from where, and why there; nothing where nobody could be asked. */
export function askedLines({ asked, windowMs, method, from }: WireLook): readonly string[] {
  const what =
    method === 'neighbours'
      ? `by the kernel, watched for ${msText(windowMs)}`
      : `${plural(asked, 'question')} by ${methodNames[method]}, listened for ${msText(windowMs)}`;
  const own = from.mac === '' ? '' : ` (${from.mac})`;
  const where = from.interface === '' ? '' : ` on ${from.interface}${own}`;
  const why = from.why === undefined ? [] : [from.why];
  return asked === 0 && windowMs === 0 ? [] : [`${what}${where}`, ...why];
}

/** What else was heard and is no answer. */
export function heardLines({ ignored = [], probers = [] }: WireLook): readonly string[] {
  const others = probers.length === 0 ? [] : [`${probers.join(', ')} asked whether it is free`];
  return [
    ...others,
    ...ignored.map(({ why, count }) => `${plural(count, 'frame')} not counted: ${why}`),
  ];
}

/** The first way does for a look. */
function adviceText(advice: ArpReport['advice'], wantsAll: boolean): readonly Line[] {
  const [first, ...others] = advice;
  return first === undefined || wantsAll || others.length < manyWays
    ? advice.flatMap(adviceLines)
    : [...adviceLines(first), { text: `${plural(others.length, 'more way')}: -v` }];
}

const manyWays = 3;

function adviceLines({ says, command }: ArpReport['advice'][number]): readonly Line[] {
  return command === undefined ? [{ text: says }] : [{ text: `${says}:` }, commandLine(command, 2)];
}
