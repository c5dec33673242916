import type { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import type { Chooser } from '../../../src/core/metallb/controller-memory.ts';
import type { ConfigurationLook, CourseResult } from '../../../src/core/metallb/course-run.ts';
import type { StepOutcome, VectorStep } from '../../core/metallb/vector-cases.ts';
import { disagreement } from '../../core/metallb/vector-comparison.ts';
import { Draws } from '../../core/metallb/vector-draws.ts';
import { perform } from '../../core/metallb/vector-replay.ts';
import type { LiveStep } from './live-step.ts';

/** Every course our model can have taken up to here, as far as they were told apart. */
export type Alive = readonly ControllerCourse[];

/** What of our courses agrees with the real step; `why` is the difference of the first when none does. */
export interface Agreement {
  readonly alive: Alive;
  readonly tries: number;
  readonly why: string;
  /** True when none was found in the time there is, but not all were tried. */
  readonly isOpen: boolean;
}

/** Every order gets a few tries before any gets many. */
const triesPerOrder = [150, 5_000] as const;
const msPerStep = 6_000;
/** After the first that agrees, so many more are looked at: a hidden difference may show later. */
const furtherTries = 150;
const mostAlive = 12;

/** Runs our model through all orders and draws until some course agrees with what really happened. */
export function agreeing(alive: Alive, { step, outcome }: LiveStep): Agreement {
  const found = new Map<string, ControllerCourse>();
  const endsAt = performance.now() + msPerStep;
  let tries = 0;
  let most = Infinity;
  let why = '';
  for (const { plan, before, choose } of attempts(step, alive)) {
    const isOpen = performance.now() > endsAt && found.size === 0;
    if (tries >= most || found.size >= mostAlive || isOpen) {
      return { alive: [...found.values()], tries, why, isOpen };
    }
    tries += 1;
    const course = before.copy();
    const result = inTurn(plan.map((part) => perform(course, part, choose)));
    const difference = differenceIn(outcome, { course, result });
    why ||= difference ?? '';
    if (difference === undefined) {
      most = found.size === 0 ? tries + furtherTries : most;
      found.set(markOf(course), course);
    }
  }
  return { alive: [...found.values()], tries, why, isOpen: false };
}

interface Attempt {
  readonly plan: readonly VectorStep[];
  readonly before: ControllerCourse;
  readonly choose: Chooser;
}

function* attempts(step: VectorStep, alive: Alive): Generator<Attempt> {
  for (const count of triesPerOrder) {
    for (const plan of plansOf(step)) {
      for (const before of alive) {
        for (const { choose } of new Draws(count)) {
          yield { plan, before, choose };
        }
      }
    }
  }
}

/** Of several Services that find no rest, each takes turns with the others as chance will have it. */
function differenceIn(
  outcome: StepOutcome,
  step: { readonly course: ControllerCourse; readonly result: CourseResult },
): string | undefined {
  if (Object.keys(outcome.flapping ?? {}).length < 2) {
    return disagreement(outcome, step);
  }
  const { settled, configuration } = step.result;
  return !settled && configuration?.result === outcome.config?.result
    ? undefined
    : `settled: ${settled}, configuration ${configuration?.result}`;
}

/**
 * The ways in which the controller may come to know of changes made at once: all together, one by one, or the first of
 * them before it is told of the others.
 */
function plansOf(step: VectorStep): readonly (readonly VectorStep[])[] {
  const single = singlesOf(step);
  return single.length < 2
    ? [[step]]
    : [
        [step],
        single,
        ...single
          .slice(1)
          .map((_, at) => [
            ...together(single.slice(0, at + 1)),
            ...together(single.slice(at + 1)),
          ]),
      ];
}

function singlesOf({ op, delete: removed = [], objects = [] }: VectorStep): VectorStep[] {
  return op === 'apply'
    ? [
        ...removed.map((ref): VectorStep => ({ op, delete: [ref] })),
        ...objects.map((object): VectorStep => ({ op, objects: [object] })),
      ]
    : [];
}

function together(steps: readonly VectorStep[]): readonly VectorStep[] {
  return steps.length === 0
    ? []
    : [
        {
          op: 'apply',
          delete: steps.flatMap((step) => step.delete ?? []),
          objects: steps.flatMap((step) => step.objects ?? []),
        },
      ];
}

/** What came of changes that were worked off one after the other, as if it were one. */
function inTurn(results: readonly CourseResult[]): CourseResult {
  const looks = results.flatMap(({ configuration }) => configuration ?? []);
  return {
    configuration: asOne(looks),
    events: concatenated(results.map(({ events }) => events)),
    settled: results.every(({ settled }) => settled),
    writes: concatenated(results.map(({ writes }) => writes)),
  };
}

function asOne(looks: readonly ConfigurationLook[]): ConfigurationLook | undefined {
  const last = looks.at(-1);
  if (last?.result === 'rejected') {
    const problems = looks.flatMap((look) => (look.result === 'rejected' ? look.problems : []));
    return { result: 'rejected', problems };
  }
  const reloaded = looks.some(({ result }) => result === 'reloaded');
  return last && { result: reloaded ? 'reloaded' : 'unchanged' };
}

function concatenated<Item>(
  maps: readonly ReadonlyMap<string, readonly Item[]>[],
): ReadonlyMap<string, readonly Item[]> {
  const all = maps.flatMap((map) => [...map]);
  const grouped = Map.groupBy(all, ([key]) => key);
  return new Map([...grouped].map(([key, parts]) => [key, parts.flatMap(([, items]) => items)]));
}

/** Courses that hold the same are the same from here on. */
function markOf(course: ControllerCourse): string {
  const { book, fingerprint, hasLoaded } = course.memory;
  const bookings = [...book.bookings].map(([key, { pool, addresses }]) => [key, pool, addresses]);
  return JSON.stringify([bookings, fingerprint, hasLoaded]);
}
