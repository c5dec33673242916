import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBareController } from '../../testbed/bare-controller.ts';
import type { BareController } from '../../testbed/bare-controller.ts';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import { LiveCourse } from './live-course.ts';
import type { Course } from './operations.ts';
import { courseOf, onIPv4Alone } from './random-courses.ts';
import { Disagreement, runCourse } from './run-course.ts';
import { Tally } from './tally.ts';

/** The same courses in every run, unless another seed or number is asked for. */
const seed = Number(process.env['TRIAGE_DIFFERENTIAL_SEED'] ?? 20_261_121);
const wantedCourses = process.env['TRIAGE_DIFFERENTIAL_COURSES'];
const shrinkingMs = 60_000;
const msPerCourse = 40_000;
/** In a short run these are more than their share, and no sign of anything. */
const fewSteps = 4;
const foundFolder = join(import.meta.dirname, '..', '..', 'vectors', 'found');

interface Cluster {
  readonly name: string;
  readonly ranges: readonly string[];
  readonly course: fc.Arbitrary<Course>;
  /** How many courses are run when nobody asks for another number, and how many steps they must come to. */
  readonly courses: number;
  readonly leastSteps: number;
}

const anyCourse = courseOf({ min: 9, max: 14 });
const clusters: readonly Cluster[] = [
  {
    name: 'both families',
    ranges: ['10.96.0.0/16', 'fd00:96::/108'],
    course: anyCourse,
    courses: 34,
    leastSteps: 300,
  },
  {
    // Here a Service that prefers both families has one cluster IP, and may never come to rest.
    name: 'IPv4 alone',
    ranges: ['10.96.0.0/16'],
    course: anyCourse.map(onIPv4Alone),
    courses: 6,
    leastSteps: 20,
  },
];

/** Tests that the real controller of a release never does what our model of it cannot do. */
export function describeDifferential(version: MetalLBVersion): void {
  describe.each(clusters)(`the real controller ${version} on an API server of $name`, (cluster) => {
    let bare: BareController;
    let live: LiveCourse;

    beforeAll(async () => {
      bare = await startBareController(version, cluster.ranges);
      live = await LiveCourse.on(bare, version);
    });

    afterAll(async () => {
      await live?.stop();
      await bare?.stop();
    });

    const courses = Number(wantedCourses ?? cluster.courses);
    const timeout = shrinkingMs + courses * msPerCourse;
    test('does in every step what our model can do', { timeout }, async () => {
      const tally = new Tally();
      const found = await firstDisagreement({ ...cluster, courses }, (course) =>
        runCourse(live, { version, course, tally }),
      );
      process.stdout.write(`${version}, seed ${seed}: ${tally.summary(live)}\n`);
      const kept = found && keep(found, `${version}-${cluster.ranges.length}-seed-${seed}`);
      expect(kept, 'the real controller took a course that ours cannot take').toBeUndefined();
      expect(live.refused / live.writes).toBeLessThan(0.1);
      expect(tally.open).toBeLessThan(Math.max(fewSteps, tally.steps * 0.02));
      const leastSteps = wantedCourses === undefined ? cluster.leastSteps : 1;
      expect(tally.steps).toBeGreaterThanOrEqual(leastSteps);
    });
  });
}

/** Runs random courses; the first that disagrees is made smaller for as long as there is time. */
async function firstDisagreement(
  { course, courses }: Pick<Cluster, 'course' | 'courses'>,
  run: (course: Course) => Promise<void>,
): Promise<Disagreement | undefined> {
  let found: Disagreement | undefined;
  let endsAt = Infinity;
  const agrees = fc.asyncProperty(course, async (one) => {
    if (performance.now() > endsAt) {
      return;
    }
    try {
      await run(one);
    } catch (error) {
      if (error instanceof Disagreement) {
        found = error;
        endsAt = Math.min(endsAt, performance.now() + shrinkingMs);
      }
      throw error;
    }
  });
  const { failed, errorInstance } = await fc.check(agrees, { seed, numRuns: courses });
  if (failed && !(errorInstance instanceof Disagreement)) {
    throw errorInstance;
  }
  return found;
}

/** Keeps the case beside the recorded courses, so that it can be run again without a cluster. */
function keep(found: Disagreement, name: string): string {
  mkdirSync(foundFolder, { recursive: true });
  const file = join(foundFolder, `${name}.jsonl`);
  writeFileSync(file, `${JSON.stringify({ ...found.recorded, id: name })}\n`);
  return `${found.message}; the case is in ${file}`;
}
