import { shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Conclusion } from '../../core/diagnosis/conclude.ts';
import type { CheckId, Diagnosis, PoolUse, RootCause } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { keyOf, type ObjectRef } from '../../core/facts/object-ref.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { waysToKnow } from './ways-to-know.ts';
import { checks } from '../index.ts';
import { notAskedText } from '../not-asked.ts';
import { ageMs } from '../models/ages.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { isPending, keyOfService, wantsAddress } from '../models/services.ts';

type Answer = Pick<Diagnosis, 'outcome' | 'headline' | 'next'>;

/** What the answer rests on besides the verdicts. */
export interface HealthScene {
  readonly snapshot: Snapshot;
  readonly pools: readonly PoolUse[];
  /** Every cause that was found, also those that somebody answers for. */
  readonly found: readonly RootCause[];
  /** True when the person asked for some of the checks only. */
  readonly isPartial: boolean;
  /** The checks that were left out by choice, and whose answer is missed. */
  readonly notAsked: readonly CheckId[];
}

/** The answer to "how is MetalLB?" in one sentence. */
export function healthAnswer(conclusion: Conclusion, scene: HealthScene): Answer {
  const { snapshot, pools, found, isPartial, notAsked } = scene;
  const { rootCauses, verdicts, unknowns } = conclusion;
  const errors = rootCauses.filter((cause) => cause.severity === 'error');
  const warnings = rootCauses.filter((cause) => cause.severity === 'warning');
  const [first] = errors;
  const [warning] = warnings;
  const next = rootCauses.slice(0, 2).map((cause) => `triage explain ${cause.cause}`);
  if (first !== undefined) {
    const more = errors.length === 1 ? '' : `${errors.length} problems; the first: `;
    const ask = servicesToAsk(first, snapshot);
    return { outcome: 'problem', headline: `${more}${first.says}`, next: [...next, ...ask] };
  }
  if (verdicts.some((verdict) => verdict.verdict === 'unknown')) {
    return {
      outcome: 'unknown',
      headline: openText(snapshot, unknowns),
      next: waysToKnow(unknowns).slice(0, 5),
    };
  }
  const part = isPartial ? partialAnswer(conclusion, snapshot, warning) : undefined;
  const left = part === undefined || notAsked.length > 0 ? unexplained(scene) : [];
  if (left.length > 0 && part?.outcome !== 'unknown') {
    return riddle(left, next, notAsked);
  }
  if (part !== undefined) {
    return { ...part, next };
  }
  if (warning !== undefined) {
    const more = warnings.length > 1 ? ` (and ${warnings.length - 1} more)` : '';
    const headline = `MetalLB works, but ${warning.says}${more}`;
    return { outcome: 'warnings', headline, next: [...next, ...whoseTraffic(warning, snapshot)] };
  }
  return {
    outcome: 'healthy',
    headline: wellText(snapshot, pools, found.length > rootCauses.length),
    next: whereItGoes(snapshot),
  };
}

/** Of a few checks, no more can be said than that they found nothing wrong. */
function partialAnswer(
  { verdicts }: Conclusion,
  { readings }: Snapshot,
  warning: RootCause | undefined,
): Omit<Answer, 'next'> {
  const passed = verdicts.filter(({ verdict }) => verdict === 'pass').length;
  const idle = verdicts.filter(({ verdict }) => verdict === 'skipped').length;
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail').length;
  if (passed === 0 && failed === 0 && warning === undefined) {
    const why = idle === 0 ? 'is one for health' : 'applies here';
    return { outcome: 'unknown', headline: `none of the checks asked for ${why}` };
  }
  const waiting = itemsIfRead(readings.services).filter(isPending).length;
  const rest = waiting === 0 ? '' : `; ${countOf(waiting, 'Service')} still without address`;
  const idleText = idle === 0 ? '' : `, ${idle} did not apply`;
  const others = `${failed === 0 ? '' : `, ${failed} found nothing that counts`}${idleText}`;
  return warning === undefined
    ? {
        outcome: 'healthy',
        headline: `the ${countOf(passed, 'check')} asked for passed${others}${rest}`,
      }
    : { outcome: 'warnings', headline: `of the checks asked for: ${warning.says}${rest}` };
}

