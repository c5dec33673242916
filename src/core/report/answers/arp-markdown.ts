import type { ArpReport } from '../../facts/arp-report.ts';
import { codeSpan, fenced, listOf, proseText } from '../markdown.ts';
import { askedLines, besideAnswers, heardLines, wireLines } from './arp-text.ts';

/** Who answers, for a ticket. */
export function arpMarkdown(report: ArpReport): string {
  const { headline, look, advice, tool } = report;
  const blocks = [
    `### ${proseText(headline)}`,
    `from ${codeSpan(look.from.host)} · seen ${look.at}`,
    ...fenced(wireLines(look)),
    ...listOf('Beside it', besideAnswers(report).map(proseText)),
    ...listOf('Asked', askedLines(look).map(proseText)),
    ...listOf('Not seen', look.unseen.map(proseText)),
    ...listOf('Also heard', heardLines(look).map(proseText)),
    ...listOf(
      'To see more',
      advice.map(({ says, command }) =>
        command === undefined ? proseText(says) : `${proseText(says)}: ${codeSpan(command)}`,
      ),
    ),
    `_triage ${tool.version}_`,
  ];
  return `${blocks.join('\n\n')}\n`;
}
