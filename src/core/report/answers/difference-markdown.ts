import type { DifferenceReport } from '../../facts/difference.ts';
import { reaches } from '../../facts/difference.ts';
import { keyOf } from '../../facts/object-ref.ts';
import {
  answerText,
  comparedCauseText,
  countText,
  eventText,
  fieldText,
  gapTexts,
  movedText,
  objectText,
  sameText,
} from './difference-text.ts';
import { codeSpan, proseText } from '../markdown.ts';

/** What changed, for a ticket. */
export function differenceMarkdown(report: DifferenceReport): string {
  const { old, new: fresh, subject, causes } = report;
  const said = subject === undefined ? '' : `${keyOf(subject)}: `;
  const verdict = report.result === 'changed' ? `${said}${answerText(report)}` : sameText(report);
  const blocks = [
    `### ${proseText(verdict)}`,
    `${codeSpan(old.path)} ${old.takenAt} → ${codeSpan(fresh.path)} ${fresh.takenAt}`,
    ...report.notices.map((notice) => `> note: ${proseText(notice)}`),
    ...list('Came', causes.came.map(comparedCauseText).map(proseText)),
    ...list('Went', causes.went.map(comparedCauseText).map(proseText)),
    ...list('Still there', causes.stayed.map(comparedCauseText).map(proseText)),
    ...list('Addresses', report.addresses.map(movedText).map(codeSpan)),
    ...list('Changes', changesOf(report)),
    ...list(
      'New events',
      report.events.map((event) => codeSpan(eventText(event, fresh.takenAt))),
    ),
    ...list('Not known', gapTexts(report.uncompared).map(proseText)),
    `_${countText(report)} · triage ${report.tool.version}_`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

const places = {
  service: 'the Service itself',
  pool: 'its pool',
  metallb: 'MetalLB',
  node: 'nodes',
  elsewhere: 'elsewhere',
} as const;

function changesOf({ changes }: DifferenceReport): readonly string[] {
  return reaches.flatMap((reach) =>
    changes
      .filter((change) => change.reach === reach)
      .map((change) =>
        [
          `${proseText(objectText(change))} (${places[reach]})`,
          ...change.fields.map((field) => `  - ${codeSpan(fieldText(field))}`),
        ].join('\n'),
      ),
  );
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0
    ? []
    : [`**${title}**\n\n${items.map((item) => `- ${item}`).join('\n')}`];
}