/** Whether MetalLB is well says little of what is behind an address. */
function whereItGoes({ readings, installations }: Snapshot): readonly string[] {
  const served = itemsIfRead(readings.services).find(
    (service) => isServed(service) && isServedBy(installations[0], service),
  );
  return served === undefined
    ? []
    : ['triage announcers', `triage no-traffic ${shellWord(keyOfService(served))}`];
}

/** A Service that waits is a problem, even when nobody can say which. */
function openText({ readings, installations }: Snapshot, unknowns: Conclusion['unknowns']): string {
  if (Object.values(readings).every(({ state }) => state !== 'read')) {
    return 'nothing can be said, for nothing could be read';
  }
  const facts = [...new Set(unknowns.map(({ fact }) => fact))].join(', ');
  const waiting = itemsIfRead(readings.services).filter(
    (service) => isPending(service) && isServedBy(installations[0], service),
  );
  return waiting.length === 0
    ? `no problem found, but not everything could be looked at: ${facts}`
    : `${whoPends(waiting)} pending, and why cannot be said without more facts: ${facts}`;
}

function whoPends(services: readonly Service[]): string {
  const [first] = services;
  return services.length === 1 && first !== undefined
    ? `${keyOfService(first)} is`
    : `${services.length} Services are`;
}

function riddle(
  services: readonly Service[],
  next: readonly string[],
  notAsked: readonly CheckId[],
): Answer {
  return {
    outcome: 'unknown',
    headline: `${whoPends(services)} pending, and nothing that was looked at explains it${notAskedText(notAsked)}`,
    next: [
      ...services.slice(0, 1).map((each) => `triage pending ${shellWord(keyOfService(each))}`),
      ...next,
    ],
  };
}

const momentMs = 60_000;

/** Services that MetalLB should have served by now, and that no cause tells of. */
function unexplained({ snapshot, found }: HealthScene): readonly Service[] {
  const told = new Set(found.flatMap(({ explains }) => explains).map(keyOf));
  const { readings, installations, takenAt } = snapshot;
  return itemsIfRead(readings.services).filter(
    (service) =>
      isPending(service) &&
      installations.some((each) => isServedBy(each, service)) &&
      !told.has(keyOfService(service)) &&
      (ageMs(service.metadata.creationTimestamp, takenAt) ?? momentMs) >= momentMs,
  );
}

/** One of the Services it explains, if that one is pending and so can be asked about. */
function whichService(services: readonly ObjectRef[], { readings }: Snapshot): readonly string[] {
  const keys = new Set(services.map(keyOf));
  const waiting = itemsIfRead(readings.services).find(
    (service) => isPending(service) && keys.has(keyOfService(service)),
  );
  return waiting === undefined ? [] : [`triage pending ${shellWord(keyOfService(waiting))}`];
}

function servicesToAsk(cause: RootCause, snapshot: Snapshot): readonly string[] {
  return [...whichService(cause.explains, snapshot), ...whoseTraffic(cause, snapshot)];
}

/** One of the Services that have their address, where the cause lies on the way of their traffic. */
function whoseTraffic({ check, explains }: RootCause, { readings }: Snapshot): readonly string[] {
  if (checks.find(({ id }) => id === check)?.link === undefined) {
    return [];
  }
  const keys = new Set(explains.map(keyOf));
  const served = itemsIfRead(readings.services).find(
    (service) => wantsAddress(service) && !isPending(service) && keys.has(keyOfService(service)),
  );
  return served === undefined ? [] : [`triage no-traffic ${shellWord(keyOfService(served))}`];
}

function wellText(
  { readings, installations }: Snapshot,
  pools: readonly PoolUse[],
  isAnsweredFor: boolean,
): string {
  const services = itemsIfRead(readings.services).filter(wantsAddress);
  const served = services.filter(isServed).length;
  const waiting = services.length - served;
  const version = installations[0]?.controllerVersion;
  const name = version === undefined ? 'MetalLB' : `MetalLB ${version}`;
  const rest = waiting === 0 ? '' : `, ${waiting} still without`;
  const state = isAnsweredFor ? 'has nothing wrong that nobody answers for' : 'is healthy';
  return `${name} ${state}: ${countOf(served, 'LoadBalancer Service')} with address${rest}, ${countOf(pools.length, 'pool')}`;
}

function isServed(service: Service): boolean {
  return wantsAddress(service) && !isPending(service);
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
