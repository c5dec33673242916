import type { ManifestProblem, ValidatedSet, ValidationReport } from '../../facts/validation.ts';
import { nameOf } from '../../facts/object-ref.ts';
import { plural } from '../amounts.ts';
import { laidOut, type Line, type Section } from '../layout.ts';
import { codeSpan, proseText } from '../markdown.ts';
import type { Canvas } from '../style.ts';

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
    lines: [{ text: verdictOf(report), inks: ['bold'] }, ...footnotes(report)],
  };
  return laidOut([...blocks, [last]], canvas);
}

function headOf(set: ValidatedSet): Section {
  return { label: '', lines: [{ text: `${set.name}: ${amountsOf(set)}`, inks: ['bold'] }] };
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

function placeText({ file, line, column }: ManifestProblem['place']): string {
  return `${file === '-' ? 'stdin' : file}:${line}:${column}`;
}

function amountsOf({ objects, problems, files }: ValidatedSet): string {
  const count = Object.values(objects).reduce((sum, each) => sum + each, 0);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const found = [
    ...(errors === 0 ? [] : [plural(errors, 'problem')]),
    ...(warnings === 0 ? [] : [plural(warnings, 'warning')]),
  ];
  const where = `${plural(count, 'object')} of MetalLB (${plural(files, 'file')})`;
  return found.length === 0 ? where : `${found.join(' and ')} in ${where}`;
}

const verdicts = {
  valid: 'valid',
  warnings: 'valid',
  problems: 'NOT valid',
  unknown: 'nothing to judge',
} as const;

function verdictOf({ result, metallb, sets }: ValidationReport): string {
  const amounts = sets.map(amountsOf);
  const verdict =
    result === 'unknown' && !isEmpty(sets) ? 'valid as far as could be read' : verdicts[result];
  const whose = `for MetalLB ${metallb.version} in ${metallb.namespace}`;
  return sets.length === 1
    ? `${verdict} ${whose}: ${amounts.join()}`
    : `${verdict} ${whose}: ${plural(sets.length, 'set')} of manifests`;
}

function isEmpty(sets: ValidationReport['sets']): boolean {
  return sets.every(({ objects }) => Object.keys(objects).length === 0);
}

function footnotes({ result, metallb, sets, with: beside }: ValidationReport): readonly Line[] {
  const sum = (pick: (set: ValidatedSet) => number) =>
    sets.reduce((total, set) => total + pick(set), 0);
  const skipped = [
    [sum(({ skipped }) => skipped.otherDocuments), 'other document'],
    [sum(({ skipped }) => skipped.kustomizations), 'kustomization'],
    [sum(({ skipped }) => skipped.templates), 'template'],
    [sum(({ skipped }) => skipped.unreadFiles), 'unreadable file'],
  ] as const;
  const named = skipped.filter(([count]) => count > 0).map(([count, word]) => plural(count, word));
  const lines = [
    ...(named.length === 0 ? [] : [`not judged: ${named.join(', ')}`]),
    ...(result === 'unknown' && isEmpty(sets)
      ? ['no IPAddressPool, advertisement, BGPPeer, BFDProfile or Community is here']
      : []),
    ...(sets.length > 1
      ? ['each set is judged as a cluster of its own, and none against another']
      : []),
    ...(beside === undefined ? [] : [`put beside what is in ${beside}`]),
    ...(metallb.bgpType === undefined && sum(({ objects }) => objects['BGPPeer'] ?? 0) > 0
      ? ['the kind of BGP is not known; --bgp-type native, frr or frr-k8s tells']
      : []),
  ];
  return lines.map((text) => ({ text, inks: ['dim'] }));
}

/** The same for a merge request. */
export function validationMarkdown(report: ValidationReport): string {
  const blocks = report.sets.flatMap((set) => [
    `**${proseText(set.name)}**: ${proseText(amountsOf(set))}`,
    ...set.problems.map(itemOf),
    ...set.notes.map((note) => `> ${proseText(note)}`),
  ]);
  const notes = footnotes(report).map(({ text }) => `_${proseText(text)}_`);
  return `${[`### ${proseText(verdictOf(report))}`, ...blocks, ...notes].join('\n\n')}\n`;
}

function itemOf(problem: ManifestProblem): string {
  const object = problem.object === undefined ? '' : ` ${codeSpan(nameOf(problem.object))}`;
  const more = moreOf(problem).map((line) => `  - ${proseText(line)}`);
  const head = `- **${labels[problem.severity]}** ${codeSpan(placeText(problem.place))}${object}: ${proseText(problem.message)}`;
  return [head, ...more].join('\n');
}
