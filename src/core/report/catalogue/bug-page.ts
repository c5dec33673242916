import type { CauseId } from '../../facts/finding.ts';
import { commandLine, laidOut, type Line, type Section, tableLines } from '../layout.ts';
import { proseText } from '../markdown.ts';
import type { Canvas } from '../style.ts';

/** A known bug as the catalogue tells it. */
export interface ExplainedBug {
  readonly bug: string;
  readonly related: readonly string[];
  readonly title: string;
  readonly program: string;
  /** Releases that have it, for people. */
  readonly versions: string;
  readonly fixedIn: string | undefined;
  readonly severity: string;
  readonly whatGoesWrong: string;
  readonly recognisedBy: string;
  readonly workaround: string;
  readonly accountsFor: readonly CauseId[];
}

const parts = [
  { label: 'what', title: 'What goes wrong', key: 'whatGoesWrong' },
  { label: 'signs', title: 'How it is recognised', key: 'recognisedBy' },
  { label: 'do', title: 'The way round', key: 'workaround' },
] as const;

/** A known bug for the terminal. */
export function bugText(bug: ExplainedBug, canvas: Canvas): string {
  const sections: readonly Section[] = [
    { label: 'has it', lines: [{ text: releasesText(bug) }] },
    ...parts.map(({ label, key }): Section => ({
      label,
      lines: [{ text: bug[key], kind: 'prose' }],
    })),
    { label: 'behind', lines: bug.accountsFor.map(explainCommand) },
    { label: 'also', lines: bug.related.length === 0 ? [] : [{ text: bug.related.join(', ') }] },
  ];
  const head: Section = {
    label: '',
    lines: [{ text: `${bug.bug}: ${bug.title}`, inks: ['bold'] }],
  };
  return laidOut([[head], sections], canvas);
}

function releasesText({ program, versions, fixedIn }: ExplainedBug): string {
  const mended = fixedIn === undefined ? 'no release known to mend it' : `fixed in ${fixedIn}`;
  return `the ${program}, ${versions}; ${mended}`;
}

function explainCommand(cause: CauseId): Line {
  return commandLine(`triage explain ${cause}`);
}

/** All known bugs by their numbers, one per line. */
export function bugListText(bugs: readonly ExplainedBug[], canvas: Canvas): string {
  const rows = bugs
    .toSorted((a, b) => a.bug.localeCompare(b.bug, 'en', { numeric: true }))
    .map(({ bug, fixedIn, title }) => [bug, fixedIn ?? 'open', title]);
  const lines = tableLines({ head: ['BUG', 'FIXED IN', 'TITLE'], rows });
  return laidOut([[{ label: '', lines }]], canvas);
}

/** The page of a known bug. */
export function bugPage(bug: ExplainedBug): string {
  const causes = bug.accountsFor.map((id) => `- [\`${id}\`](../causes/${id}.md)`);
  const blocks = [
    `# ${bug.bug}: ${proseText(bug.title)}`,
    `In ${proseText(releasesText(bug))}.`,
    ...parts.flatMap(({ title, key }) => [`## ${title}`, proseText(bug[key])]),
    ...(causes.length === 0 ? [] : ['## Causes it can stand behind', causes.join('\n')]),
    ...(bug.related.length === 0 ? [] : ['## See also', bug.related.map(listed).join('\n')]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function listed(item: string): string {
  return `- ${item}`;
}

/** `metallb-2626`: the bug's number as the name of a file. */
export function bugFileName(bug: string): string {
  return bug.replace(/[^\w-]+/g, '-');
}
