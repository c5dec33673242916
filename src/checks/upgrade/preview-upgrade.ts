import { materialFrom } from '../../core/diagnosis/material.ts';
import type { MissingFact } from '../../core/facts/finding.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import {
  type UpgradeChange,
  type UpgradePreview,
  upgradeWeights,
} from '../../core/facts/upgrade.ts';
import {
  compareReleases,
  isOlder,
  newestKnownRelease,
  oldestKnownRelease,
} from '../../core/metallb/releases.ts';
import { parseVersion } from '../../core/metallb/versions.ts';
import { addressChanges } from './addresses.ts';
import { announcingRules } from './announcing-rules.ts';
import { bugsBetween } from './bugs-between.ts';
import { configurationRules } from './configuration-rules.ts';
import { familyRules } from './family-rules.ts';
import { installingRules } from './installing-rules.ts';
import { kindRules } from './kind-rules.ts';
import { peerRules } from './peer-rules.ts';
import { refusedConfiguration } from './refused-configuration.ts';
import type { Move, UpgradeRule } from './rule.ts';
import { speakerChanges } from './speaker-changes.ts';
import { statusRules } from './status-rules.ts';

/** Every rule, in the order in which equal changes are told. */
export const upgradeRules: readonly UpgradeRule[] = [
  ...configurationRules,
  ...announcingRules,
  ...peerRules,
  ...familyRules,
  ...kindRules,
  ...statusRules,
  ...installingRules,
];

/** Releases from which on the source was read, and the programs were not run. */
const notRun = 'v0.16.2';

/** What going to another release would change in this cluster; `from` outweighs what was found running. */
export function previewUpgrade(
  snapshot: Snapshot,
  wanted: { readonly to: string; readonly from: string | undefined },
): UpgradePreview {
  const [installation] = snapshot.installations;
  const to = canonical(wanted.to);
  const running = wanted.from ?? installation?.controllerVersion ?? installation?.speakerVersion;
  const from = running === undefined ? undefined : canonical(running);
  if (from === undefined || parseVersion(from) === undefined || installation === undefined) {
    return unknownStart(from, to, installation === undefined);
  }
  const move = { from, to };
  const known = { from: asFarAsKnown(from), to: asFarAsKnown(to) };
  const material = materialFrom(snapshot);
  const results = [
    refusedConfiguration(material, known),
    speakerChanges(material, known),
    addressChanges(material, known),
    ...upgradeRules.map(({ judge }) => judge(material, known)),
  ];
  const unknowns = [
    ...new Map(results.flatMap(({ missing }) => missing).map((each) => [each.fact, each])).values(),
  ];
  const { changes: biting, ...bugs } = bugsBetween(material, known);
  const changes = ranked([...results.flatMap((each) => each.changes), ...biting]);
  const limits = limitsOf(move, installation);
  const found = { changes, unknowns, ...bugs };
  const outcome = outcomeOf(found, move);
  return {
    from,
    to,
    direction: directionOf(move),
    outcome,
    headline: headlineOf(found, { move, outcome }),
    ...found,
    limits,
  };
}

/** `0.16.1` and `v0.16.1` are one release. */
function canonical(version: string): string {
  const parsed = parseVersion(version);
  return parsed === undefined ? version : `v${parsed.join('.')}`;
}

/** The newest release that anything is known of stands for those after it. */
function asFarAsKnown(version: string): string {
  return isOlder(newestKnownRelease, version) ? newestKnownRelease : version;
}

type Found = Pick<UpgradePreview, 'changes' | 'unknowns'>;

function unknownStart(from: string | undefined, to: string, isAbsent: boolean): UpgradePreview {
  const none = isAbsent ? 'no MetalLB was found here' : 'which release runs here is not known';
  const says =
    from === undefined ? none : `what runs here calls itself "${from}", which is no release`;
  const missing: MissingFact = {
    fact: 'the running release',
    why: says,
    permission: undefined,
    collect: undefined,
  };
  return {
    from,
    to,
    direction: 'unknown',
    outcome: 'unknown',
    headline: `${says}; give it with --from-version`,
    changes: [],
    bugsFixed: [],
    bugsGained: [],
    unknowns: [missing],
    limits: [],
  };
}

