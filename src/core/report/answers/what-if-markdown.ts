import type { WhatIfReport } from '../../facts/what-if.ts';
import {
  codeSpan as code,
  fenced,
  listOf,
  missingText,
  proseText as prose,
  placeLine,
} from '../markdown.ts';
import {
  announcementLines,
  configurationLines,
  eventLines,
  hasNoWebhook,
  otherLines,
  poolLines,
  webhookLines,
} from './what-if-text.ts';

/** A forecast for a ticket or a review. */
export function whatIfMarkdown(report: WhatIfReport): string {
  const { forecast, tool } = report;
  const blocks = [
    `### ${prose(forecast.headline)}`,
    placeLine(report),
    ...listOf('If', forecast.changes.map(code)),
    ...listOf(
      'Not now',
      forecast.hindrances.map(
        ({ cause, check, says }) => `${code(cause)} (${check}): ${prose(says)}`,
      ),
    ),
    ...(forecast.loses === undefined ? [] : [`**Loses:** ${prose(forecast.loses.says)}`]),
    ...configurationLines(forecast).map((line) => `**Configuration:** ${prose(line)}`),
    ...(forecast.pools.length === 0 ? [] : ['**Pools**', ...fenced(poolLines(forecast))]),
    ...webhookLines(report).map(
      (line) => `**${hasNoWebhook(report) ? 'Refused' : 'Webhook'}:** ${prose(line)}`,
    ),
    ...listOf('Announced', announcementLines(forecast).map(prose)),
    ...listOf('Events', eventLines(forecast).map(code)),
    ...listOf('Others', otherLines(forecast).map(prose)),
    ...listOf('Notes', forecast.notes.map(prose)),
    ...listOf('Not known', forecast.unknowns.map(missingText)),
    ...(forecast.warning === undefined ? [] : [`**Careful:** ${prose(forecast.warning)}`]),
    ...listOf('To do it', forecast.commands.map(code)),
    `_nothing was changed · triage ${tool.version}_`,
  ];
  return `${blocks.join('\n\n')}\n`;
}
