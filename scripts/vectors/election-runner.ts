import { electionDisagreements } from '../../test/core/metallb/election/election-comparison.ts';
import type { RecordedElection } from '../../test/core/metallb/election/recorded-election.ts';
import { VectorFileError } from './vector-line.ts';
import type { Disagreement, Judge } from './verdict.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Judges a recorded election: configuration, layer 2, BGP, sessions, routes and what is sent. */
export const electionRunner: Judge<Fields> = (line, where) => {
  const recorded = electionFrom(line, where);
  const differs = disagreementsOf(recorded);
  const texts = differs.filter(isText);
  const wrong = differs.filter((each) => !isText(each));
  return {
    id: recorded.id,
    version: recorded.version,
    mode: `election ${recorded.settings.bgpType}`,
    where,
    disagreement: shown(recorded, wrong),
    detail: wrong.length === 0 ? shown(recorded, texts) : undefined,
    sets: 0,
  };
};

/** The words of a refusal; that a configuration is refused, and where, is no matter of words. */
function isText(differs: string): boolean {
  return /^configuration on \S+ says: /.test(differs);
}

function disagreementsOf(recorded: RecordedElection): readonly string[] {
  try {
    return electionDisagreements(recorded);
  } catch (error) {
    return [`ours broke down: ${error instanceof Error ? error.stack : String(error)}`];
  }
}

function shown(recorded: RecordedElection, differs: readonly string[]): Disagreement | undefined {
  const [first, ...others] = differs;
  return first === undefined
    ? undefined
    : {
        step: 1,
        steps: 1,
        did: `election over ${recorded.objects.length} objects`,
        why: first,
        recorded: (recorded.results ?? [recorded.result]).map((each) => JSON.stringify(each)),
        ours: others.length === 0 ? 'see above' : others.join('; '),
      };
}

function electionFrom(line: Fields, where: string): RecordedElection {
  const { settings, namespace, objects } = line;
  const isWhole =
    typeof namespace === 'string' &&
    Array.isArray(objects) &&
    typeof settings === 'object' &&
    settings !== null &&
    'bgpType' in settings;
  if (!isWhole) {
    throw new VectorFileError(
      `${where}: is no election: it lacks namespace, settings.bgpType or objects`,
    );
  }
  // the form is that of test/vectors/README.md; what is odd inside shows as a disagreement
  return line as unknown as RecordedElection;
}
