import { isDeepStrictEqual } from 'node:util';
import type { ServiceKey } from '../../../src/core/metallb/answer.ts';
import { publishedUse, takenByPool } from '../../../src/core/metallb/capacity.ts';
import type { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import type { CourseResult } from '../../../src/core/metallb/course-run.ts';
import type { ExpectedEvent } from '../../../src/core/metallb/expected-event.ts';
import { publishedGauges } from '../../../src/core/metallb/pool-gauges.ts';
import { differenceInAdmission, differenceInRefusals } from './vector-admissions.ts';
import type { RecordedEvent, StepOutcome } from './vector-cases.ts';
import type { StepTaken } from './vector-search.ts';
import { isAmong, servicesIn } from './vector-replay.ts';

/** The first thing in which our step differs from the recorded one, or undefined. */
export function disagreement(recorded: StepOutcome, step: StepTaken): string | undefined {
  return answerDisagreement(recorded, step) ?? detailDisagreement(recorded, step);
}

/** Addresses and pool of every Service, configuration, admission: what must never differ. */
export function answerDisagreement(recorded: StepOutcome, step: StepTaken): string | undefined {
  return (
    differenceInRest(recorded, step) ??
    differenceInServices(recorded, step.course) ??
    differenceInConfiguration(recorded, step.result) ??
    (step.admissions && differenceInAdmission(recorded, step.admissions))
  );
}

/** Texts, events, pool status and gauges. */
function detailDisagreement(recorded: StepOutcome, step: StepTaken): string | undefined {
  return (
    differenceInRejections(recorded, step.result) ??
    (step.admissions && differenceInRefusals(recorded, step.admissions)) ??
    differenceInEvents(recorded, step.result) ??
    differenceInPools(recorded, step.course)
  );
}

function differenceInRest(recorded: StepOutcome, step: StepTaken): string | undefined {
  const { settled } = step.result;
  return settled === !(recorded.unsettled ?? false)
    ? differenceInFlapping(recorded, step)
    : `settled: ${settled}`;
}

/** How far back a Service that never settles is looked at: its first writes may be others. */
const lastWrites = 20;

/** A Service that never settles must alternate between the recorded address lists, and in the end no others. */
function differenceInFlapping(
  recorded: StepOutcome,
  { result: { writes }, writesSeen = writes }: StepTaken,
): string | undefined {
  const textsIn = (all: CourseResult['writes'], service: string): readonly string[] =>
    (all.get(service) ?? []).map((list) => list.join());
  for (const [service, lists] of Object.entries(recorded.flapping ?? {})) {
    const theirs = lists.map((list) => list.join());
    const ours = textsIn(writesSeen, service);
    const missing = theirs.find((list) => !ours.includes(list));
    const last = textsIn(writes, service).slice(-lastWrites);
    const extra = last.find((list) => !theirs.includes(list));
    if (missing !== undefined || extra !== undefined) {
      return `${service} flaps between ${[...new Set(ours)].join(' and ')}, recorded ${theirs.join(' and ')}`;
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
  return undefined;
}

function differenceInRejections(
  { config }: StepOutcome,
  { configuration }: CourseResult,
): string | undefined {
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
  const gauges = publishedGauges(course.memory);
  for (const [name, figures] of Object.entries(recorded.metrics ?? {})) {
    const ours = gauges.get(name)?.map(asNumber);
    if (!isDeepStrictEqual(ours, figures.map(asNumber))) {
      return `gauges of pool ${name}: ${ours?.join()}, recorded ${figures.join()}`;
    }
  }
  return undefined;
}

/** A gauge is a floating point number; one that is not there is an empty text. */
function asNumber(figure: string | bigint | undefined): number | undefined {
  return figure === '' || figure === undefined ? undefined : Number(figure);
}
