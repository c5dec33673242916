import { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import type { StepOutcome, VectorCase, VectorStep } from '../../core/metallb/vector-cases.ts';
import { differenceInAdmission } from './admissions.ts';
import type { LiveCourse } from './live-course.ts';
import type { LiveStep } from './live-step.ts';
import type { Course, Operation } from './operations.ts';
import { agreeing } from './predicted-courses.ts';
import type { Agreement, Alive } from './predicted-courses.ts';
import { metallbNamespace } from './random-pools.ts';
import type { Tally } from './tally.ts';

/** The real controller did what none of our courses does. */
export class Disagreement extends Error {
  readonly recorded: VectorCase;

  constructor(why: string, recorded: VectorCase) {
    super(`step ${recorded.steps.length - 1}: ${why}`);
    this.recorded = recorded;
  }
}

/** Leads the real controller through a course and holds every step to what our model can do. */
export async function runCourse(
  live: LiveCourse,
  { version, course, tally }: { version: string; course: Course; tally: Tally },
): Promise<void> {
  const follower = new Follower(live, version, tally);
  tally.beginCourse();
  const started = await follower.follow(await live.start(course.start));
  if (!started) {
    return;
  }
  for (const operation of course.operations) {
    if (isEmpty(operation)) {
      continue;
    }
    const goesOn = await follower.follow(await live.perform(operation));
    if (!goesOn) {
      return;
    }
  }
}

/** Our courses at the heels of the real one. */
class Follower {
  readonly #live: LiveCourse;
  readonly #version: string;
  readonly #tally: Tally;
  readonly #steps: VectorStep[] = [];
  readonly #outcomes: StepOutcome[] = [];
  #alive: Alive;
  #refused: boolean | undefined;

  constructor(live: LiveCourse, version: string, tally: Tally) {
    this.#live = live;
    this.#version = version;
    this.#tally = tally;
    const settings = {
      version,
      namespace: metallbNamespace,
      bgpType: 'native',
      apiServerDefaults: true,
    };
    this.#alive = [new ControllerCourse({ ...settings, loadBalancerClass: undefined })];
  }

  /** False when the course ends here: the controller never comes to rest again, or we cannot follow it. */
  async follow(first: LiveStep): Promise<boolean> {
    let step = first;
    let agreement = this.#compare(step);
    for (let looks = 1; looks < mostLooks && isRefuted(agreement); looks += 1) {
      step = await this.#live.again(step);
      agreement = this.#compare(step);
    }
    this.#steps.push(step.step);
    this.#outcomes.push(step.outcome);
    if (agreement.isOpen) {
      this.#tally.leaveOpen();
      return false;
    }
    if (agreement.alive.length === 0) {
      throw new Disagreement(agreement.why, this.#recorded());
    }
    this.#tally.count(step, { isLate: step !== first, tries: agreement.tries });
    this.#alive = agreement.alive;
    this.#refused = step.lastRefused ?? this.#refused;
    return step.outcome.unsettled !== true;
  }

  #compare(step: LiveStep): Agreement {
    const why =
      differenceInAdmission(this.#alive[0]?.world, step, this.#version) ??
      differenceInState(step, step.lastRefused ?? this.#refused);
    return why === undefined
      ? agreeing(this.#alive, step)
      : { alive: [], tries: 0, why, isOpen: false };
  }

  #recorded(): VectorCase {
    return {
      id: 'found',
      version: this.#version,
      mode: 'live',
      tags: [],
      controller: { namespace: metallbNamespace, bgpType: 'native', apiServerDefaults: true },
      steps: this.#steps,
      outcomes: [{ runs: 1, steps: this.#outcomes }],
    };
  }
}

/** On a slow machine what is late may still be late at the second look. */
const mostLooks = 6;

function isRefuted({ alive, isOpen }: Agreement): boolean {
  return alive.length === 0 && !isOpen;
}

/** ConfigurationState says of the configuration what the last look at it said. */
function differenceInState({ state }: LiveStep, refused: boolean | undefined): string | undefined {
  const expected = refused === true ? 'Invalid' : 'Valid';
  return state === undefined || state === expected
    ? undefined
    : `ConfigurationState is ${state}, expected ${expected}`;
}

function isEmpty(operation: Operation): boolean {
  return operation.op === 'change' && operation.writes.length === 0;
}
