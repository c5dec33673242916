import type { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import type { Chooser } from '../../../src/core/metallb/controller-memory.ts';
import type { ConfigurationLook, CourseResult } from '../../../src/core/metallb/course-run.ts';
import type { VectorStep } from '../../core/metallb/vector-cases.ts';
import { disagreement } from '../../core/metallb/vector-comparison.ts';
import { worldObject } from '../../core/metallb/vector-objects.ts';
import { perform } from '../../core/metallb/vector-replay.ts';
import type { LiveStep } from './live-step.ts';

/** Every course our model can have taken up to here, as far as they were told apart. */
export type Alive = readonly ControllerCourse[];

/** What of our courses agrees with the real step; `why` is the difference of the first when none does. */
export interface Agreement {
  readonly alive: Alive;
  readonly tries: number;
  readonly why: string;
}

const triesPerStep = 6_000;
/** After the first that agrees, so many more are looked at: a hidden difference may show later. */
const furtherTries = 150;
const mostAlive = 12;

/** Runs our model through all orders and draws until some course agrees with what really happened. */
export function agreeing(alive: Alive, { step, outcome }: LiveStep): Agreement {
  const found = new Map<string, ControllerCourse>();
  let tries = 0;
  let limit = triesPerStep;
  let why = '';
  for (const plan of plansOf(step)) {
    for (const before of alive) {
      for (const choose of draws()) {
        if (tries >= limit || found.size >= mostAlive) {
          return { alive: [...found.values()], tries, why };
        }
        tries += 1;
        const course = before.copy();
        const result = inTurn(plan.map((part) => take(course, part, choose)));
        const difference = disagreement(outcome, { course, result });
        why ||= difference ?? '';
        if (difference === undefined) {
          limit = found.size === 0 ? tries + furtherTries : limit;
          found.set(markOf(course), course);
        }
      }
    }
  }
  return { alive: [...found.values()], tries, why };
}

/** A part of a step, as the controller came to know of it. */
interface Part extends VectorStep {
  readonly poolsFirst?: true;
}

function take(course: ControllerCourse, part: Part, choose: Chooser): CourseResult {
  if (part.poolsFirst !== true) {
    return perform(course, part, choose);
  }
  const puts = (part.objects ?? []).map(worldObject);
  return course.apply({ removes: part.delete ?? [], puts, poolsFirst: true }, choose);
}

/**
 * The orders in which the controller may come to know of changes made at once. Services come in the order of their
 * writes. Pools and namespaces come over watches of their own, so they may be looked at before the Services, after
 * some of them, after all, or one by one.
 */
function plansOf(step: VectorStep): readonly (readonly Part[])[] {
  const single = singlesOf(step);
  if (single.length < 2) {
    return [[step]];
  }
  const services = single.filter(isOfService);
  const others = single.filter((one) => !isOfService(one));
  const alone = (part: readonly Part[]): readonly Part[] => together(part);
  const poolsFirst = (part: readonly Part[]): readonly Part[] =>
    together(part).map((one) => ({ ...one, poolsFirst: true }));
  const splits = services.map((_, at) => [services.slice(0, at), services.slice(at)] as const);
  return [
    [step],
    poolsFirst(single),
    ...splits.map(([early, late]) => [...alone(early), ...alone([...late, ...others])]),
    ...splits.map(([early, late]) => [...alone(early), ...poolsFirst([...late, ...others])]),
    [...alone(services), ...alone(others)],
    [...alone(others), ...alone(services)],
    [...alone(services), ...others],
    ...others.flatMap((one) => {
      const rest = single.filter((each) => each !== one);
      return [
        [one, ...alone(rest)],
        [one, ...poolsFirst(rest)],
        [...alone(rest), one],
        [...poolsFirst(rest), one],
      ];
    }),
    single,
    single.toReversed(),
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

function isOfService({ delete: removed = [], objects = [] }: VectorStep): boolean {
  return [...removed, ...objects].every(({ kind }) => kind === 'Service');
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

/** All sequences of draws, like an odometer whose wheels are found as one goes. */
function* draws(): Generator<Chooser> {
  let prefix: number[] | undefined = [];
  while (prefix !== undefined) {
    const given: number[] = prefix;
    const made: { drawn: number; count: number }[] = [];
    yield (count) => {
      const drawn = given[made.length] ?? 0;
      made.push({ drawn, count });
      return drawn;
    };
    const wheel = made.findLastIndex(({ drawn, count }) => drawn + 1 < count);
    prefix =
      wheel < 0
        ? undefined
        : made.slice(0, wheel + 1).map(({ drawn }, at) => (at === wheel ? drawn + 1 : drawn));
  }
}

/** Courses that hold the same are the same from here on. */
function markOf(course: ControllerCourse): string {
  const { book, fingerprint, hasLoaded } = course.memory;
  const bookings = [...book.bookings].map(([key, { pool, addresses }]) => [key, pool, addresses]);
  return JSON.stringify([bookings, fingerprint, hasLoaded]);
}
