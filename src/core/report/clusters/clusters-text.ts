import type { ClusterAnswer, Reports, SharedRange } from '../../facts/reports.ts';
import { isErrorReport } from '../../facts/reports.ts';
import type { Report } from '../../facts/report.ts';
import { installationText } from '../banner.ts';
import type { Line, Section } from '../layout.ts';
import { laidOut } from '../layout.ts';
import { inked, type Canvas, type Ink } from '../style.ts';
import { tabled } from '../table.ts';
import { textOf } from '../text.ts';
import { plural } from '../../facts/in-words.ts';

/** How several answers are told. */
export interface ManyTelling {
  readonly canvas: Canvas;
  /** At a terminal the worst stands last, next to the prompt; in a file it stands first. */
  readonly worstLast: boolean;
}

/** Every cluster in its own section, what they share, and a table of all of them. */
export function clustersText(reports: Reports, { canvas, worstLast }: ManyTelling): string {
  const sections = worstFirst(reports.clusters).map((answer) => sectionOf(answer, canvas));
  const shared = sharedText(reports, canvas);
  const summary = summaryText(reports, { canvas, worstLast });
  const parts = [summary, ...shared, ...sections];
  return (worstLast ? parts.toReversed() : parts).join('\n');
}

const ranks: Readonly<Record<Reports['result'], number>> = {
  problem: 0,
  error: 1,
  unknown: 2,
  warnings: 3,
  healthy: 4,
};

/** The clusters with the worst in front; those alike stay in the order they were asked for. */
export function worstFirst(answers: readonly ClusterAnswer[]): readonly ClusterAnswer[] {
  return answers.toSorted((left, right) => ranks[left.report.result] - ranks[right.report.result]);
}

/** What is said of a cluster in one word or two. */
export const resultWords: Readonly<Record<Reports['result'], string>> = {
  problem: 'PROBLEM',
  error: 'NOT READ',
  unknown: 'UNKNOWN',
  warnings: 'warnings',
  healthy: 'healthy',
};

const resultInks: Readonly<Record<Reports['result'], readonly Ink[]>> = {
  problem: ['bold', 'red'],
  error: ['bold', 'red'],
  unknown: ['bold', 'yellow'],
  warnings: ['yellow'],
  healthy: ['green'],
};

function summaryText(reports: Reports, { canvas, worstLast }: ManyTelling): string {
  const answers = worstFirst(reports.clusters);
  const rows = tabled(
    answers.map(({ cluster, report }) => [cluster, resultWords[report.result], '|']),
  ).map((row) => row.slice(0, -1));
  const lines = answers.map((answer, index): Line => ({
    text: headlineOf(answer),
    lead: rows[index] ?? '',
    inks: resultInks[answer.report.result],
  }));
  const notes = reports.notices.map((text): Line => ({ text: `note: ${text}`, inks: ['dim'] }));
  const head: Line = { text: countText(reports), inks: ['bold'] };
  const parts = worstLast ? [...notes, head, ...lines.toReversed()] : [head, ...lines, ...notes];
  return laidOut([[plain(parts)]], canvas);
}

const countWords: Readonly<Record<Reports['result'], string>> = {
  problem: 'with a problem',
  error: 'not read',
  unknown: 'unknown',
  warnings: 'with warnings',
  healthy: 'healthy',
};

/** `3 clusters: 1 with a problem, 1 not read, 1 healthy`. */
export function countText({ clusters, sharedRanges }: Reports): string {
  const counts = (Object.keys(ranks) as Reports['result'][]).flatMap((result) => {
    const count = clusters.filter(({ report }) => report.result === result).length;
    return count === 0 ? [] : [`${count} ${countWords[result]}`];
  });
  const shared = sharedRanges.filter(({ severity }) => severity !== 'info').length;
  const ranges = shared === 0 ? [] : [`${plural(shared, 'pair')} of pools with the same addresses`];
  return `${plural(clusters.length, 'cluster')}: ${[...counts, ...ranges].join(', ')}`;
}

/** The answer of one cluster in a sentence. */
export function headlineOf({ report }: ClusterAnswer): string {
  return isErrorReport(report) ? report.error.message : report.diagnosis.headline;
}

function sectionOf(answer: ClusterAnswer, canvas: Canvas): string {
  const { report } = answer;
  const notices = isErrorReport(report) ? [] : report.notices;
  const head = [
    { text: placeText(answer), inks: ['bold', 'cyan'] } as const,
    ...notices.map((text) => ({ text: `note: ${text}`, inks: ['dim'] }) as const),
  ];
  const body = isErrorReport(report)
    ? laidOut([[...errorSections(report.error)]], canvas)
    : textOf(report, canvas);
  return `${ruled(laidOut([[plain(head)]], canvas), canvas)}${body}`;
}

/** A line of its own above each cluster, so that a long scroll shows where one ends. */
function ruled(head: string, canvas: Canvas): string {
  const sign = canvas.unicode ? '─' : '-';
  return `${inked(sign.repeat(Math.min(canvas.width, 80)), ['dim'], canvas)}\n${head}`;
}

/** `prod-a (also prod-a-admin) · 10.0.0.1:6443 · MetalLB v0.15.3 in metallb-system`. */
export function placeText({ cluster, alsoCalled, report }: ClusterAnswer): string {
  const names = alsoCalled.length === 0 ? cluster : `${cluster} (also ${alsoCalled.join(', ')})`;
  if (isErrorReport(report)) {
    return names;
  }
  const { target, installation } = report;
  const where = [target.context, target.server].filter((each) => each !== cluster);
  const parts = [
    names,
    ...where,
    ...(installation === undefined
      ? []
      : [`${installationText([installation])}${othersText(report.otherInstallations)}`]),
    ...(target.identity === undefined ? [] : [`as ${target.identity}`]),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** As the banner of a single cluster has it. */
function othersText(others: Report['otherInstallations'] = []): string {
  return others.length === 0 ? '' : ` (and ${others.length} more)`;
}

interface Told {
  readonly message: string;
  readonly suggestions: readonly string[];
}

function errorSections({ message, suggestions }: Told): readonly Section[] {
  const failed: Line = { text: `not read: ${message}`, inks: ['bold', 'red'] };
  const ways = suggestions.map((text): Line => ({
    text,
    kind: /^(?:triage|kubectl|export) /.test(text) ? 'command' : 'text',
  }));
  return ways.length === 0 ? [plain([failed])] : [plain([failed]), { label: 'do', lines: ways }];
}

function sharedText({ sharedRanges }: Reports, canvas: Canvas): readonly string[] {
  return sharedRanges.length === 0
    ? []
    : [
        laidOut(
          [sharedRanges.map((shared) => ({ label: 'shared', lines: sharedLines(shared) }))],
          canvas,
        ),
      ];
}

function sharedLines({ severity, says, details, doubt }: SharedRange): readonly Line[] {
  return [
    { text: says, inks: severity === 'info' ? ['dim'] : ['bold', 'yellow'] },
    ...details.map((text) => ({ text })),
    { text: doubt, inks: ['dim'] },
  ];
}

function plain(lines: readonly Line[]): Section {
  return { label: '', lines };
}
