import type { Diagnosis } from '../facts/finding.ts';
import type { Report } from '../facts/report.ts';
import { costOf } from './amounts.ts';
import { doSection, unknownSection, whySection } from './cause-text.ts';
import { bugsSection, quietBugs } from './known-bug-text.ts';
import { poolsSection, programsSection, scopeSection } from './health-text.ts';
import { headSection } from './answer-frame.ts';
import { commandLine, laidOut, type Section } from './layout.ts';
import type { Canvas, Ink } from './style.ts';
import { pathSections } from './path-text.ts';
import { notAskedSection } from './not-asked-text.ts';
import { suppressedSection } from './suppressed-text.ts';
import { verdictSections } from './verdict-text.ts';
import { columnsOf } from './wrap.ts';
import { plural } from '../facts/in-words.ts';

/** The answer for a person at a terminal: one line when all is well, else why, do and next. */
export function textOf(report: Report, canvas: Canvas, remarks: Remarks = 'counted'): string {
  const isQuiet =
    report.result === 'healthy' && !canvas.verbose && !canvas.wide && !report.interrupted;
  const { diagnosis } = report;
  const quiet = [
    [quietLine(report, canvas, remarks)],
    ...(remarks === 'told' ? causeBlocks(report, canvas) : []),
    ...pathSections(diagnosis, canvas).map((section) => [section]),
    [
      ...notAskedSection(diagnosis, canvas),
      ...suppressedSection(diagnosis),
      nextSection(diagnosis),
    ],
    [testSection(diagnosis)],
  ];
  return laidOut(isQuiet ? quiet : blocksOf(report, canvas), canvas);
}

/** Whether what is only worth knowing is counted or told where all is well: told where it answers what was asked. */
export type Remarks = 'counted' | 'told';

/** What does not fit into the one line is left out; the headline never is. */
function quietLine(report: Report, { width }: Canvas, remarks: Remarks): Section {
  const passed = report.diagnosis.verdicts.filter(({ verdict }) => verdict === 'pass').length;
  const { headline: answer } = report.diagnosis;
  const counted = remarks === 'told' ? '' : quietRemarks(report.diagnosis);
  const more = `${counted}${quietBugs(report.diagnosis)}`;
  const checks =
    passed === 0 ? `${answer}${more}` : `${answer} · ${plural(passed, 'check')} passed${more}`;
  const cost = costOf(report.receipt);
  const whole = cost === undefined ? checks : `${checks} · ${cost}`;
  return { label: '', lines: [{ text: columnsOf(whole) <= width ? whole : checks }] };
}

/** What is only worth knowing is counted, as known bugs are, and told with -v. */
function quietRemarks({ rootCauses }: Diagnosis): string {
  return rootCauses.length === 0 ? '' : ` · ${plural(rootCauses.length, 'remark')} (-v)`;
}

function blocksOf(report: Report, canvas: Canvas): readonly (readonly Section[])[] {
  const { diagnosis } = report;
  const showsCluster = diagnosis.symptom === 'health' || canvas.wide;
  return [
    [
      headSection(diagnosis.headline, headlineInks[report.result], report),
      ...scopeSection(diagnosis),
    ],
    ...pathSections(diagnosis, canvas).map((section) => [section]),
    ...causeBlocks(report, canvas),
    bugsSection(diagnosis),
    [testSection(diagnosis)],
    [
      unknownSection(diagnosis.unknowns),
      ...(showsCluster ? [...poolsSection(diagnosis), ...programsSection(report)] : []),
      ...verdictSections(diagnosis, canvas),
      ...notAskedSection(diagnosis, canvas),
      ...suppressedSection(diagnosis),
      nextSection(diagnosis),
      lastLine(report, canvas),
    ],
  ];
}

const headlineInks: Readonly<Record<Report['result'], readonly Ink[]>> = {
  healthy: ['bold', 'green'],
  warnings: ['bold', 'yellow'],
  problem: ['bold', 'red'],
  unknown: ['bold', 'yellow'],
};

function causeBlocks(
  { diagnosis, takenAt }: Report,
  { wide, verbose }: Canvas,
): readonly (readonly Section[])[] {
  return diagnosis.rootCauses.map((root, index) => [
    whySection(root, index === 0 ? 'why' : 'also', { diagnosis, takenAt, wide, verbose }),
    doSection(root.remedies),
  ]);
}

/** `test`: what only a person at both ends can find out. */
function testSection({ tests = [] }: Diagnosis): Section {
  const lines = tests.flatMap(({ says, command }) => [
    { text: says },
    ...(command === undefined ? [] : [commandLine(command, 4)]),
  ]);
  const lead = 'if it fails all the same: what no cluster tells, and how to see it';
  return { label: 'test', lines: lines.length === 0 ? [] : [{ text: lead }, ...lines] };
}

/** Commands that stand under an unknown fact or a remedy already are not said twice. */
function nextSection({ next, unknowns, rootCauses }: Diagnosis): Section {
  const said = new Set([
    ...unknowns.map(({ collect }) => collect),
    ...rootCauses.flatMap(({ remedies }) => remedies.map(({ command }) => command)),
  ]);
  const fresh = next.filter((command) => !said.has(command));
  return { label: 'next', lines: fresh.map((text) => commandLine(text)) };
}

/** What was found, what stayed dark, what is ruled out, what it cost. */
function lastLine(report: Report, canvas: Canvas): Section {
  const { rootCauses, unknowns, ruledOut } = report.diagnosis;
  const lists = canvas.verbose || canvas.wide ? '' : ' (-v)';
  const parts = [
    `${plural(rootCauses.length, 'cause')}, ${unknowns.length} unknown`,
    ruledOut.length === 0 ? undefined : `${ruledOut.length} ruled out${lists}`,
    costOf(report.receipt),
  ];
  return { label: '', lines: [{ text: joined(parts), inks: ['dim'] }] };
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' · ');
}
