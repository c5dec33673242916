import type { Diagnosis, SuppressedCause } from '../../core/facts/finding.ts';

type Outcome = Diagnosis['outcome'];

const fromBest: readonly Outcome[] = ['healthy', 'warnings', 'unknown', 'problem'];

/** The outcome as it would be if nobody answered for anything; nothing to add where nothing is suppressed. */
export function withoutSuppressions(
  outcome: Outcome,
  suppressed: readonly SuppressedCause[],
): Pick<Diagnosis, 'outcomeUnsuppressed'> {
  const places = [outcome, ...suppressed.map(outcomeOf)].map((each) => fromBest.indexOf(each));
  const outcomeUnsuppressed = fromBest[Math.max(...places)] ?? outcome;
  return suppressed.length === 0 ? {} : { outcomeUnsuppressed };
}

function outcomeOf({ severity }: SuppressedCause): Outcome {
  switch (severity) {
    case 'error':
      return 'problem';
    case 'warning':
      return 'warnings';
    case 'info':
      return 'healthy';
  }
}
