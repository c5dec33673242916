import type { ManifestProblem, ValidatedSet, ValidationReport } from '../../facts/validation.ts';
import { nameOf } from '../../facts/object-ref.ts';
import { commandLine, laidOut, type Line, type Section } from '../layout.ts';
import { codeSpan, listOf, proseText } from '../markdown.ts';
import type { Canvas } from '../style.ts';
import { plural } from '../../facts/in-words.ts';

const labels = { error: 'ERROR', warning: 'warn' } as const;

/** What is wrong with the manifests, each fault with its file and line, the verdict at the end. */
export function validationText(report: ValidationReport, canvas: Canvas): string {
  const blocks = report.sets.flatMap((set) => [
    ...(report.sets.length > 1 ? [[headOf(set)]] : []),
    ...set.problems.map((problem) => [sectionOf(problem)]),
    ...(set.notes.length > 0 ? [set.notes.map(noteOf)] : []),
  ]);
  const last: Section = {
    label: '',
    lines: [
      { text: verdictOf(report), inks: ['bold'] },
      ...footnotes(report).map((text): Line => ({ text, inks: ['dim'] })),
      ...pipeLines(report),
    ],
  };
  return laidOut([...blocks, [last]], canvas);
}

function headOf(set: ValidatedSet): Section {
  return { label: '', lines: [{ text: `${nameOfSet(set)}: ${amountsOf(set)}`, inks: ['bold'] }] };
}

function noteOf(text: string): Section {
  return { label: 'note', lines: [{ text }] };
}

function sectionOf(problem: ManifestProblem): Section {
  const object = problem.object === undefined ? '' : `  ${nameOf(problem.object)}`;
  return {
    label: labels[problem.severity],
    lines: [
      {
        text: `${placeText(problem.place)}${object}`,
        inks: [problem.severity === 'error' ? 'red' : 'yellow'],
      },
      { text: problem.message },
      ...moreOf(problem).map((text): Line => ({ text })),
    ],
  };
}

function moreOf({ other, refusedBy, waitsFor, advice }: ManifestProblem): readonly string[] {
  return [
    ...(other === undefined ? [] : [`other: ${placeText(other)}  ${nameOf(other.object)}`]),
    ...(waitsFor === undefined ? [] : [`waits for: ${waitsFor}`]),
    ...(refusedBy.length === 0 ? [] : [`refused by: ${refusedBy.join(', ')}`]),
    `do: ${advice}`,
  ];
}

function nameOfSet({ name }: ValidatedSet): string {
  return name === '-' ? 'stdin' : name;
}

function placeText({ file, line, column }: ManifestProblem['place']): string {
  return `${file === '-' ? 'stdin' : file}:${line}:${column}`;
}

/** Rules by which a document is none, so that nobody knows what objects are in it. */
const illegible: ReadonlySet<string> = new Set([
  'yaml-syntax',
  'duplicate-key',
  'glued-objects',
  'plain-list',
]);

function amountsOf({ objects, problems, files }: ValidatedSet): string {
  const count = Object.values(objects).reduce((sum, each) => sum + each, 0);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const found = [
    ...(errors === 0 ? [] : [plural(errors, 'problem')]),
    ...(warnings === 0 ? [] : [plural(warnings, 'warning')]),
  ];
  const objectsOf = `${count === 0 ? 'no object' : plural(count, 'object')} of MetalLB`;
  const where = `${objectsOf} (${plural(files, 'file')})`;
  if (count === 0 && problems.length > 0) {
    return `${found.join(' and ')} in ${plural(files, 'file')}, and no object of MetalLB that could be read`;
  }
  const isCut = problems.some(({ rule }) => illegible.has(rule));
  const unread = isCut ? ', besides what could not be read' : '';
  return found.length === 0 ? where : `${found.join(' and ')} in ${where}${unread}`;
}

const verdicts = {
  valid: 'valid',
  warnings: 'valid',
  problems: 'NOT valid',
  unknown: 'valid as far as could be read',
} as const;

