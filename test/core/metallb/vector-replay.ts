import { allocatedFromAnnotation } from '../../../src/core/metallb/look-at-service.ts';
import { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import type { Chooser } from '../../../src/core/metallb/controller-memory.ts';
import type { CourseResult } from '../../../src/core/metallb/course-run.ts';
import type { ConfigurationProblem } from '../../../src/core/metallb/configuration.ts';
import { keyOf } from '../../../src/core/facts/object-ref.ts';
import type { VectorCase, VectorStep } from './vector-cases.ts';
import { worldObject } from './vector-objects.ts';

/** The controller of a case, not started yet. */
export function courseFor({ version, controller }: VectorCase): ControllerCourse {
  const { lbClass: loadBalancerClass, ...settings } = controller;
  return new ControllerCourse({ version, loadBalancerClass, ...settings });
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
