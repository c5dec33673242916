import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBareController } from '../../testbed/bare-controller.ts';
import type { BareController } from '../../testbed/bare-controller.ts';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import { LiveCourse } from './live-course.ts';
import type { Course } from './operations.ts';
import { courseOf } from './random-courses.ts';
import { Disagreement, runCourse } from './run-course.ts';
import { Tally } from './tally.ts';

/** The same courses in every run, unless another seed is asked for. */
const seed = Number(process.env['TRIAGE_DIFFERENTIAL_SEED'] ?? 20_261_121);
const courses = Number(process.env['TRIAGE_DIFFERENTIAL_COURSES'] ?? 34);
const stepsWanted = 300;
const shrinkingMs = 90_000;
const timeoutMs = 290_000 + courses * 4_000;
const foundFolder = join(import.meta.dirname, '..', '..', 'vectors', 'found');

/** Tests that the real controller of a release never does what our model of it cannot do. */
export function describeDifferential(version: MetalLBVersion): void {
  describe(`the real controller ${version} on a real API server`, () => {
    let bare: BareController;
    let live: LiveCourse;

    beforeAll(async () => {
      bare = await startBareController(version);
      live = await LiveCourse.on(bare, version);
    });

    afterAll(async () => {
      await live?.stop();
      await bare?.stop();
    });

    test('does in every step what our model says', { timeout: timeoutMs }, async () => {
      const tally = new Tally();
      const found = await firstDisagreement((course) =>
        runCourse(live, { version, course, tally }),
      );
      process.stdout.write(`${version}, seed ${seed}: ${tally.summary(live)}\n`);
      expect(found === undefined ? [] : [written(found, version)]).toEqual([]);
      expect(live.refused / live.writes).toBeLessThan(0.1);
      if (courses >= 34) {
        expect(tally.steps).toBeGreaterThanOrEqual(stepsWanted);
      }
    });
  });
}

/** Runs random courses; the first that disagrees is made smaller for as long as there is time. */
async function firstDisagreement(
  run: (course: Course) => Promise<void>,
): Promise<Disagreement | undefined> {
  let found: Disagreement | undefined;
  let endsAt = Infinity;
  await fc
    .check(
      fc.asyncProperty(courseOf({ min: 9, max: 14 }), async (course) => {
        if (performance.now() > endsAt) {
          return;
        }
        try {
          await run(course);
        } catch (error) {
          if (error instanceof Disagreement) {
            found = error;
            endsAt = Math.min(endsAt, performance.now() + shrinkingMs);
          }
          throw error;
        }
      }),
      { seed, numRuns: courses },
    )
    .then(({ failed, errorInstance }) => {
      if (failed && !(errorInstance instanceof Disagreement)) {
        throw errorInstance;
      }
    });
  return found;
}

/** Keeps the case where the recorded courses are kept, so that it can be run again without a cluster. */
function written(found: Disagreement, version: string): string {
  mkdirSync(foundFolder, { recursive: true });
  const file = join(foundFolder, `${version}-seed-${seed}.jsonl`);
  writeFileSync(file, `${JSON.stringify(found.recorded)}\n`);
  return `${found.message}; the case is in ${file}`;
}
