import type { Reports, SharedRange } from '../../facts/reports.ts';
import { isErrorReport } from '../../facts/reports.ts';
import { countText, headlineOf, placeText, resultWords, worstFirst } from './clusters-text.ts';
import { codeSpan, markdownOf, proseText } from '../markdown.ts';
import type { Canvas } from '../style.ts';

/** The answers of several clusters for a ticket: the worst first, a section each. */
export function clustersMarkdown(reports: Reports, canvas: Pick<Canvas, 'program'>): string {
  const answers = worstFirst(reports.clusters);
  const summary = answers.map(
    (answer) =>
      `- ${codeSpan(answer.cluster)} **${resultWords[answer.report.result]}** ${proseText(headlineOf(answer))}`,
  );
  const sections = answers.map((answer) => {
    const { report } = answer;
    const body = isErrorReport(report)
      ? errorMarkdown(report.error)
      : markdownOf(report, canvas).trimEnd();
    return `## ${proseText(placeText(answer))}\n\n${body}`;
  });
  const blocks = [
    `# ${proseText(countText(reports))}`,
    summary.join('\n'),
    ...reports.notices.map((notice) => `> note: ${proseText(notice)}`),
    ...(reports.sharedRanges.length === 0 ? [] : [sharedMarkdown(reports.sharedRanges)]),
    ...sections,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function errorMarkdown({
  message,
  suggestions,
}: {
  readonly message: string;
  readonly suggestions: readonly string[];
}): string {
  const ways = suggestions.map((each) => `- ${codeSpan(each)}`).join('\n');
  return [`**Not read:** ${proseText(message)}`, ...(ways === '' ? [] : [ways])].join('\n\n');
}

function sharedMarkdown(shared: readonly SharedRange[]): string {
  const items = shared.map(({ severity, says, details, doubt }) =>
    [
      `- **${severity}:** ${proseText(says)}`,
      ...[...details, doubt].map((line) => `  - ${proseText(line)}`),
    ].join('\n'),
  );
  return `**Addresses in two clusters**\n\n${items.join('\n')}`;
}
