import type { Admission } from '../../../src/core/metallb/admission.ts';
import { admissionOf } from '../../../src/core/metallb/admission.ts';
import { allocatedFromAnnotation } from '../../../src/core/metallb/look-at-service.ts';
import { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import type { Chooser } from '../../../src/core/metallb/controller-memory.ts';
import type { CourseResult } from '../../../src/core/metallb/course-run.ts';
import type { ConfigurationProblem } from '../../../src/core/metallb/configuration.ts';
import { keyOf } from '../../../src/core/facts/object-ref.ts';
import type { StepOutcome, VectorCase, VectorStep } from './vector-cases.ts';
import { Draws } from './vector-draws.ts';
import { worldObject } from './vector-objects.ts';

/** How a case was reproduced, or the first step at which none of the recorded outcomes was. */
export type Replay =
  | { readonly matched: true; readonly tries: number }
  | {
      readonly matched: false;
      readonly step: number;
      readonly tries: number;
      readonly why: string;
    };

/** What of a step must agree. */
export type Comparison = (
  recorded: StepOutcome,
  step: { readonly course: ControllerCourse; readonly result: CourseResult },
) => string | undefined;

const triesBeforeGivingUp = 4000;

/** Looks for draws of the random orders under which our course agrees with one recorded outcome in every step. */
export function replay(recorded: VectorCase, disagreement: Comparison): Replay {
  const search = new Search(recorded, disagreement);
  const course = courseFor(recorded);
  const matched = search.from(
    0,
    course,
    recorded.outcomes.map((_, index) => index),
  );
  return matched
    ? { matched, tries: search.tries }
    : { matched, tries: search.tries, step: search.furthest, why: search.why };
}

/** The controller of a case, not started yet. */
export function courseFor({ version, controller }: VectorCase): ControllerCourse {
  const { lbClass: loadBalancerClass, ...settings } = controller;
  return new ControllerCourse({ version, loadBalancerClass, ...settings });
}

class Search {
  tries = 0;
  furthest = 0;
  why = '';
  readonly #case: VectorCase;
  readonly #disagreement: Comparison;

  constructor(recorded: VectorCase, disagreement: Comparison) {
    this.#case = recorded;
    this.#disagreement = disagreement;
  }

  from(step: number, before: ControllerCourse, alive: readonly number[]): boolean {
    const todo = this.#case.steps[step];
    if (todo === undefined || alive.every((index) => this.#outcome(index, step) === undefined)) {
      return true;
    }
    const met = new Set<string>();
    for (const draws of new Draws(triesBeforeGivingUp)) {
      if (this.tries >= triesBeforeGivingUp) {
        return false;
      }
      this.tries += 1;
      const course = before.copy();
      const result = perform(course, todo, draws.choose);
      const admissions = admissionsOf(before, todo, this.#case);
      const agreeing = alive.filter((index) => {
        const outcome = this.#outcome(index, step) ?? {};
        const why =
          this.#disagreement(outcome, { course, result }) ??
          admissionDisagreement(outcome, admissions);
        if (why !== undefined && step >= this.furthest) {
          this.furthest = step;
          this.why = why;
        }
        return why === undefined;
      });
      const state = agreeing.length > 0 ? stateOf(course, agreeing) : undefined;
      if (state !== undefined && !met.has(state) && this.from(step + 1, course, agreeing)) {
        return true;
      }
      met.add(state ?? '');
    }
    return false;
  }

  #outcome(index: number, step: number): StepOutcome | undefined {
    return this.#case.outcomes[index]?.steps[step];
  }
}

/** What the further course depends on; draws that lead to the same need not be followed twice. */
function stateOf(course: ControllerCourse, agreeing: readonly number[]): string {
  const { book, fingerprint, hasLoaded } = course.memory;
  const bookings = [...book.bookings].sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([agreeing, servicesIn(course), bookings, fingerprint, hasLoaded]);
}

/** Does what the step says and lets the controller come to rest. */
export function perform(course: ControllerCourse, step: VectorStep, choose: Chooser): CourseResult {
  const puts = (step.objects ?? []).map(worldObject);
  if (step.op === 'start') {
    for (const object of puts) {
      course.world.put(object);
    }
    return course.restart(choose);
  }
  return step.op === 'restart'
    ? course.restart(choose)
    : course.apply({ removes: step.delete ?? [], puts }, choose);
}

type Refusal = Extract<Admission, { readonly allowed: false }>;
type Admissions = ReadonlyMap<string, ReturnType<typeof admissionOf>>;

function admissionsOf(
  before: ControllerCourse,
  step: VectorStep,
  recorded: VectorCase,
): Admissions {
  const world = before.world.copy();
  for (const ref of step.delete ?? []) {
    world.remove(ref);
  }
  const admissions = new Map<string, ReturnType<typeof admissionOf>>();
  for (const pool of step.op === 'apply' ? (step.objects ?? []).map(worldObject) : []) {
    if (pool.kind === 'IPAddressPool') {
      const isCreate = world.stored(pool) === undefined;
      const { namespace, bgpType } = recorded.controller;
      const settings = { namespace, bgpType };
      const request = { pool, stored: world.pools, isCreate, settings };
      admissions.set(keyOf(pool.metadata), admissionOf(request));
    }
    world.put(pool);
  }
  return admissions;
}

function admissionDisagreement(outcome: StepOutcome, ours: Admissions): string | undefined {
  const recorded = outcome.admission ?? {};
  const keys = new Set([...Object.keys(recorded), ...ours.keys()]);
  for (const key of keys) {
    const mine = ours.get(key);
    const theirs = recorded[key];
    if (mine?.allowed !== theirs?.allowed) {
      return `admission of ${key}: ${JSON.stringify(mine)} for ${JSON.stringify(theirs)}`;
    }
    const known: Pick<Refusal, 'messages' | 'problems'> =
      mine?.allowed === false ? mine : { messages: [], problems: [] };
    const unknown = (theirs?.messages ?? []).find(
      (message) => !known.messages.includes(message) && !isAmong(message, known.problems),
    );
    if (unknown !== undefined) {
      return `admission of ${key} says ${unknown}, not ${known.messages.join(' | ')}`;
    }
  }
  return undefined;
}

/** Texts agree when one begins like the other (dumps of Go values are left out of ours); an overlap may blame either. */
export function isAmong(recorded: string, ours: readonly ConfigurationProblem[]): boolean {
  const message = recorded.replace('[]string(nil)', 'null').replace(/\[\]string\{(.*?)\}/, '[$1]');
  return ours.some(
    (problem) => message.startsWith(problem.message) || message === mirrored(problem),
  );
}

function mirrored({ message, other }: ConfigurationProblem): string | undefined {
  const parts = /^CIDR (".*") in pool ".*" overlaps with already defined CIDR (".*")$/.exec(
    message,
  );
  return parts === null
    ? undefined
    : `CIDR ${parts[2]} in pool "${other?.name}" overlaps with already defined CIDR ${parts[1]}`;
}

/** Addresses and pool of every Service as the case writes them. */
export function servicesIn(course: ControllerCourse): Record<string, unknown> {
  const entries = course.world.services.map(({ metadata, status }) => {
    const ips = status.ingress.map(({ ip, hostname }) => ip || `host:${hostname ?? ''}`);
    const pool = metadata.annotations[allocatedFromAnnotation];
    return [
      keyOf(metadata),
      { ...(ips.length > 0 ? { ips } : {}), ...(pool === undefined ? {} : { pool }) },
    ] as const;
  });
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
