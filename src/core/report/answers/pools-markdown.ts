import type { PoolsReport, PoolStanding } from '../../facts/pools-report.ts';
import { codeSpan, fenced, listOf, missingText, proseText, placeLine } from '../markdown.ts';
import { announcedText, figureLines, shownClaims } from './pools-text.ts';

/** The pools for a ticket or a review. */
export function poolsMarkdown(report: PoolsReport, namesHolders: boolean): string {
  const blocks = [
    `### ${proseText(report.headline)}`,
    placeLine(report),
    ...report.pools.flatMap((pool) => poolBlocks(pool, namesHolders)),
    ...listOf(
      'Refused by MetalLB',
      report.broken.map(({ name, says }) => `${codeSpan(name)}: ${codeSpan(says)}`),
    ),
    ...listOf('Notes', report.notes.map(proseText)),
    ...listOf('Not known', report.unknowns.map(missingText)),
    `_triage ${report.tool.version}_`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function poolBlocks(pool: PoolStanding, namesHolders: boolean): readonly string[] {
  const { shown, more } = shownClaims(pool.claims);
  const items = [
    codeSpan(pool.ranges.join(', ')),
    ...figureLines(pool).map(proseText),
    proseText(`${pool.handsOut}; ${announcedText(pool)}`),
    ...shown.map(({ says }) => `**claimed elsewhere:** ${proseText(says)}`),
    ...(more > 0 ? [`and ${more} more such claims`] : []),
    ...(pool.published === undefined || pool.published.agrees
      ? []
      : [proseText(pool.published.says)]),
  ];
  const holders = pool.holders.map(({ address, services }) => `${address}  ${services.join(', ')}`);
  return [
    `**${proseText(pool.name)}**\n\n${items.map((item) => `- ${item}`).join('\n')}`,
    ...(namesHolders ? fenced(holders) : []),
  ];
}