function directionOf({ from, to }: Move): UpgradePreview['direction'] {
  if (compareReleases(from, to) === 0) {
    return 'none';
  }
  return isOlder(from, to) ? 'upgrade' : 'downgrade';
}

function ranked(changes: readonly UpgradeChange[]): readonly UpgradeChange[] {
  return changes.toSorted(
    (a, b) => upgradeWeights.indexOf(a.weight) - upgradeWeights.indexOf(b.weight),
  );
}

function breaksIn({ changes }: Found): number {
  return changes.filter(({ weight }) => weight === 'breaks').length;
}

function outcomeOf(found: Found, { from, to }: Move): UpgradePreview['outcome'] {
  if (breaksIn(found) > 0 && !isOlder(to, oldestKnownRelease)) {
    return 'breaks';
  }
  const isBeyond = [from, to].some(isUnheardOf);
  return found.unknowns.length > 0 || (isBeyond && from !== to) ? 'unknown' : 'safe';
}

function isUnheardOf(version: string): boolean {
  return isOlder(newestKnownRelease, version) || isOlder(version, oldestKnownRelease);
}

function headlineOf(
  found: Found,
  {
    move: { from, to },
    outcome,
  }: { readonly move: Move; readonly outcome: UpgradePreview['outcome'] },
): string {
  const way = `${from} to ${to}`;
  if (from === to) {
    return `${from} is what runs here: nothing changes`;
  }
  const count = breaksIn(found);
  const others = found.changes.filter(({ weight }) => weight === 'changes').length;
  switch (outcome) {
    case 'breaks':
      return `${way} breaks ${count === 1 ? 'one thing' : `${count} things`} here`;
    case 'unknown':
      return `${way}: ${unknownText({ from, to }, count)}`;
    case 'safe':
      return `${way} breaks nothing here${others === 0 ? '' : `; ${others === 1 ? 'one thing changes' : `${others} things change`}`}`;
  }
}

function unknownText({ from, to }: Move, breaking: number): string {
  const found =
    breaking === 0 ? 'nothing breaks' : `${breaking} thing${breaking === 1 ? '' : 's'} would break`;
  if ([from, to].some((each) => isOlder(each, oldestKnownRelease))) {
    return `nothing is known of releases before ${oldestKnownRelease}; of what is known, ${found}`;
  }
  return [from, to].some(isUnheardOf)
    ? `nothing is known of releases after ${newestKnownRelease}; with ${newestKnownRelease} ${found}`
    : 'nothing found that breaks, but not everything is known';
}

function limitsOf(
  { from, to }: Move,
  installation: Snapshot['installations'][number],
): readonly string[] {
  const newer = [from, to].filter((each) => isOlder(newestKnownRelease, each));
  const older = [from, to].filter((each) => isOlder(each, oldestKnownRelease));
  const unrun = [from, to].some((each) => !isOlder(each, notRun)) && newer.length === 0;
  const { controllerVersion, speakerVersion } = installation;
  return [
    ...newer.map(
      (each) =>
        `nothing is known of releases after ${newestKnownRelease}: what is said of ${each} holds for ${newestKnownRelease}, and nothing is known beyond`,
    ),
    ...older.map(
      (each) => `nothing is known of releases before ${oldestKnownRelease}, such as ${each}`,
    ),
    ...(unrun ? [`${notRun} was read in its source and not run`] : []),
    ...(controllerVersion !== undefined &&
    speakerVersion !== undefined &&
    controllerVersion !== speakerVersion
      ? [
          `the speakers run ${speakerVersion}, the controller ${controllerVersion}; this counts from ${from}`,
        ]
      : []),
    ...(from === to
      ? []
      : ['each Service is judged by itself: an address that becomes free may go to another one']),
  ];
}