function verdictOf({ result, metallb, sets }: ValidationReport): string {
  const judged = sets.filter((set) => !isEmpty(set));
  const isNothing = result === 'unknown' && judged.length === 0;
  const verdict = isNothing ? 'nothing to judge' : verdicts[result];
  const whose = `for MetalLB ${metallb.version} in ${metallb.namespace}`;
  if (sets.length === 1) {
    return `${verdict} ${whose}: ${sets.map(amountsOf).join()}`;
  }
  const empty = sets.length - judged.length;
  const others = empty === 0 ? '' : `, and ${empty} without an object of MetalLB`;
  return `${verdict} ${whose}: ${plural(judged.length, 'set')} of manifests${others}`;
}

function isEmpty({ objects }: ValidatedSet): boolean {
  return Object.keys(objects).length === 0;
}

function footnotes(report: ValidationReport): readonly string[] {
  const { metallb, sets, with: beside } = report;
  const hasPeers = sets.some(({ objects }) => (objects['BGPPeer'] ?? 0) > 0);
  return [
    ...skippedNotes(report),
    ...emptyNotes(report),
    ...(sets.length > 1
      ? ['each set is judged as a cluster of its own, and none against another']
      : []),
    ...(beside === undefined ? [] : [`put beside what is in ${beside}`]),
    ...(metallb.bgpType === undefined && hasPeers
      ? ['the kind of BGP is not known; --bgp-type native, frr or frr-k8s tells']
      : []),
  ];
}

function skippedNotes({ skipped }: ValidationReport): readonly string[] {
  const counts = [
    [skipped.otherDocuments, 'other document'],
    [skipped.kustomizations, 'kustomization'],
    [skipped.templateFiles, 'file of templates'],
    [skipped.unreadFiles, 'unreadable file'],
  ] as const;
  const named = counts.filter(([count]) => count > 0).map(([count, word]) => amount(count, word));
  return named.length === 0 ? [] : [`not judged: ${named.join(', ')}`];
}

function amount(count: number, word: string): string {
  const [head = '', ...rest] = word.split(' of ');
  return [plural(count, head), ...rest].join(' of ');
}

/** That none is among what could be read is not that there is none. */
function emptyNotes({ result, sets, skipped }: ValidationReport): readonly string[] {
  if (result !== 'unknown' || !sets.every(isEmpty)) {
    return [];
  }
  if (skipped.templatesOfMetalLB > 0) {
    return ["all of MetalLB's objects here stand in templates, which are to be filled in first"];
  }
  const where = sets.some(({ build }) => build !== undefined)
    ? 'stands in these files; what kustomize builds may hold some'
    : 'is here';
  return [`no IPAddressPool, advertisement, BGPPeer, BFDProfile or Community ${where}`];
}

const pipesShown = 5;

/** The commands that judge what the files alone do not tell. */
function pipesOf({ sets }: ValidationReport): readonly string[] {
  return sets.flatMap(({ build }) => build ?? []);
}

function pipeLines(report: ValidationReport): readonly Line[] {
  const pipes = pipesOf(report);
  const rest = pipes.length - pipesShown;
  return pipes.length === 0
    ? []
    : [
        { text: `${buildText}:` },
        ...pipes.slice(0, pipesShown).map((text) => commandLine(text, 2)),
        ...(rest > 0 ? [{ text: `and ${rest} more (-o json)`, indent: 2 }] : []),
      ];
}

const buildText = 'kustomize makes more of it than stands in these files; to judge that';

/** The same for a merge request. */
export function validationMarkdown(report: ValidationReport): string {
  const blocks = report.sets.flatMap((set) => [
    `**${proseText(nameOfSet(set))}**: ${proseText(amountsOf(set))}`,
    ...set.problems.map(itemOf),
    ...set.notes.map((note) => `> ${proseText(note)}`),
  ]);
  const notes = footnotes(report).map((text) => `_${proseText(text)}_`);
  const pipes = listOf(buildText, pipesOf(report).map(codeSpan));
  return `${[`### ${proseText(verdictOf(report))}`, ...blocks, ...notes, ...pipes].join('\n\n')}\n`;
}

function itemOf(problem: ManifestProblem): string {
  const object = problem.object === undefined ? '' : ` ${codeSpan(nameOf(problem.object))}`;
  const more = moreOf(problem).map((line) => `  - ${proseText(line)}`);
  const head = `- **${labels[problem.severity]}** ${codeSpan(placeText(problem.place))}${object}: ${proseText(problem.message)}`;
  return [head, ...more].join('\n');
}
