import type { Check } from '../../diagnosis/check.ts';
import type { Suppression } from '../../diagnosis/suppress.ts';
import { stateOf, transitionsBetween, type WatchState } from '../../diagnosis/transitions.ts';
import { Exit, type ExitCode } from '../../facts/exit.ts';
import type { Diagnosis } from '../../facts/finding.ts';
import type { Service } from '../../facts/kube-objects.ts';
import type { Observation } from '../../facts/ports.ts';
import type { Receipt, Snapshot } from '../../facts/snapshot.ts';
import type { WatchLine } from '../../facts/transitions.ts';
import type { Aim } from '../../report/aim.ts';
import { diagnosed } from '../diagnosed.ts';

/** What a watcher asks of every look, and where its lines go. */
export interface WatchPlan {
  readonly symptom: 'pending' | 'health';
  readonly checks: readonly Check[];
  readonly suppressions: readonly Suppression[];
  readonly isPart: boolean;
  readonly aim: Aim;
  /** Finds the Service; called anew for every look, because Services come and go. */
  readonly subjectIn: (snapshot: Snapshot) => Sought;
  readonly service: string | undefined;
  /** Told of every look before its lines are. */
  readonly looks: (snapshot: Snapshot) => void;
  readonly print: (line: WatchLine, at: string) => void;
  readonly now: () => Date;
  /** Why it ended, when somebody stopped it. */
  readonly stopped: () => ExitCode | undefined;
}

/** The Service in question, as far as a look shows it; `undefined` for the whole cluster, or where none could be read. */
export type Sought =
  | { readonly kind: 'there'; readonly service: Service | undefined }
  | { readonly kind: 'gone' };

interface Course {
  readonly isGone: boolean;
  readonly state: WatchState | undefined;
  readonly receipt: Receipt;
  readonly transitions: number;
  readonly evaluations: number;
}

const nothingYet: Course = {
  isGone: false,
  state: undefined,
  receipt: { calls: 0, lists: 0, logs: 0, bytes: 0, ms: 0 },
  transitions: 0,
  evaluations: 0,
};

/** Tells what is, then what becomes different, until it is stopped; the last line says what it took. */
export async function tellTransitions(
  observations: AsyncIterable<Observation>,
  plan: WatchPlan,
): Promise<ExitCode> {
  const begun = plan.now().getTime();
  let course = nothingYet;
  let over: string | undefined;
  for await (const observation of observations) {
    if (observation.kind === 'snapshot') {
      course = afterLook(observation.snapshot, course, plan);
      continue;
    }
    if (observation.kind === 'over') {
      over = observation.says;
      course = { ...course, receipt: observation.receipt };
      continue;
    }
    plan.print(observation, plan.now().toISOString());
  }
  const exitCode = plan.stopped() ?? Exit.unknown;
  const at = plan.now();
  const { receipt, transitions, evaluations } = course;
  const seconds = Math.round((at.getTime() - begun) / 1_000);
  const says = over ?? 'stopped';
  plan.print(
    { kind: 'end', says, seconds, transitions, evaluations, receipt, exitCode },
    at.toISOString(),
  );
  return exitCode;
}

function afterLook(snapshot: Snapshot, course: Course, plan: WatchPlan): Course {
  plan.looks(snapshot);
  const { symptom, checks, suppressions, aim, isPart, service = '' } = plan;
  const sought = plan.subjectIn(snapshot);
  const isGone = sought.kind === 'gone';
  const evaluations = course.evaluations + 1;
  const turns = isGone === course.isGone ? 0 : 1;
  if (turns > 0) {
    plan.print({ kind: isGone ? 'gone' : 'back', service }, snapshot.takenAt);
  }
  const { receipt } = snapshot;
  if (isGone) {
    return { ...course, isGone, evaluations, receipt, transitions: course.transitions + turns };
  }
  const matter = { symptom, snapshot, subject: sought.service, checks, suppressions };
  const diagnosis = diagnosed(matter, { aim, isPart });
  const state = stateOf({ diagnosis, snapshot }, course.state);
  const lines: readonly WatchLine[] =
    course.state === undefined
      ? [firstLine(state, diagnosis)]
      : transitionsBetween(course.state, state, snapshot.takenAt);
  for (const line of lines) {
    plan.print(line, snapshot.takenAt);
  }
  return {
    isGone,
    state,
    receipt,
    transitions: course.transitions + turns + (course.state === undefined ? 0 : lines.length),
    evaluations,
  };
}

function firstLine(
  { outcome, headline, causes }: WatchState,
  { suppressed }: Pick<Diagnosis, 'suppressed'>,
): WatchLine {
  return {
    kind: 'state',
    outcome,
    headline,
    causes: [...causes.values()].map(({ since: _since, ...cause }) => cause),
    ...(suppressed.length === 0 ? {} : { suppressed }),
  };
}
