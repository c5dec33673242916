import { isDeepStrictEqual } from 'node:util';
import type { ServiceKey } from '../../../src/core/metallb/answer.ts';
import {
  publishedCapacity,
  publishedUse,
  takenByPool,
} from '../../../src/core/metallb/capacity.ts';
import type { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import type { CourseResult } from '../../../src/core/metallb/course-run.ts';
import type { ExpectedEvent } from '../../../src/core/metallb/expected-event.ts';
import type { RecordedEvent, StepOutcome } from './vector-cases.ts';
import { isAmong, servicesIn } from './vector-replay.ts';

interface Step {
  readonly course: ControllerCourse;
  readonly result: CourseResult;
}

/** The first thing in which our step differs from the recorded one, or undefined. */
export function disagreement(recorded: StepOutcome, step: Step): string | undefined {
  return (
    differenceInRest(recorded, step) ??
    differenceInServices(recorded, step.course) ??
    differenceInConfiguration(recorded, step.result) ??
    differenceInEvents(recorded, step.result) ??
    differenceInPools(recorded, step.course)
  );
}

function differenceInRest(recorded: StepOutcome, { result }: Step): string | undefined {
  return result.settled === !(recorded.unsettled ?? false)
    ? differenceInFlapping(recorded, result)
    : `settled: ${result.settled}`;
}

/** A Service that never settles must alternate between the recorded address lists, and no others. */
function differenceInFlapping(recorded: StepOutcome, { writes }: CourseResult): string | undefined {
  for (const [service, lists] of Object.entries(recorded.flapping ?? {})) {
    const ours = new Set((writes.get(service) ?? []).map((list) => list.join()));
    const theirs = new Set(lists.map((list) => list.join()));
    if (!isDeepStrictEqual(ours, theirs)) {
      return `${service} flaps between ${[...ours].join(' and ')}`;
    }
  }
  return undefined;
}

function differenceInServices(recorded: StepOutcome, course: ControllerCourse): string | undefined {
  const restless = Object.keys(recorded.flapping ?? {});
  const ours = Object.fromEntries(
    Object.entries(servicesIn(course)).filter(([key]) => !restless.includes(key)),
  );
  return isDeepStrictEqual(ours, recorded.services ?? {})
    ? undefined
    : `services ${JSON.stringify(ours)}, recorded ${JSON.stringify(recorded.services)}`;
}

function differenceInConfiguration(
  { config }: StepOutcome,
  { configuration }: CourseResult,
): string | undefined {
  if (config?.result !== configuration?.result) {
    return `configuration ${configuration?.result}, recorded ${config?.result}`;
  }
  const problems = configuration?.result === 'rejected' ? configuration.problems : [];
  const unknown = (config?.errors ?? []).find((error) => !isAmong(error, problems));
  return unknown === undefined
    ? undefined
    : `configuration error ${unknown}, ours ${problems.map(({ message }) => message).join(' | ')}`;
}

function differenceInEvents(recorded: StepOutcome, { events }: CourseResult): string | undefined {
  const required = recorded.events ?? {};
  const allowed = recorded.maybeEvents ?? {};
  const keys = new Set([...Object.keys(required), ...events.keys()]);
  for (const key of keys) {
    const ours = textsOf(events.get(key));
    const must = textsOf(required[key]);
    const may = textsOf(allowed[key]);
    const missing = [...must].find((text) => !ours.has(text));
    const extra = [...ours].find((text) => !must.has(text) && !may.has(text));
    if (missing !== undefined || extra !== undefined) {
      return `events of ${key}: missing ${missing}, too many ${extra}`;
    }
  }
  return undefined;
}

function textsOf(
  events: readonly (ExpectedEvent | RecordedEvent)[] | undefined,
): ReadonlySet<string> {
  return new Set(
    (events ?? []).map(({ type, reason, message }) => `${type} ${reason} ${sorted(message)}`),
  );
}

/** The one list that MetalLB prints in random order. */
function sorted(message: string): string {
  return message.replace(
    /address also in use by (.*)$/,
    (_, holders: ServiceKey) => `address also in use by ${holders.split(',').sort().join(',')}`,
  );
}

function differenceInPools(recorded: StepOutcome, course: ControllerCourse): string | undefined {
  const { index, book } = course.memory;
  const taken = takenByPool(book);
  for (const [name, figures] of Object.entries(recorded.poolStatus ?? {})) {
    const pool = index?.byName.get(name);
    const use = pool && publishedUse(pool, taken.get(name) ?? []);
    const {
      assignedIPv4 = 0n,
      assignedIPv6 = 0n,
      availableIPv4 = 0n,
      availableIPv6 = 0n,
    } = use ?? {};
    const ours = [assignedIPv4, assignedIPv6, availableIPv4, availableIPv6].map(String);
    if (!isDeepStrictEqual(ours, figures)) {
      return `status of pool ${name}: ${ours.join()}, recorded ${figures.join()}`;
    }
  }
  for (const [name, figures] of Object.entries(recorded.metrics ?? {})) {
    const pool = index?.byName.get(name);
    const capacity = pool && publishedCapacity(pool);
    const ours = capacity && [capacity.total, capacity.ipv4, capacity.ipv6].map(Number);
    if (ours !== undefined && !isDeepStrictEqual(ours, figures.slice(0, 3).map(Number))) {
      return `gauges of pool ${name}: ${ours.join()}, recorded ${figures.join()}`;
    }
  }
  return undefined;
}
