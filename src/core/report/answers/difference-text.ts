import type {
  AddressChange,
  ComparedCause,
  Difference,
  DifferenceReport,
  FieldChange,
  NewEvent,
  ObjectChange,
  Reach,
} from '../../facts/difference.ts';
import { reaches } from '../../facts/difference.ts';
import { keyOf, nameOf } from '../../facts/object-ref.ts';
import { ageOf } from '../amounts.ts';
import type { Line, Section } from '../layout.ts';
import { laidOut } from '../layout.ts';
import type { Canvas } from '../style.ts';
import { plural } from '../../facts/in-words.ts';

/** What changed, for a person: the answers first, then every object, nearest to the Service first. */
export function differenceText(report: DifferenceReport, canvas: Canvas): string {
  const isAll = canvas.verbose || canvas.wide;
  const answers = [
    causeSection('came', report.causes.came),
    causeSection('went', report.causes.went),
    causeSection('still', report.causes.stayed),
    { label: 'moved', lines: shownOf(report.addresses.map(movedLine), isAll) },
  ];
  const objects = reaches.map((reach) => objectSection(report, reach, isAll));
  const events = { label: 'events', lines: shownOf(report.events.map(eventLine(report)), isAll) };
  const blocks = [[headSection(report)], answers, objects, [events], [gapSection(report)]];
  return laidOut([...blocks, [lastSection(report)]], canvas);
}

function headSection(report: DifferenceReport): Section {
  const { old, subject } = report;
  const said = subject === undefined ? '' : `${keyOf(subject)}: `;
  const notes = report.notices.map((text): Line => ({ text: `note: ${text}`, inks: ['yellow'] }));
  const isSame = report.result !== 'changed';
  const verdict = isSame ? sameText(report) : `${said}${answerText(report)}`;
  return {
    label: '',
    lines: [
      { text: `${old.path}  ${old.takenAt}`, inks: ['dim'] },
      { text: `${report.new.path}  ${report.new.takenAt}${laterText(report)}`, inks: ['dim'] },
      ...notes,
      { text: verdict, inks: isSame ? ['bold', 'green'] : ['bold', 'yellow'] },
    ],
  };
}

function laterText({ old, new: fresh }: Difference): string {
  const age = ageOf(old.takenAt, fresh.takenAt);
  return age === undefined || age === 'just now' ? '' : `, ${age.replace(/ ago$/, ' later')}`;
}

/** What both answers come to, in a sentence. */
export function answerText({ old, new: fresh }: Difference): string {
  return old.outcome === fresh.outcome
    ? `still ${states[fresh.outcome]}: ${fresh.headline}`
    : `was ${states[old.outcome]}, is now ${states[fresh.outcome]}: ${fresh.headline}`;
}

const states: Readonly<Record<Difference['old']['outcome'], string>> = {
  healthy: 'healthy',
  warnings: 'fine with warnings',
  problem: 'in trouble',
  unknown: 'unknown',
};

/** What is said when nothing differs in what could be compared. */
export function sameText({ subject, result, new: fresh }: DifferenceReport): string {
  const place = subject === undefined ? '' : ` for ${keyOf(subject)}`;
  const rest = result === 'unknown' ? ', as far as both could be read' : '';
  return `nothing that matters changed${place}${rest} (${states[fresh.outcome]}: ${fresh.headline})`;
}

function causeSection(label: string, causes: readonly ComparedCause[]): Section {
  return { label, lines: causes.map((cause) => ({ text: comparedCauseText(cause) })) };
}

/** `pool-exhausted (MLB-A02): shop/checkout is pending: …`. */
export function comparedCauseText({ cause, check, severity, says }: ComparedCause): string {
  return `${cause} (${check})${severity === 'error' ? '' : `, ${severity}`}: ${says}`;
}

function movedLine(change: AddressChange): Line {
  return { text: movedText(change), inks: ['bold'] };
}

/** `shop/checkout  10.4.11.12 → none`. */
export function movedText({ service, before, after }: AddressChange): string {
  const list = (addresses: readonly string[]) => addresses.join(', ') || 'none';
  return `${keyOf(service)}  ${list(before)} → ${list(after)}`;
}

const labels: Readonly<Record<Reach, string>> = {
  service: 'service',
  pool: 'pool',
  metallb: 'metallb',
  node: 'nodes',
  elsewhere: 'others',
};

function objectSection({ changes }: Difference, reach: Reach, isAll: boolean): Section {
  const own = changes.filter((change) => change.reach === reach);
  const shown = isAll ? own : own.slice(0, shownAtMost);
  return {
    label: labels[reach],
    lines: [...shown.flatMap(objectLines), ...restLine(own.length - shown.length)],
  };
}

function objectLines(change: ObjectChange): readonly Line[] {
  return [
    { text: objectText(change), inks: ['bold'] },
    ...change.fields.map((field): Line => ({ text: fieldText(field), indent: 4 })),
  ];
}

const words = { came: ' is new', went: ' is gone', changed: '' } as const;

/** `Node n1`, `IPAddressPool metallb-system/lan is new`. */
export function objectText({ about, kind }: ObjectChange): string {
  return `${nameOf(about)}${words[kind]}`;
}

/** `spec.addresses  10.4.11.10-10.4.11.19 → 10.4.11.10-10.4.11.29`. */
export function fieldText({ path, before, after }: FieldChange): string {
  return `${path}  ${before ?? '(not set)'} → ${after ?? '(not set)'}`;
}

function eventLine({ new: fresh }: Difference): (event: NewEvent) => Line {
  return (event) => ({ text: eventText(event, fresh.takenAt) });
}

/** `2 min ago on Service shop/checkout: AllocationFailed "no available IPs"`. */
export function eventText({ about, reason, message, at }: NewEvent, takenAt: string): string {
  const age = ageOf(at, takenAt);
  return `${age === undefined ? '' : `${age} `}on ${nameOf(about)}: ${reason} "${message}"`;
}

function gapSection({ uncompared }: Difference): Section {
  return {
    label: 'unknown',
    lines: gapTexts(uncompared).map((text): Line => ({ text, inks: ['yellow'] })),
  };
}

const sides = { old: 'in the first', new: 'in the second', both: 'in both' } as const;

/** What could not be compared, one line per reason. */
export function gapTexts(uncompared: Difference['uncompared']): readonly string[] {
  const facts = Map.groupBy(uncompared, ({ in: side, why }) => `not known ${sides[side]}: ${why}`);
  return [...facts].map(([why, gaps]) => `${gaps.map(({ fact }) => fact).join(', ')}: ${why}`);
}

const shownAtMost = 12;

function shownOf(lines: readonly Line[], isAll: boolean): readonly Line[] {
  const shown = isAll ? lines : lines.slice(0, shownAtMost);
  return [...shown, ...restLine(lines.length - shown.length)];
}

function restLine(rest: number): readonly Line[] {
  return rest > 0 ? [{ text: `and ${rest} more (-v)`, inks: ['dim'] }] : [];
}

function lastSection(difference: Difference): Section {
  return { label: '', lines: [{ text: countText(difference), inks: ['dim'] }] };
}

/** `1 cause came, 0 went · 1 address moved · 4 objects changed · 2 new events`. */
export function countText({ causes, addresses, changes, events }: Difference): string {
  const moved = addresses.length === 1 ? '1 Service moved' : `${addresses.length} Services moved`;
  return [
    `${plural(causes.came.length, 'cause')} came, ${causes.went.length} went`,
    moved,
    `${plural(changes.length, 'object')} changed`,
    plural(events.length, 'new event'),
  ].join(' · ');
}
