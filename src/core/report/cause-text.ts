import type { Evidence } from '../facts/evidence.ts';
import type { Diagnosis, MissingFact, Remedy, RootCause } from '../facts/finding.ts';
import { keyOf } from '../facts/object-ref.ts';
import { ageOf } from './amounts.ts';
import type { Line, Section } from './layout.ts';
import { commandLine, tableLines } from './layout.ts';
import { plural } from '../facts/in-words.ts';

/** How much of a cause is told. */
export interface Telling {
  readonly diagnosis: Diagnosis;
  readonly takenAt: string;
  /** Every piece of evidence, and what would change the verdict. */
  readonly wide: boolean;
  /** The object the cause is about, in the form a suppressions file takes. */
  readonly verbose?: boolean;
}

const evidenceShown = 2;
const servicesShown = 5;

/** `why`: the cause, what was seen, line by line, and the evidence for it. */
export function whySection(root: RootCause, label: string, telling: Telling): Section {
  const head = `${root.cause} (${root.check})${severityOf(root)}, confidence ${root.confidence.toFixed(2)}`;
  const isHeadline = telling.diagnosis.headline.endsWith(root.says);
  return {
    label,
    lines: [
      { text: head, inks: root.severity === 'error' ? ['bold', 'red'] : ['bold', 'yellow'] },
      ...(isHeadline ? [] : [{ text: root.says }]),
      ...aligned(root.details),
      ...(root.ifMendedAlone === undefined ? [] : [{ text: root.ifMendedAlone }]),
      ...reachLines(root, telling),
      ...evidenceLines(root, telling),
      ...doubtLines(root, telling),
      ...aboutLines(root, telling),
    ],
  };
}

const leastCells = 3;

/** Lines made of the same number of cells, two blanks apart, as a table; all others as they are. */
export function aligned(lines: readonly string[]): readonly Line[] {
  const cells = lines.map((line) => line.split(/ {2,}/));
  const counts = cells.map(({ length }) => length).filter((count) => count >= leastCells);
  const isTable = (row: readonly string[]) => row.length === counts[0];
  const rows = tableLines({ rows: cells.filter(isTable) }).values();
  return cells.map((row, index) =>
    isTable(row) ? (rows.next().value ?? { text: '' }) : { text: lines[index] ?? '' },
  );
}

function severityOf({ severity }: RootCause): string {
  return severity === 'error' ? '' : `, ${severity}`;
}

function reachLines(root: RootCause, { diagnosis, wide }: Telling): readonly Line[] {
  if (diagnosis.subject !== undefined || root.explains.length === 0) {
    return [];
  }
  const names = root.explains.map(keyOf);
  const told = [diagnosis.headline, ...root.details];
  const isTold = (name: string) => told.some((text) => text.includes(name));
  if (names.length <= servicesShown && names.every(isTold)) {
    return [];
  }
  const shown = wide ? names : names.slice(0, servicesShown);
  const rest = names.length - shown.length;
  const more = rest > 0 ? ` and ${rest} more (-o wide)` : '';
  return [{ text: `affects ${plural(names.length, 'Service')}: ${shown.join(', ')}${more}` }];
}

function evidenceLines(root: RootCause, { diagnosis, takenAt, wide }: Telling): readonly Line[] {
  const all = root.because.flatMap((id) => diagnosis.evidence[id] ?? []);
  const chosen = wide ? all : all.filter(wasSeen).slice(0, evidenceShown);
  const rest = all.length - chosen.length;
  const lines = chosen.map((each) => ({
    text: `· ${evidenceText(each, takenAt)}`,
    inks: ['dim'] as const,
  }));
  return wide || rest === 0 || chosen.length === 0
    ? lines
    : [...lines, { text: `· ${rest} more seen (-o wide)`, inks: ['dim'] }];
}

/** Events and log lines are somebody else's word for it; what fields and the wire show is in the details already. */
function wasSeen({ source }: Evidence): boolean {
  return source.kind === 'event' || source.kind === 'log';
}

/** One piece of evidence in a line, with its age seen from the moment of reading. */
export function evidenceText({ source, says }: Evidence, takenAt: string): string {
  switch (source.kind) {
    case 'event':
      return `event${since(source.at, takenAt)} on ${keyOf(source.of)}: ${source.reason} "${source.message}"`;
    case 'log':
      return `log of ${source.pod}${source.previous ? ' before its restart' : ''}${since(source.at, takenAt)}: ${spoken(source.line)}`;
    case 'field':
      return `${source.of.kind} ${keyOf(source.of)} ${source.path}: ${says}`;
    case 'wire':
      return `seen from ${source.from}${since(source.at, takenAt)}: ${says}`;
    case 'derived':
      return `${says} (${source.rule})`;
  }
}

/** What a JSON log line says; any other line speaks for itself. */
function spoken(line: string): string {
  try {
    const { msg, error } = Object(JSON.parse(line));
    const parts = [msg, error].filter((part) => typeof part === 'string' && part !== '');
    return parts.length === 0 ? line : parts.join(': ').trim().replaceAll(/\s+/g, ' ');
  } catch {
    return line;
  }
}

function since(at: string | undefined, takenAt: string): string {
  const age = ageOf(at, takenAt);
  return age === undefined ? '' : ` ${age}`;
}

function doubtLines(root: RootCause, { wide, verbose = false }: Telling): readonly Line[] {
  return wide || verbose
    ? root.wouldChangeMyMind.map((text) => ({ text: `would change the verdict: ${text}` }))
    : [];
}

/** Whoever writes a suppressions file needs it to the letter. */
function aboutLines({ about }: RootCause, { wide, verbose = false }: Telling): readonly Line[] {
  const { kind, namespace, name } = about;
  const place = namespace === undefined ? '' : `, namespace: ${namespace}`;
  return wide || verbose
    ? [{ text: `about {kind: ${kind}${place}, name: ${name}}`, inks: ['dim'] }]
    : [];
}

/** `do`: every remedy in the order of the check, commands ready to paste. */
export function doSection(remedies: readonly Remedy[]): Section {
  return {
    label: 'do',
    lines: remedies.flatMap((remedy, index) => remedyLines(remedy, index)),
  };
}

function remedyLines({ says, command }: Remedy, index: number): readonly Line[] {
  const lines: readonly Line[] = [{ text: isAnother(says, index) ? `or  ${says}` : says }];
  return command === undefined ? lines : [...lines, commandLine(command, 4)];
}

/** What begins with "then" goes on with the remedy before it. */
function isAnother(says: string, index: number): boolean {
  return index > 0 && !says.startsWith('then ');
}

/** `unknown`: what could not be read, why, and the right or the command that would tell. */
export function unknownSection(unknowns: readonly MissingFact[]): Section {
  return { label: 'unknown', lines: unknowns.flatMap(unknownLines) };
}

function unknownLines({ fact, why, permission, collect }: MissingFact): readonly Line[] {
  const right = permission === undefined ? '' : ` (missing right: ${permission})`;
  const lines: readonly Line[] = [{ text: `${fact}: ${why}${right}`, inks: ['yellow'] }];
  return collect === undefined ? lines : [...lines, commandLine(collect, 4)];
}
