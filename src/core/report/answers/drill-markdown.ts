import type { DrillReport } from '../../facts/drill-report.ts';
import { fenced, listOf, missingText, proseText, placeLine } from '../markdown.ts';
import { drilledRows, nodeLossRows, whyLines } from './drill-lines.ts';
import { tabled } from '../table.ts';

const rowsShown = 200;

/** What a loss would come to, for a ticket or a review. */
export function drillMarkdown(report: DrillReport): string {
  const { tool, addresses, nodes } = report;
  const shown = addresses.slice(0, rowsShown);
  const blocks = [
    `### ${proseText(report.headline)}`,
    placeLine(report),
    ...(nodes.length === 0
      ? []
      : fenced(tabled(nodeLossRows({ ...report, nodes: nodes.slice(0, rowsShown) })))),
    ...(shown.length === 0 ? [] : fenced(tabled(drilledRows(shown)))),
    ...(addresses.length > rowsShown ? [`and ${addresses.length - rowsShown} more addresses`] : []),
    ...listOf('Announced by nobody then', whyLines(addresses).map(proseText)),
    ...listOf('Time', report.timing.map(proseText)),
    ...listOf('Notes', report.notes.map(proseText)),
    ...listOf('Not known', report.unknowns.map(missingText)),
    `_triage ${tool.version}_`,
  ];
  return `${blocks.join('\n\n')}\n`;
}
