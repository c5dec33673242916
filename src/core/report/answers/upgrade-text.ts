import type {
  UpgradeBug,
  UpgradeChange,
  UpgradePreview,
  UpgradeReport,
  UpgradeWeight,
} from '../../facts/upgrade.ts';
import { costOf } from '../amounts.ts';
import { aligned, unknownSection } from '../cause-text.ts';
import type { Line, Section } from '../layout.ts';
import { commandLine, laidOut, section } from '../layout.ts';
import type { Canvas, Ink } from '../style.ts';
import { plural } from '../../facts/in-words.ts';

const detailsShown = 8;

/** The preview for a person at a terminal, what breaks first. */
export function upgradeText({ upgrade, receipt }: UpgradeReport, canvas: Canvas): string {
  const blocks: readonly (readonly Section[])[] = [
    [section('', [upgrade.headline], headlineInks[upgrade.outcome])],
    ...upgrade.changes.map((change) => [changeSection(change)]),
    bugSections(upgrade),
    [...endSections(upgrade), lastSection(upgrade, costOf(receipt))],
  ];
  return laidOut(blocks, canvas);
}

const headlineInks: Readonly<Record<UpgradePreview['outcome'], readonly Ink[]>> = {
  safe: ['bold', 'green'],
  breaks: ['bold', 'red'],
  unknown: ['bold', 'yellow'],
};

const weightInks: Readonly<Record<UpgradeWeight, readonly Ink[]>> = {
  breaks: ['bold', 'red'],
  changes: ['bold', 'yellow'],
  nice: ['bold', 'green'],
};

function changeSection(change: UpgradeChange): Section {
  const { details } = change;
  const rest = details.length - detailsShown;
  const more = rest > 0 ? [`and ${rest} more (-o json)`] : [];
  return {
    label: change.weight,
    lines: [
      { text: change.says, inks: weightInks[change.weight] },
      ...aligned(details.slice(0, detailsShown)),
      ...more.map((text) => ({ text })),
      { text: becauseOf(change), inks: ['dim'] },
      ...change.before.flatMap(beforeLines),
    ],
  };
}

/** `v0.15.0 (metallb#2726): addresses follow …; computed`. */
export function becauseOf({ release, reference, title, basis }: UpgradeChange): string {
  const number = reference === undefined ? '' : ` (${reference})`;
  return `${release}${number}: ${title}${basis === 'computed' ? '; computed for this cluster' : ''}`;
}

function beforeLines({ says, command }: UpgradeChange['before'][number]): readonly Line[] {
  const lines: readonly Line[] = [{ text: `before: ${says}` }];
  return command === undefined ? lines : [...lines, commandLine(command, 4)];
}

function bugSections({ bugsFixed, bugsGained }: UpgradePreview): readonly Section[] {
  return [
    { label: 'mended', lines: bugsFixed.flatMap(bugLines) },
    { label: 'gained', lines: bugsGained.filter(isUntold).flatMap(bugLines) },
  ];
}

/** Those that certainly show and cost something stand among what breaks. */
export function isUntold({ severity, says }: UpgradeBug): boolean {
  return severity === 'info' || says === undefined;
}

function bugLines({ bug, title, says, severity }: UpgradeBug): readonly Line[] {
  const head: Line = { text: `${bug}: ${title}`, inks: severity === 'info' ? [] : ['yellow'] };
  return [head, { text: says ?? 'whether it shows here cannot be told beforehand', indent: 2 }];
}

function endSections({ unknowns, limits }: UpgradePreview): readonly Section[] {
  return [unknownSection(unknowns), section('note', limits)];
}

/** A count beside a shorter list says where the others are. */
function toldAbove(gained: readonly UpgradeBug[]): string {
  const told = gained.filter((bug) => !isUntold(bug)).length;
  return told === 0 ? '' : ` (${told} of them among what breaks)`;
}

function lastSection(
  { changes, bugsFixed, bugsGained }: UpgradePreview,
  cost: string | undefined,
): Section {
  const parts = [
    plural(changes.length, 'change'),
    `${plural(bugsFixed.length, 'known bug')} mended, ${bugsGained.length} gained${toldAbove(bugsGained)}`,
    cost,
  ];
  const text = parts.filter((part) => part !== undefined).join(' · ');
  return { label: '', lines: [{ text, inks: ['dim'] }] };
}
