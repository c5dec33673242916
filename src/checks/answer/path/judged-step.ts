import type { RootCause } from '../../../core/facts/finding.ts';
import type { PathQuestion, PathStep } from '../../../core/facts/path.ts';
import { causeOf } from '../../causes.ts';
import { type Known, type PathScene } from './path-scene.ts';
import { someOf } from '../../../core/facts/in-words.ts';

interface Place {
  readonly address: string;
  readonly scene: PathScene;
  /** Facts whose lack was told at a question before: here it is enough that this one hangs on them too. */
  readonly told?: ReadonlySet<string>;
}

/** One question, answered by what is known and by every check that belongs to it. */
export function judgedStep(question: PathQuestion, known: Known, place: Place): PathStep {
  const all = foundAt(question, place);
  const found = all.filter(({ severity }) => severity !== 'info');
  const [first] = found;
  const causes = found.map(({ cause }) => cause);
  if (first !== undefined) {
    const answer = first.severity === 'error' ? 'broken' : 'doubtful';
    const unseen = known.answer === 'not-looked' && known.says !== '' ? `; ${known.says}` : '';
    const title = causeOf(first.cause)?.title;
    const says = `${first.says}${unseen}`;
    return { question, answer, says, causes, ...(title !== undefined && { title }) };
  }
  const dark = darkAt(question, place.scene);
  // what is only worth knowing stops nobody, or not everybody
  const remarks = all.slice(0, 1).map((each) => `remark: ${each.says}`);
  const isUnseen = known.answer === 'not-looked';
  const isSaid = all.slice(0, 1).some(({ says }) => saysAsMuch(says, known.says));
  const { without = [] } = known;
  const told = without.length > 0 && isTold(without, place) ? hangsOn(without) : known.says;
  const says = (isUnseen ? [...(isSaid ? [] : remarks), told] : [told, ...remarks]).join('; ');
  return known.answer === 'good' && dark.length > 0
    ? { question, answer: 'unknown', says: `${says}; ${lackText(dark, place)}`, causes }
    : { question, answer: known.answer, says, causes };
}

/** The facts whose lack a step tells. */
export function lackToldBy(
  { question, answer }: PathStep,
  known: Known,
  scene: PathScene,
): readonly string[] {
  return answer === 'unknown' ? [...(known.without ?? []), ...darkAt(question, scene)] : [];
}

function lackText(dark: readonly string[], place: Place): string {
  const fresh = dark.filter((fact) => !isTold([fact], place));
  return fresh.length === 0 ? hangsOn(dark) : `not known: ${someOf(fresh)}`;
}

function isTold(facts: readonly string[], { told }: Place): boolean {
  return facts.every((fact) => told?.has(fact) === true);
}

function hangsOn(facts: readonly string[]): string {
  return `hangs on ${someOf(facts)} too`;
}

/** `what was seen proves little: WHY` says no more than `not to be seen: WHY`. */
function saysAsMuch(remark: string, known: string): boolean {
  const why = known.slice(known.indexOf(': ') + 2);
  return known.includes(': ') && remark.endsWith(why);
}

/** Every cause that strikes here, the likeliest first. */
function foundAt(
  question: PathQuestion,
  { address, scene: { checks, rootCauses } }: Place,
): readonly RootCause[] {
  const linkOf = new Map(checks.map(({ id, link }) => [id, link]));
  return rootCauses.filter(
    ({ check, addresses }) =>
      linkOf.get(check) === question && (addresses?.includes(address) ?? true),
  );
}

/** Facts without which a check of this question could not answer. */
function darkAt(
  question: PathQuestion,
  { checks, verdicts }: Pick<PathScene, 'checks' | 'verdicts'>,
): readonly string[] {
  const own = new Set(checks.flatMap(({ id, link }) => (link === question ? id : [])));
  const facts = verdicts.flatMap((verdict) =>
    verdict.verdict === 'unknown' && own.has(verdict.check)
      ? verdict.missing.map(({ fact }) => fact)
      : [],
  );
  return [...new Set(facts)];
}
