import type { FactKey } from '../../core/diagnosis/facts.ts';
import type { Material } from '../../core/diagnosis/material.ts';
import type { UpgradeBug, UpgradeChange } from '../../core/facts/upgrade.ts';
import { isOlder, isWithin, spanText } from '../../core/metallb/releases.ts';
import { bugs } from '../bugs/index.ts';
import type { KnownBug, Sign } from '../bugs/known-bug.ts';
import type { Move } from './rule.ts';

/** Kinds that say beforehand whether a fault will show: what people configured, not what programs said or did. */
const configured: readonly FactKey[] = [
  'services',
  'ipAddressPools',
  'nodes',
  'endpointSlices',
  'l2Advertisements',
  'bgpAdvertisements',
];

/** Known faults on the way from one release to another. */
export interface BugsBetween {
  /** Left behind, as far as they show now. */
  readonly bugsFixed: readonly UpgradeBug[];
  /** Met. */
  readonly bugsGained: readonly UpgradeBug[];
  /** Those met that certainly show here and cost somebody something. */
  readonly changes: readonly UpgradeChange[];
}

/** Faults that are left behind, and faults that are met. */
export function bugsBetween(material: Material, { from, to }: Move): BugsBetween {
  const running = atRelease(material, from);
  const coming = atRelease(material, to);
  const gained = bugs
    .filter((bug) => isWithin(to, bug) && !isWithin(from, bug))
    .map((bug) => ({ bug, signs: isForeseeable(bug) ? bug.signsIn(coming) : [] }))
    .filter(({ bug, signs }) => signs.length > 0 || !isForeseeable(bug));
  return {
    bugsFixed: bugs
      .filter((bug) => isWithin(from, bug) && !isWithin(to, bug))
      .map((bug) => told(bug, bug.signsIn(running)))
      .filter(({ says }) => says !== undefined),
    bugsGained: gained.map(({ bug, signs }) => told(bug, signs)),
    changes: gained
      .filter(({ bug, signs }) => bug.severity === 'warning' && signs.length > 0)
      .map(({ bug, signs }) => breaking(bug, signs, { from, to })),
  };
}

function atRelease(material: Material, version: string): Material {
  const { background } = material;
  const { installation } = background;
  return installation === undefined
    ? material
    : {
        ...material,
        background: {
          ...background,
          installation: { ...installation, controllerVersion: version, speakerVersion: version },
          // what is remembered of one release must not answer for another
          run: {},
        },
      };
}

function isForeseeable({ needs, isForeseen }: KnownBug): boolean {
  return isForeseen ?? needs.every((key) => configured.includes(key));
}

function breaking(bug: KnownBug, signs: readonly Sign[], { from, to }: Move): UpgradeChange {
  const release = (isOlder(from, to) ? bug.since : bug.fixedIn) ?? to;
  return {
    id: 'known-bug',
    weight: 'breaks',
    release,
    reference: bug.bug,
    basis: 'computed',
    title: bug.title,
    says: told(bug, signs).says ?? bug.title,
    details: [],
    objects: signs.flatMap(({ about }) => about ?? []),
    before: [{ says: bug.workaround, mutates: false }],
  };
}

function told(bug: KnownBug, [first, ...others]: readonly Sign[]): UpgradeBug {
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return {
    bug: bug.bug,
    title: bug.title,
    severity: bug.severity,
    versions: spanText(bug),
    says: first === undefined ? undefined : `${first.says}${more}`,
    workaround: bug.workaround,
  };
}
