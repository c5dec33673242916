import type { UpgradeBug, UpgradeChange, UpgradeReport } from '../../facts/upgrade.ts';
import { codeSpan, fenced, listOf, proseText, placeLine } from '../markdown.ts';
import { becauseOf, isUntold } from './upgrade-text.ts';
import { aligned } from '../cause-text.ts';

/** The preview for a ticket: it says by itself of which cluster and when. */
export function upgradeMarkdown(report: UpgradeReport): string {
  const { upgrade } = report;
  const blocks = [
    `### ${proseText(upgrade.headline)}`,
    placeLine(report),
    ...upgrade.changes.flatMap(changeBlocks),
    ...listOf('Known bugs mended', upgrade.bugsFixed.map(bugItem)),
    ...listOf('Known bugs gained', upgrade.bugsGained.filter(isUntold).map(bugItem)),
    ...listOf(
      'Not known',
      upgrade.unknowns.map(({ fact, why }) => `${proseText(fact)}: ${proseText(why)}`),
    ),
    ...listOf('Limits', upgrade.limits.map(proseText)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function changeBlocks(change: UpgradeChange): readonly string[] {
  const steps = change.before.map(({ says, command }) =>
    [proseText(says), ...(command === undefined ? [] : [codeSpan(command)])].join('\n  '),
  );
  return [
    `**${change.weight}:** ${proseText(change.says)}`,
    proseText(becauseOf(change)),
    ...fenced(aligned(change.details).map(({ text }) => text)),
    ...listOf('Before', steps),
  ];
}

function bugItem({ bug, title, says }: UpgradeBug): string {
  const how = says ?? 'whether it shows here cannot be told beforehand';
  return `${proseText(`${bug}: ${title}`)}\n  ${proseText(how)}`;
}
