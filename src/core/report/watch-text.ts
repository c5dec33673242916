import type { Diagnosis } from '../facts/finding.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { WatchedCause, WatchLine } from '../facts/transitions.ts';
import { costOf } from './amounts.ts';
import type { Line } from './layout.ts';
import { laidOut } from './layout.ts';
import type { Canvas, Ink } from './style.ts';
import { suppressedSection } from './suppressed-text.ts';
import { plural } from '../facts/in-words.ts';

/** One line of a watcher for a person, with the moment it is of. */
export function watchText(line: WatchLine, at: string, canvas: Canvas): string {
  const time = `${at.slice(0, 19)}Z`;
  const { word, texts, inks } = toldOf(line);
  const [first = '', ...more] = texts;
  const indent = canvas.width >= roomyColumns ? leadColumns : 2;
  const lines: readonly Line[] = [
    { text: `${time}  ${word.padEnd(wordColumns)}${first}`, inks },
    ...more.map((text) => ({ text, indent })),
  ];
  return laidOut([[{ label: '', lines }]], canvas);
}

const wordColumns = 7;
const leadColumns = '2026-11-21T03:12:00Z  '.length + wordColumns;
/** Below this many columns the words need the room more than the order does. */
const roomyColumns = 60;

interface Told {
  readonly word: string;
  readonly texts: readonly string[];
  readonly inks: readonly Ink[];
}

function toldOf(line: WatchLine): Told {
  switch (line.kind) {
    case 'state':
      return told('now', outcomeInks[line.outcome], [
        `${line.outcome}: ${line.headline}`,
        ...line.causes.map(causeText),
        ...suppressedLines(line),
      ]);
    case 'outcome':
      return told('now', outcomeInks[line.after], [
        `${line.after} (was ${line.before}): ${line.headline}`,
      ]);
    case 'came':
      return told('came', ['yellow'], [causeText(line.cause)]);
    case 'went':
      return told('went', ['green'], [causeText(line.cause) + lastedText(line.seconds)]);
    case 'address':
      return told(
        'moved',
        ['bold'],
        [`${keyOf(line.service)}  ${listed(line.before)} → ${listed(line.after)}`],
      );
    case 'unread':
      return told('lost', ['yellow'], [`cannot be read any more: ${line.facts.join(', ')}`]);
    case 'read-again':
      return told('found', [], [`can be read again: ${line.facts.join(', ')}`]);
    case 'trouble':
      return told('lost', ['yellow'], [line.says]);
    case 'recovered':
      return told('found', [], [line.says]);
    case 'gone':
      return told('gone', ['bold', 'yellow'], [`${line.service} is not there any more`]);
    case 'back':
      return told('back', ['bold'], [`${line.service} is there again`]);
    case 'end':
      return told('end', ['dim'], [endText(line)]);
  }
}

function suppressedLines({
  suppressed = [],
}: Extract<WatchLine, { readonly kind: 'state' }>): readonly string[] {
  return suppressedSection({ suppressed }).flatMap(({ lines }) => lines.map(({ text }) => text));
}

function told(word: string, inks: readonly Ink[], texts: readonly string[]): Told {
  return { word, inks, texts };
}

const outcomeInks: Readonly<Record<Diagnosis['outcome'], readonly Ink[]>> = {
  healthy: ['bold', 'green'],
  warnings: ['bold', 'yellow'],
  problem: ['bold', 'red'],
  unknown: ['bold', 'yellow'],
};

function causeText({ cause, check, severity, says }: WatchedCause): string {
  return `${cause} (${check})${severity === 'error' ? '' : `, ${severity}`}: ${says}`;
}

function lastedText(seconds: number | undefined): string {
  return seconds === undefined ? '' : ` (it lasted ${durationText(seconds)})`;
}

function listed(addresses: readonly string[]): string {
  return addresses.length === 0 ? 'none' : addresses.join(', ');
}

/** `45 s`, `12 min`, `3 h 5 min`. */
export function durationText(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  if (hours > 0) {
    return `${hours} h ${minutes} min`;
  }
  return minutes > 0 ? `${minutes} min` : `${seconds} s`;
}

function endText({
  says,
  seconds,
  transitions,
  evaluations,
  receipt,
}: Extract<WatchLine, { readonly kind: 'end' }>): string {
  const cost = costOf(receipt);
  const parts = [
    `${says} after ${durationText(seconds)}`,
    plural(transitions, 'change'),
    plural(evaluations, 'evaluation'),
    ...(cost === undefined ? [] : [cost.replace(/, [\d.]+ s$/, '')]),
  ];
  return parts.join(' · ');
}
