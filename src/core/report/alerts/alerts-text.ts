import type { AlertAnswer, AlertsReport, ToldAlert } from '../../facts/alerts.ts';
import { isErrorReport } from '../../facts/reports.ts';
import type { Receipt } from '../../facts/snapshot.ts';
import { ageOf } from '../amounts.ts';
import { commandLine, laidOut, type Line, type Section } from '../layout.ts';
import { poolsText } from '../answers/pools-text.ts';
import type { Canvas } from '../style.ts';
import { textOf } from '../text.ts';
import { plural } from '../../facts/in-words.ts';

/** What came of each alert: which command it led to and what that says; then the alerts nothing was done for. */
export function alertsText(report: AlertsReport, canvas: Canvas): string {
  const answers = report.answers.map((answer) => answerText(answer, canvas));
  const rest = [
    restSection('unknown', report.unknown),
    restSection('quiet', report.quiet),
    { label: 'note', lines: report.notices.map((text): Line => ({ text, inks: ['yellow'] })) },
  ];
  const count: Line = { text: alertCountText(report), inks: ['dim'] };
  return [...answers, laidOut([rest, [{ label: '', lines: [count] }]], canvas)].join('\n');
}

function answerText(answer: AlertAnswer, canvas: Canvas): string {
  const { alerts, about, command, says, report } = answer;
  const at = isErrorReport(report) ? undefined : report.takenAt;
  const sections: readonly Section[] = [
    { label: 'alert', lines: [...alertLines(alerts, at), { text: about }] },
    { label: 'asked', lines: askedLines(command, canvas) },
    { label: 'note', lines: says.map(saidLine) },
  ];
  const head = laidOut([sections], canvas);
  const body = isErrorReport(report)
    ? errorText(report.error, canvas)
    : textOf(report, canvas, 'told');
  // what reading them cost is said above already
  const pools = answer.pools.map((each) => poolsText({ ...each, receipt: nothing }, canvas, true));
  return [head, body, ...pools].join('\n');
}

const idsShown = 4;

/** A list of many checks is one word, which no terminal breaks and nobody reads; without it the command asks all of them. */
function askedLines(command: string, { verbose }: Canvas): readonly Line[] {
  const [only = '', ids = ''] = / --only (\S+)/.exec(command) ?? [];
  const count = ids.split(',').length;
  return verbose || count <= idsShown
    ? [commandLine(command)]
    : [
        commandLine(command.replace(only, '')),
        { text: `only the ${count} checks that such alerts are about; -v shows which` },
      ];
}

/** A command can be pasted as it stands. */
function saidLine(text: string): Line {
  return isCommand(text) ? commandLine(text, 4) : { text, inks: ['yellow'] };
}

/** True for what an answer says that is a command, and not words. */
export function isCommand(said: string): boolean {
  return said.startsWith('triage ');
}

const nothing: Receipt = { calls: 0, lists: 0, logs: 0, bytes: 0, ms: 0 };

const shownAtMost = 8;

function alertLines(alerts: readonly ToldAlert[], at: string | undefined): readonly Line[] {
  const shown = alerts.slice(0, shownAtMost);
  const rest = alerts.length - shown.length;
  return [
    ...shown.map((alert): Line => ({ text: alertText(alert, at), inks: ['bold'] })),
    ...(rest > 0 ? [{ text: `and ${rest} more` }] : []),
  ];
}

/** `MetalLBAddressPoolExhausted (pool=lan), for 12 min`. */
export function alertText(
  { name, state, since, where }: ToldAlert,
  at: string | undefined,
): string {
  const age = at === undefined ? undefined : ageOf(since, at);
  return [
    `${name}${where === '' ? '' : ` (${where})`}`,
    ...(state === 'firing' ? [] : [state]),
    ...(age === undefined || state === 'resolved' ? [] : [`for ${age.replace(/ ago$/, '')}`]),
  ].join(', ');
}

function restSection(label: string, alerts: readonly ToldAlert[]): Section {
  return { label, lines: alertLines(alerts, undefined) };
}

function errorText(
  { message, suggestions }: { readonly message: string; readonly suggestions: readonly string[] },
  canvas: Canvas,
): string {
  const ways = suggestions.map((text): Line => ({
    text,
    kind: /^(?:triage|kubectl|export) /.test(text) ? 'command' : 'text',
  }));
  const failed: Line = { text: `not read: ${message}`, inks: ['bold', 'red'] };
  const sections = [
    { label: '', lines: [failed] },
    { label: 'do', lines: ways },
  ];
  return laidOut([sections], canvas);
}

/** `3 alerts looked into, 1 not known, 2 quiet`. */
export function alertCountText({ answers, unknown, quiet }: AlertsReport): string {
  const asked = answers.reduce((sum, { alerts }) => sum + alerts.length, 0);
  return [
    `${plural(asked, 'alert')} looked into`,
    `${unknown.length} not known`,
    `${quiet.length} not firing`,
  ].join(', ');
}
