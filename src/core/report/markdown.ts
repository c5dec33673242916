import type { Diagnosis, KnownBugMatch, MissingFact, Remedy, RootCause } from '../facts/finding.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { Report } from '../facts/report.ts';
import type { ReportHead } from '../facts/report-head.ts';
import { bugHead } from './known-bug-text.ts';
import { costOf } from './amounts.ts';
import { installationText } from './banner.ts';
import { aligned, evidenceText } from './cause-text.ts';
import { visible } from './escape.ts';
import { poolsSection, programLines, programText, scopeText } from './health-text.ts';
import { calledAs } from './layout.ts';
import { foldedPaths, headOf, stepNames, stepSigns } from './path-text.ts';
import { skippedText } from './not-asked-text.ts';
import { suppressedText } from './suppressed-text.ts';
import { plural } from '../facts/in-words.ts';

/** The answer for an incident channel or a ticket: it says by itself where and when it was seen. */
export function markdownOf(report: Report, { program }: { readonly program: string }): string {
  const { diagnosis } = report;
  const blocks = [
    `### ${proseText(diagnosis.headline)}`,
    placeOf(report),
    ...scopeOf(diagnosis),
    ...pathBlocks(diagnosis),
    ...diagnosis.rootCauses.flatMap((root) => causeBlocks(root, report)),
    ...listOf('Known bugs', diagnosis.knownBugs.map(bugText)),
    ...listOf('Not known', diagnosis.unknowns.map(missingText)),
    ...(diagnosis.symptom === 'health' ? clusterBlocks(report) : []),
    ...listOf('Skipped', notAskedIn(diagnosis)),
    ...listOf(
      'Suppressed',
      diagnosis.suppressed.map((each) => proseText(suppressedText(each))),
    ),
    ...remedyBlocks(diagnosis.tests ?? [], 'If it fails all the same'),
    ...listOf(
      'Next',
      diagnosis.next.map((command) => codeSpan(calledAs(program, command))),
    ),
    `_${lastLine(report)}_`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function placeOf(report: Report): string {
  const { diagnosis, notices } = report;
  const isUnseen = diagnosis.unknowns.some(({ fact }) => /^(?:deployments|daemonsets)/.test(fact));
  const none = isUnseen ? 'could not look for MetalLB' : undefined;
  return [placeLine(report, none), ...notices.map((notice) => `> note: ${proseText(notice)}`)].join(
    '\n\n',
  );
}

/** Of which cluster, and when: an answer that is passed on says it by itself. */
export function placeLine(
  { target, installation, takenAt }: Pick<ReportHead, 'target' | 'installation' | 'takenAt'>,
  none = installationText([]),
): string {
  return [
    ...(target.context === undefined ? [] : [codeSpan(target.context)]),
    codeSpan(target.server),
    proseText(installation === undefined ? none : installationText([installation])),
    `seen ${takenAt}`,
  ].join(' · ');
}

function scopeOf(diagnosis: Diagnosis): readonly string[] {
  const says = scopeText(diagnosis);
  return says === undefined ? [] : [`**Scope:** ${proseText(says)}`];
}

/** A table per way; what is broken stands out. */
function pathBlocks({ paths = [] }: Diagnosis): readonly string[] {
  return foldedPaths(paths).map((folded) => {
    const rows = folded.path.steps.map(({ question, answer, says }) => {
      const sign = answer === 'broken' ? `**${stepSigns[answer]}**` : stepSigns[answer];
      return `| ${stepNames[question]} | ${sign} | ${proseText(says)} |`;
    });
    return [
      `**Path:** ${proseText(headOf(folded))}`,
      ['| question | answer | |', '|---|---|---|', ...rows].join('\n'),
    ].join('\n\n');
  });
}

const affectedShown = 20;

function causeBlocks(root: RootCause, { diagnosis, takenAt }: Report): readonly string[] {
  const severity = root.severity === 'error' ? '' : `, ${root.severity}`;
  const head = `**Why:** ${codeSpan(root.cause)} (${root.check}${severity}), confidence ${root.confidence.toFixed(2)}`;
  const seen = root.because.flatMap((id) => diagnosis.evidence[id] ?? []);
  const affected = diagnosis.subject === undefined ? root.explains.map(keyOf) : [];
  const rest = affected.length - affectedShown;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  return [
    head,
    ...(diagnosis.headline.endsWith(root.says) ? [] : [proseText(root.says)]),
    ...fenced(aligned(root.details).map(({ text }) => text)),
    ...(root.ifMendedAlone === undefined ? [] : [proseText(root.ifMendedAlone)]),
    ...listOf('Affects', [...affected.slice(0, affectedShown).map(codeSpan), ...more]),
    ...listOf(
      'Seen',
      seen.map((each) => codeSpan(evidenceText(each, takenAt))),
    ),
    ...remedyBlocks(root.remedies),
  ];
}

function remedyBlocks(remedies: readonly Remedy[], title = 'Do'): readonly string[] {
  if (remedies.length === 0) {
    return [];
  }
  const steps = remedies.map(({ says, command }) =>
    [`- ${proseText(says)}`, ...(command === undefined ? [] : [`  ${codeSpan(command)}`])].join(
      '\n',
    ),
  );
  return [`**${title}**\n\n${steps.join('\n')}`];
}

function bugText(match: KnownBugMatch): string {
  const lines = [bugHead(match), match.says, `way round: ${match.workaround}`];
  return lines.map(proseText).join('\n  ');
}

/** A fact that is not known, and the way to it. */
export function missingText({ fact, why, permission, collect }: MissingFact): string {
  const right = permission === undefined ? '' : ` (missing right: ${proseText(permission)})`;
  const way = collect === undefined ? '' : `; collect it with ${codeSpan(collect)}`;
  return `${proseText(fact)}: ${proseText(why)}${right}${way}`;
}

function clusterBlocks(report: Report): readonly string[] {
  const { diagnosis } = report;
  const pools = poolsSection(diagnosis).flatMap(({ lines }) => lines.map(({ text }) => text));
  return [
    ...fenced(pools),
    ...listOf(
      'Pods',
      report.otherInstallations === undefined
        ? report.programs.map((each) => proseText(programText(each)))
        : programLines(report).map(proseText),
    ),
  ];
}

function notAskedIn({ notAsked = [] }: Diagnosis): readonly string[] {
  return notAsked.length === 0 ? [] : [`${skippedText(notAsked)}: ${notAsked.join(', ')}`];
}

/** A list under a title; nothing at all without items. */
export function listOf(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0
    ? []
    : [`**${title}**\n\n${items.map((item) => `- ${item}`).join('\n')}`];
}

function lastLine({ diagnosis, receipt, tool, interrupted }: Report): string {
  const parts = [
    `${plural(diagnosis.rootCauses.length, 'cause')}, ${diagnosis.unknowns.length} unknown`,
    `${diagnosis.ruledOut.length} ruled out`,
    costOf(receipt),
    interrupted ? 'stopped early: this rests on a part of the cluster' : undefined,
    `triage ${tool.version}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** Our sentences: names in them may not become markup or HTML. Foreign sentences (events, logs) go into code spans. */
export function proseText(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`);
}

/** A code span whose fence is longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  const shown = visible(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const gap = /^`|`$/.test(shown) ? ' ' : '';
  return `${fence}${gap}${shown}${gap}${fence}`;
}

/** Lines as they stand, in a block. */
export function fenced(lines: readonly string[]): readonly string[] {
  if (lines.length === 0) {
    return [];
  }
  const shown = lines.map(visible);
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  return [`${fence}text\n${shown.join('\n')}\n${fence}`];
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
