import type { CauseId, CheckId, Symptom } from '../../facts/finding.ts';
import { bugFileName } from './bug-page.ts';
import { commandLine, laidOut, type Section, tableLines } from '../layout.ts';
import type { Canvas } from '../style.ts';

/** A cause as the catalogue tells it. */
export interface ExplainedCause {
  readonly id: CauseId;
  readonly title: string;
  readonly stage: string;
  readonly law: string;
  readonly looksLike: string;
  readonly why: string;
  readonly howToBeSure: string;
  readonly whatToDo: string;
  readonly whatItIsNot: string;
  readonly explains: readonly CauseId[];
}

/** A check as the list of checks tells it. */
export interface ExplainedCheck {
  readonly id: CheckId;
  readonly asks: string;
  readonly symptoms: readonly Symptom[];
  readonly causes: readonly CauseId[];
  readonly needs: readonly string[];
  readonly helps: readonly string[];
}

/** A known fault of some releases that can stand behind a cause. */
export interface BugBehind {
  readonly bug: string;
  readonly title: string;
  /** Releases that have it, for people. */
  readonly versions: string;
}

/** What finds a cause, and which faults can stand behind it. */
export interface CauseRelations {
  readonly checks: readonly ExplainedCheck[];
  readonly bugs: readonly BugBehind[];
}

const causeParts = [
  { label: 'rule', title: 'The rule', key: 'law' },
  { label: 'looks', title: 'What it looks like', key: 'looksLike' },
  { label: 'why', title: 'Why it happens', key: 'why' },
  { label: 'sure', title: 'How to be sure', key: 'howToBeSure' },
  { label: 'do', title: 'What to do', key: 'whatToDo' },
  { label: 'not', title: 'What it is not', key: 'whatItIsNot' },
] as const;

/** A cause for the terminal, with the checks that find it. */
export function causeText(
  cause: ExplainedCause,
  { checks, bugs }: CauseRelations,
  canvas: Canvas,
): string {
  const sections: readonly Section[] = [
    ...causeParts.map(({ label, key }) => prose(label, cause[key])),
    { label: 'hides', lines: cause.explains.length === 0 ? [] : [{ text: hides(cause) }] },
    { label: 'checks', lines: checks.map(({ id, asks }) => ({ text: `${id}  ${asks}` })) },
    { label: 'bugs', lines: bugs.map((each) => ({ text: bugBehindText(each) })) },
  ];
  const head = [title(`${cause.id}: ${cause.title}`)];
  return laidOut([head, sections], canvas);
}

function bugBehindText({ bug, title, versions }: BugBehind): string {
  return `${bug} (${versions}): ${title}`;
}

function prose(label: string, text: string): Section {
  return { label, lines: [{ text, kind: 'prose' }] };
}

function hides({ explains }: ExplainedCause): string {
  return `${explains.join(', ')}: mere consequences while this is so`;
}

function title(text: string): Section {
  return { label: '', lines: [{ text, inks: ['bold'] }] };
}

/** A check for the terminal. */
export function checkText(check: ExplainedCheck, canvas: Canvas): string {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['causes', check.causes],
    ['needs', check.needs],
    ['helps', check.helps],
    ['for', check.symptoms.map((symptom) => `triage ${symptom}`)],
  ];
  const sections = rows
    .filter(([, values]) => values.length > 0)
    .map(([label, values]) => ({ label, lines: [{ text: values.join(', ') }] }));
  const next: Section = {
    label: 'next',
    lines: check.causes.map((cause) => commandLine(`triage explain ${cause}`)),
  };
  return laidOut([[title(`${check.id}: ${check.asks}`)], [...sections, next]], canvas);
}

function byFirst([left = '']: readonly string[], [right = '']: readonly string[]): number {
  return left < right ? -1 : 1;
}

/** All checks by their ids, one per line. */
export function checkListText(checks: readonly ExplainedCheck[], canvas: Canvas): string {
  const rows = checks.map(({ id, asks }) => [id, asks]).toSorted(byFirst);
  const lines = tableLines({ head: ['CHECK', 'ASKS'], rows });
  return laidOut([[{ label: '', lines }]], canvas);
}

/** The page of a cause. */
export function causePage(cause: ExplainedCause, { checks, bugs }: CauseRelations): string {
  const behind = bugs.map(
    ({ bug, versions, title: name }) =>
      `- [${bug}](../bugs/${bugFileName(bug)}.md) (${versions}): ${markdown(name)}`,
  );
  const parts = causeParts.flatMap(({ title: head, key }) => [`## ${head}`, markdown(cause[key])]);
  const found = checks.map(({ id, asks }) => `- [${id}](../checks/${id}.md): ${markdown(asks)}`);
  const hidden = cause.explains.map((id) => `- [\`${id}\`](${id}.md)`);
  return pageOf([
    `# \`${cause.id}\`: ${markdown(cause.title)}`,
    ...parts,
    ...(hidden.length === 0 ? [] : ['## Mere consequences while this is so', hidden.join('\n')]),
    '## Found by',
    found.join('\n'),
    ...(behind.length === 0 ? [] : ['## Known bugs that can stand behind it', behind.join('\n')]),
  ]);
}

/** The page of a check. */
export function checkPage(check: ExplainedCheck): string {
  return pageOf([
    `# ${check.id}: ${markdown(check.asks)}`,
    `Asked by ${check.symptoms.map((symptom) => `\`triage ${symptom}\``).join(' and ')}.`,
    '## Causes it finds, and rules out when it passes',
    check.causes.map((id) => `- [\`${id}\`](../causes/${id}.md)`).join('\n'),
    '## Facts it needs',
    factList(check.needs, 'none'),
    ...(check.helps.length === 0
      ? []
      : ['## Facts that add evidence', factList(check.helps, 'none')]),
  ]);
}

function factList(facts: readonly string[], none: string): string {
  return facts.length === 0 ? none : facts.map((fact) => `- ${fact}`).join('\n');
}

function pageOf(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}

function markdown(text: string): string {
  return text.replace(/[\\*_[\]<>]/g, (sign) => `\\${sign}`);
}
