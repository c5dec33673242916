import { describe, expect, test } from 'vitest';
import type { Service } from '../../../src/core/facts/kube-objects.ts';
import { keyOf } from '../../../src/core/facts/object-ref.ts';
import type { AllocationAnswer } from '../../../src/core/metallb/answer.ts';
import type { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import type { CourseResult } from '../../../src/core/metallb/course-run.ts';
import { explainAllocations } from '../../../src/core/metallb/explain.ts';
import { asReplaced } from '../../../src/core/metallb/replaced.ts';
import { casesOf } from './vector-cases.ts';
import type { VectorCase, VectorStep } from './vector-cases.ts';
import { disagreement } from './vector-comparison.ts';
import { worldObject } from './vector-objects.ts';
import { courseFor, perform } from './vector-replay.ts';

/**
 * Steps in which the API alone cannot tell what the controller remembers: a Service that changed its class by becoming
 * a ClusterIP is passed by, and its address stays booked until the controller restarts (docs/metallb/leaks.md).
 */
const beyondTheSnapshot: Readonly<Record<string, readonly string[]>> = {
  'v0.14.9': ['d-0.14.9-00277 step 2', 'd-0.14.9-00277 step 3'],
};

describe.each(['v0.14.9', 'v0.15.3', 'v0.16.1'])(
  'an answer from a bare snapshot, %s',
  { timeout: 120_000 },
  (version) => {
    test('foretells what the real controller did with each lone Service', () => {
      const told = casesOf(version).flatMap(foretold);
      const wrong = told.filter(({ isRight }) => !isRight).map(({ where }) => where);
      expect(told.length).toBeGreaterThan(1000);
      expect(wrong).toEqual(beyondTheSnapshot[version] ?? []);
    });
  },
);

interface Foretold {
  readonly where: string;
  readonly isRight: boolean;
}

/** Follows the recorded course as long as our first draw does, and asks before each write of one Service. */
function foretold(recorded: VectorCase): readonly Foretold[] {
  const course = courseFor(recorded);
  const told: Foretold[] = [];
  for (const [step, todo] of recorded.steps.entries()) {
    const written = loneService(todo, course);
    const answer = written && answerTo(written, course, recorded);
    const result = perform(course, todo, () => 0);
    const outcome = recorded.outcomes[0]?.steps[step] ?? {};
    if (disagreement(outcome, { course, result }) !== undefined) {
      return told;
    }
    if (written !== undefined && answer !== undefined && result.settled) {
      const isRight = agrees(answer, course, { result, key: keyOf(written.metadata) });
      told.push({ where: `${recorded.id} step ${step}`, isRight });
    }
  }
  return told;
}

/** The Service as it stands in the API before the controller reacts; undefined when the write changes nothing. */
function loneService(step: VectorStep, course: ControllerCourse): Service | undefined {
  const [raw, ...others] = step.objects ?? [];
  if (step.op !== 'apply' || raw?.kind !== 'Service' || others.length > 0 || step.delete) {
    return undefined;
  }
  const object = worldObject(raw);
  const stored = course.world.stored(object);
  const written = stored === undefined ? object : asReplaced(stored, object);
  const changes = JSON.stringify(stored) !== JSON.stringify(written);
  return written.kind === 'Service' && changes ? written : undefined;
}

function answerTo(
  service: Service,
  course: ControllerCourse,
  { version, controller }: VectorCase,
): AllocationAnswer {
  const world = course.world.copy();
  world.put(service);
  const { pools, communities, namespaces, services } = world;
  const { lbClass: loadBalancerClass, bgpType, namespace } = controller;
  const explained = explainAllocations({
    pools,
    communities,
    namespaces,
    services,
    version,
    loadBalancerClass,
    bgpType,
    namespace,
  });
  return explained.answerFor(service);
}

function agrees(
  answer: AllocationAnswer,
  course: ControllerCourse,
  { result, key }: { readonly result: CourseResult; readonly key: string },
): boolean {
  const ingress = course.world.service(key)?.status.ingress ?? [];
  const final = sorted(ingress.map(({ ip }) => ip ?? ''));
  const events = result.events.get(key) ?? [];
  switch (answer.outcome) {
    case 'holds':
      return sorted(answer.allocation.addresses) === final;
    case 'would-get':
      return answer.options.some(({ addresses }) => sorted(addresses) === final);
    case 'refused': {
      const said = answer.events.every((event) =>
        events.some(({ message }) => message === event.message),
      );
      return said && (answer.keepsStatus || final === '');
    }
    case 'not-handled':
    case 'undecided':
      return true;
  }
}

function sorted(addresses: readonly string[]): string {
  return addresses.toSorted().join();
}
