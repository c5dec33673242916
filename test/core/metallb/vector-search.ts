import type { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import type { CourseResult } from '../../../src/core/metallb/course-run.ts';
import { admissionsOf } from './vector-admissions.ts';
import type { Admissions } from './vector-admissions.ts';
import type { StepOutcome, VectorCase } from './vector-cases.ts';
import { Draws } from './vector-draws.ts';
import { courseFor, perform, servicesIn } from './vector-replay.ts';

/** How a case was reproduced, or the first step at which none of the recorded outcomes was. */
export type Replay =
  | {
      readonly matched: true;
      readonly tries: number;
      /** The course as it stood before each step. */
      readonly befores: readonly ControllerCourse[];
    }
  | ({ readonly matched: false; readonly tries: number } & Miss);

/** The furthest we came, and one reason why no further. */
export interface Miss {
  readonly step: number;
  readonly why: string;
  /** Addresses and pool of every Service after this step, one of our courses. */
  readonly ours: Readonly<Record<string, unknown>>;
}

/** A step as our controller took it. */
export interface StepTaken {
  readonly course: ControllerCourse;
  readonly result: CourseResult;
  /** Undefined where nobody asked the webhook. */
  readonly admissions?: Admissions;
  /** What each Service was written with in this course or, from the same start, in others; by default in this one. */
  readonly writesSeen?: CourseResult['writes'];
}

/** What of a step must agree; the first difference, or undefined. */
export type Comparison = (recorded: StepOutcome, step: StepTaken) => string | undefined;

const triesBeforeGivingUp = 4000;

/** A course that never comes to rest takes as long as this many others. */
const triesPerRestless = 20;

/** Looks for draws of the random orders under which our course agrees with one recorded outcome in every step. */
export function replay(recorded: VectorCase, disagreement: Comparison): Replay {
  const search = new Search(recorded, disagreement);
  const all = recorded.outcomes.map((_, index) => index);
  const befores = search.from(0, courseFor(recorded), all);
  const { tries, miss } = search;
  return befores === undefined
    ? { matched: false, tries, ...miss }
    : { matched: true, tries, befores };
}

class Search {
  tries = 0;
  miss: Miss = { step: 0, why: '', ours: {} };
  readonly #case: VectorCase;
  readonly #disagreement: Comparison;

  constructor(recorded: VectorCase, disagreement: Comparison) {
    this.#case = recorded;
    this.#disagreement = disagreement;
  }

  /** The courses before this step and each later one; undefined when no draws agree. */
  from(
    step: number,
    before: ControllerCourse,
    alive: readonly number[],
  ): readonly ControllerCourse[] | undefined {
    const todo = this.#case.steps[step];
    if (todo === undefined || alive.every((index) => this.#outcome(index, step) === undefined)) {
      return [];
    }
    const admissions = admissionsOf(before, todo, this.#case);
    const met = new Set<string>();
    let writesSeen: CourseResult['writes'] = new Map();
    for (const draws of new Draws(triesBeforeGivingUp)) {
      if (this.tries >= triesBeforeGivingUp) {
        return undefined;
      }
      const course = before.copy();
      const result = perform(course, todo, draws.choose);
      this.tries += result.settled ? 1 : triesPerRestless;
      writesSeen = result.settled ? writesSeen : merged(writesSeen, result.writes);
      const agreeing = this.#agreeing(step, alive, { course, result, admissions, writesSeen });
      const state = agreeing.length > 0 ? stateOf(course, agreeing) : undefined;
      const isNew = state !== undefined && !met.has(state);
      const later = isNew ? this.from(step + 1, course, agreeing) : undefined;
      if (later !== undefined) {
        return [before, ...later];
      }
      met.add(state ?? '');
    }
    return undefined;
  }

  #agreeing(step: number, alive: readonly number[], taken: StepTaken): readonly number[] {
    return alive.filter((index) => {
      const why = this.#disagreement(this.#outcome(index, step) ?? {}, taken);
      if (why !== undefined && (step > this.miss.step || this.miss.why === '')) {
        this.miss = { step, why, ours: servicesIn(taken.course) };
      }
      return why === undefined;
    });
  }

  #outcome(index: number, step: number): StepOutcome | undefined {
    return this.#case.outcomes[index]?.steps[step];
  }
}

/** A Service that never rests may draw anew at each turn, so that one of our courses shows a part only. */
function merged(
  seen: CourseResult['writes'],
  writes: CourseResult['writes'],
): CourseResult['writes'] {
  const both = [...seen.keys(), ...writes.keys()].map((key) => {
    const lists = [...(seen.get(key) ?? []), ...(writes.get(key) ?? [])];
    return [key, [...new Map(lists.map((list) => [list.join(), list])).values()]] as const;
  });
  return new Map(both);
}

/** What the further course depends on; draws that lead to the same need not be followed twice. */
function stateOf(course: ControllerCourse, agreeing: readonly number[]): string {
  const { book, fingerprint, hasLoaded } = course.memory;
  const bookings = [...book.bookings].sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([agreeing, servicesIn(course), bookings, fingerprint, hasLoaded]);
}
