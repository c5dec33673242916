import type { AnnouncersReport } from '../../facts/announcers-report.ts';
import { codeSpan, fenced, listOf, missingText, proseText, placeLine } from '../markdown.ts';
import {
  addressRows,
  bgpLines,
  layer2Lines,
  nodeRows,
  remarksOn,
  saidLines,
} from './announcers-lines.ts';
import { tabled } from '../table.ts';

const rowsShown = 200;

/** Who announces what, for a ticket or a review. */
export function announcersMarkdown(report: AnnouncersReport): string {
  const { tool, reasoning, addresses } = report;
  const shown = addresses.slice(0, rowsShown);
  const rest = addresses.length - shown.length;
  const remarks = shown.flatMap((each) =>
    remarksOn(each).map((text) => `${codeSpan(each.address)}: ${proseText(text)}`),
  );
  const blocks = [
    `### ${proseText(report.headline)}`,
    placeLine(report),
    ...(shown.length === 0 ? [] : fenced(tabled(addressRows(shown)))),
    ...(rest > 0 ? [`and ${rest} more addresses that are announced`] : []),
    ...listOf('To look at', remarks),
    ...listOf('Layer 2', reasoning === undefined ? [] : layer2Lines(reasoning).map(proseText)),
    ...listOf('BGP', reasoning === undefined ? [] : bgpLines(reasoning).map(proseText)),
    ...listOf('Said', reasoning === undefined ? [] : saidLines(reasoning).map(proseText)),
    ...(reasoning === undefined ? nodeBlocks(report) : []),
    ...listOf('Notes', report.notes.map(proseText)),
    ...listOf('Not known', report.unknowns.map(missingText)),
    ...listOf('Next', report.next.map(codeSpan)),
    `_triage ${tool.version}_`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function nodeBlocks(report: AnnouncersReport): readonly string[] {
  const { rows } = nodeRows(report);
  return rows.length === 0 ? [] : ['**Nodes**', ...fenced(tabled(rows.slice(0, rowsShown)))];
}
