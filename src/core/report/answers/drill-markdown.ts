import type { DrillReport } from '../../facts/drill-report.ts';
import { installationText } from '../banner.ts';
import { tabled } from '../layout.ts';
import { codeSpan, fenced, listOf, missingText, proseText } from '../markdown.ts';
import { drilledRows, nodeLossRows, whyLines } from './drill-lines.ts';

const rowsShown = 200;

/** What a loss would come to, for a ticket or a review. */
export function drillMarkdown(report: DrillReport): string {
  const { target, installation, takenAt, tool, addresses, nodes } = report;
  const where = [
    target.context === undefined ? undefined : codeSpan(target.context),
    codeSpan(target.server),
    proseText(installationText(installation === undefined ? [] : [installation])),
    `seen ${takenAt}`,
  ];
  const shown = addresses.slice(0, rowsShown);
  const blocks = [
    `### ${proseText(report.headline)}`,
    where.filter((part) => part !== undefined).join(' · '),
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
