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
      ...folded.path.steps.map((step) => {
        const isTold = step.causes.length > 0 && headline.endsWith(step.says);
        return stepLine(isTold ? { ...step, says: titled(step, width) } : step, width);
      }),
    ],
  }));
}

/** What stands in the headline already is called by the title of its cause, and by its id where there is room. */
function titled({ causes, title }: PathStep, width: number): string {
  const ids = [...new Set(causes)].join(', ');
  const words = title === undefined ? ids : asClause(title);
  const named = `${words} (${ids})`;
  const room = (width - indent - nameColumns - signColumns) * mostLines;
  const isRoomy = width >= leastForColumns && named.length <= room;
  return title !== undefined && isRoomy ? named : words;
}

/** A title in the middle of a line; names keep their capitals. */
function asClause(title: string): string {
  const isName = /^(?:Services?\b|\S*[A-Z]\S*[A-Z])/.test(title);
  return isName ? title : `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

const leastForColumns = 60;
const mostLines = 2;
/** Of everything that stands under a label. */
const indent = 8;

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
