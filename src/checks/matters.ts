import type { Check } from '../core/diagnosis/check.ts';
import type { CheckId } from '../core/facts/finding.ts';
import { bgpChecks } from './bgp/bgp-checks.ts';
import { checks as allChecks } from './index.ts';
import { layer2Checks } from './layer2/layer2-checks.ts';
import { trafficChecks } from './traffic/traffic-checks.ts';
import { wireChecks } from './wire/wire-checks.ts';

/** What a check is about, in the words of whoever is told that something is wrong. */
export type Matter =
  | 'programs'
  | 'speakers'
  | 'webhook'
  | 'configuration'
  | 'stale-flag'
  | 'room'
  | 'requests'
  | 'addresses'
  | 'advertising'
  | 'layer2'
  | 'bgp'
  | 'traffic'
  | 'surroundings';

/** Whole rooms are of one matter: what is added to one of them is asked for without a word here. */
const rooms: readonly (readonly [Matter, readonly Check[]])[] = [
  ['layer2', [...layer2Checks, ...wireChecks]],
  ['bgp', bgpChecks],
  ['traffic', trafficChecks],
];

/** The checks of the rooms that ask about more than one matter. A test tells of any that is missing here. */
const byMatter: Readonly<Record<Matter, readonly CheckId[]>> = {
  programs: numbered('I', [1, 2, 3, 4, 5, 6, 7, 8, 16, 17, 28, 29, 30, 36, 40]),
  speakers: numbered('I', [12, 13, 14, 15, 31, 33, 34, 35, 37, 42, 49]),
  webhook: numbered('I', [18, 25, 27, 46]),
  configuration: [...numbered('I', [9, 10, 20, 21, 22, 26, 38, 39, 43, 47]), 'MLB-A05', 'MLB-A31'],
  'stale-flag': ['MLB-H17'],
  room: [...numbered('A', [2, 24, 29]), ...numbered('H', [3, 5, 7, 8, 9]), 'MLB-I44'],
  requests: [
    ...numbered('A', [1, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22]),
    ...numbered('A', [23, 26, 27, 28, 30, 33]),
    'MLB-H16',
  ],
  addresses: [...numbered('H', [3, 4, 10, 11, 12, 13, 14, 15, 18, 20]), 'MLB-A25', 'MLB-I45'],
  advertising: [...numbered('H', [1, 2]), 'MLB-L07', 'MLB-L22', 'MLB-D18'],
  layer2: ['MLB-I32', 'MLB-H22'],
  bgp: [],
  traffic: [],
  surroundings: [...numbered('I', [11, 41, 48]), ...numbered('H', [19, 21])],
};

function numbered(family: 'I' | 'A' | 'H', numbers: readonly number[]): readonly CheckId[] {
  return numbers.map((each): CheckId => `MLB-${family}${String(each).padStart(2, '0')}`);
}

/** What a check is about; empty for one that nobody sorted. */
export function mattersOf({ id }: Check): readonly Matter[] {
  const ofItsRoom = rooms.flatMap(([matter, room]) =>
    room.some((each) => each.id === id) ? [matter] : [],
  );
  const named = matters.filter((matter) => byMatter[matter].includes(id));
  return [...new Set([...ofItsRoom, ...named])];
}

const matters: readonly Matter[] = [
  'programs',
  'speakers',
  'webhook',
  'configuration',
  'stale-flag',
  'room',
  'requests',
  'addresses',
  'advertising',
  'layer2',
  'bgp',
  'traffic',
  'surroundings',
];

/** The checks on the whole cluster that are about any of these matters, in the order in which they are asked. */
export function checksAbout(wanted: readonly Matter[]): readonly Check[] {
  return allChecks.filter(
    (check) =>
      check.symptoms.includes('health') && mattersOf(check).some((each) => wanted.includes(each)),
  );
}
