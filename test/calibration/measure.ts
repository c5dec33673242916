import { diagnose } from '../../src/checks/diagnose.ts';
import type { Diagnosis, RootCause } from '../../src/core/facts/finding.ts';
import { keyOf } from '../../src/core/facts/object-ref.ts';
import { itemsIfRead } from '../../src/core/facts/reading.ts';
import { incidentOf, snapshotOf } from '../incidents-at-hand.ts';
import type { Mutation } from './mutations.ts';

/** How an answer to a changed cluster stands to what is right. */
export interface Trial {
  readonly incident: string;
  readonly variant: 'sick' | 'healthy';
  readonly mutation: Mutation;
  readonly outcome: Diagnosis['outcome'];
  /** Causes of severity error that are neither expected nor allowed. */
  readonly wrong: readonly string[];
  /** Every cause of severity error, with the confidence that was stated. */
  readonly stated: readonly { readonly confidence: number; readonly isRight: boolean }[];
  readonly verdict: 'same' | 'less sure' | 'part' | 'unknown' | 'unseen' | 'silent' | 'wrong';
}

/** Answers the incident's question for its cluster as the mutation leaves it. */
export async function trialOf(
  incident: string,
  variant: 'sick' | 'healthy',
  mutation: Mutation,
): Promise<Trial> {
  const before = await originalOf(incident, variant);
  const after = await diagnosisOf(incident, variant, mutation);
  const { causes, may = [] } = incidentOf(incident).expect[variant];
  const right = new Set([...causes, ...may]);
  const errors = after.rootCauses.filter(({ severity }) => severity === 'error');
  const wrong = errors.filter(({ cause }) => !right.has(cause)).map(({ cause }) => cause);
  return {
    incident,
    variant,
    mutation,
    outcome: after.outcome,
    wrong,
    stated: errors.map(({ cause, confidence }) => ({ confidence, isRight: right.has(cause) })),
    verdict:
      wrong.length > 0 ? 'wrong' : verdictOn(before, after, isOnlySource(incident, mutation)),
  };
}

/** True when what the mutation took away is all that could have told: with it gone there is nothing to be seen. */
function isOnlySource(incident: string, { family }: Mutation): boolean {
  return incidentOf(incident).toldOnlyBy === 'logs' && familiesWithoutLogs.has(family);
}

const familiesWithoutLogs = new Set(['logs removed', 'events and logs removed']);

const originals = new Map<string, Promise<Diagnosis>>();

function originalOf(incident: string, variant: 'sick' | 'healthy'): Promise<Diagnosis> {
  const key = `${incident}/${variant}`;
  const known = originals.get(key) ?? diagnosisOf(incident, variant, undefined);
  originals.set(key, known);
  return known;
}

async function diagnosisOf(
  incident: string,
  variant: 'sick' | 'healthy',
  mutation: Mutation | undefined,
): Promise<Diagnosis> {
  const whole = await snapshotOf(incident, variant);
  const { snapshot, renamed } = mutation?.apply(whole) ?? {
    snapshot: whole,
    renamed: (text: string) => text,
  };
  const { command, subject } = incidentOf(incident);
  const key = subject === null ? undefined : renamed(subject);
  const service = itemsIfRead(snapshot.readings.services).find(
    ({ metadata }) => keyOf(metadata) === key,
  );
  return diagnose({ symptom: command, snapshot, subject: service });
}

function verdictOn(before: Diagnosis, after: Diagnosis, isBlinded: boolean): Trial['verdict'] {
  if (before.outcome !== 'problem') {
    return after.outcome === 'unknown' && before.outcome !== 'unknown' ? 'unknown' : 'same';
  }
  if (after.outcome === 'unknown') {
    return 'unknown';
  }
  if (after.outcome !== 'problem') {
    return isBlinded ? 'unseen' : 'silent';
  }
  const [was, is] = [errorsOf(before), errorsOf(after)];
  if (was.some(({ cause }) => is.every((other) => other.cause !== cause))) {
    return 'part';
  }
  return is.some(({ confidence }, index) => confidence < (was[index]?.confidence ?? 0))
    ? 'less sure'
    : 'same';
}

function errorsOf({ rootCauses }: Diagnosis): readonly RootCause[] {
  return rootCauses.filter(({ severity }) => severity === 'error');
}
