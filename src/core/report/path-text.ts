import type { Diagnosis } from '../facts/finding.ts';
import type { AddressPath, PathQuestion, PathStep } from '../facts/path.ts';
import type { Line, Section } from './layout.ts';
import type { Canvas, Ink } from './style.ts';

/** Addresses that go the same way, told once. */
export interface FoldedPath {
  readonly addresses: readonly string[];
  readonly path: AddressPath;
}

/** The question of a step in one word or two. */
export const stepNames: Readonly<Record<PathQuestion, string>> = {
  advertised: 'advertised',
  eligible: 'may announce',
  announced: 'announced',
  wire: 'on the wire',
  'data-path': 'data path',
  elsewhere: 'elsewhere',
};

/** The answer of a step as a sign that can be read aloud. */
export const stepSigns: Readonly<Record<PathStep['answer'], string>> = {
  good: 'ok',
  broken: 'BROKEN',
  doubtful: 'doubtful',
  unknown: 'unknown',
  'not-looked': '-',
};

const inksOf: Readonly<Record<PathStep['answer'], readonly Ink[]>> = {
  good: [],
  broken: ['bold', 'red'],
  doubtful: ['yellow'],
  unknown: ['yellow'],
  'not-looked': ['dim'],
};

const nameColumns = 14;
const signColumns = 10;

/** The drawn way of each address; addresses that go the same way share one picture. */
export function pathSections(
  { paths = [], headline }: Pick<Diagnosis, 'paths' | 'headline'>,
  { width }: Pick<Canvas, 'width'>,
): readonly Section[] {
  return foldedPaths(paths).map((folded) => ({
    label: 'path',
    lines: [
      { text: headOf(folded), inks: ['bold'] },
      ...folded.path.steps.map((step) => stepLine({ ...step, says: told(step, headline) }, width)),
    ],
  }));
}

/** What stands in the headline already is called by its name only. */
function told({ says, causes }: PathStep, headline: string): string {
  return causes.length > 0 && headline.endsWith(says) ? [...new Set(causes)].join(', ') : says;
}

const leastForColumns = 60;

function stepLine({ question, answer, says }: PathStep, width: number): Line {
  const inks = inksOf[answer];
  if (width < leastForColumns) {
    const sign = answer === 'not-looked' ? '' : `${stepSigns[answer]}, `;
    return { text: `${stepNames[question]}: ${sign}${says}`, inks };
  }
  const lead = stepNames[question].padEnd(nameColumns) + stepSigns[answer].padEnd(signColumns);
  return { lead, text: says, inks };
}

/** `192.0.2.10 and 2001:db8::10 (pool lan, layer 2)`. */
export function headOf({ addresses, path }: FoldedPath): string {
  const by = path.by.map((each) => (each === 'layer2' ? 'layer 2' : 'BGP')).join(' and ');
  const isOutside = path.steps[0]?.answer === 'broken';
  const outside = isOutside ? 'in no pool' : '';
  const from = path.pool === undefined ? outside : `pool ${path.pool}`;
  const about = [from, by].filter((part) => part !== '').join(', ');
  return `${addresses.join(' and ')}${about === '' ? '' : ` (${about})`}`;
}

/** Ways that differ by nothing but their address, folded into one. */
export function foldedPaths(paths: readonly AddressPath[]): readonly FoldedPath[] {
  const alike = Map.groupBy(paths, ({ address, ...way }) =>
    JSON.stringify(way).replaceAll(address, '@'),
  );
  return [...alike.values()].flatMap((group) => {
    const [path] = group;
    return path === undefined ? [] : [{ addresses: group.map(({ address }) => address), path }];
  });
}
