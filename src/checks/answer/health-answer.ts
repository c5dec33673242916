import { shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Conclusion } from '../../core/diagnosis/conclude.ts';
import type { Diagnosis, PoolUse } from '../../core/facts/finding.ts';
import { keyOf, type ObjectRef } from '../../core/facts/object-ref.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { isServedBy } from '../models/pool-membership.ts';
import { isPending, keyOfService, wantsAddress } from '../models/services.ts';

type Answer = Pick<Diagnosis, 'outcome' | 'headline' | 'next'>;

/** The answer to "how is MetalLB?" in one sentence. */
export function healthAnswer(
  conclusion: Conclusion,
  snapshot: Snapshot,
  pools: readonly PoolUse[],
): Answer {
  const { rootCauses, verdicts, unknowns } = conclusion;
  const errors = rootCauses.filter((cause) => cause.severity === 'error');
  const warnings = rootCauses.filter((cause) => cause.severity === 'warning');
  const [first] = errors;
  const [warning] = warnings;
  const next = rootCauses.slice(0, 2).map((cause) => `triage explain ${cause.cause}`);
  if (first !== undefined) {
    const headline =
      errors.length === 1 ? first.says : `${errors.length} problems; the first: ${first.says}`;
    return {
      outcome: 'problem',
      headline,
      next: [...next, ...whichService(first.explains, snapshot)],
    };
  }
  if (verdicts.some((verdict) => verdict.verdict === 'unknown')) {
    const facts = [...new Set(unknowns.map(({ fact }) => fact))];
    const collect = unknowns.flatMap((fact) => fact.collect ?? []);
    return {
      outcome: 'unknown',
      headline: `${openText(snapshot)}: ${facts.join(', ')}`,
      next: [...new Set(collect)].slice(0, 5),
    };
  }
  if (warning !== undefined) {
    const more = warnings.length > 1 ? ` (and ${warnings.length - 1} more)` : '';
    return { outcome: 'warnings', headline: `MetalLB works, but ${warning.says}${more}`, next };
  }
  return { outcome: 'healthy', headline: wellText(snapshot, pools), next: [] };
}

/** A Service that waits is a problem, even when nobody can say which. */
function openText({ readings, installations }: Snapshot): string {
  const waiting = itemsIfRead(readings.services).filter(
    (service) => isPending(service) && isServedBy(installations[0], service),
  );
  const [first] = waiting;
  if (first === undefined) {
    return 'no problem found, but not everything could be looked at';
  }
  const who = waiting.length === 1 ? `${keyOfService(first)} is` : `${waiting.length} Services are`;
  return `${who} pending, and why cannot be said without more facts`;
}

/** One of the Services it explains, if that one is pending and so can be asked about. */
function whichService(services: readonly ObjectRef[], { readings }: Snapshot): readonly string[] {
  const keys = new Set(services.map(keyOf));
  const waiting = itemsIfRead(readings.services).find(
    (service) => isPending(service) && keys.has(keyOfService(service)),
  );
  return waiting === undefined ? [] : [`triage pending ${shellWord(keyOfService(waiting))}`];
}

function wellText({ readings, installations }: Snapshot, pools: readonly PoolUse[]): string {
  const services = itemsIfRead(readings.services).filter(wantsAddress);
  const served = services.filter((service) => !isPending(service)).length;
  const waiting = services.length - served;
  const version = installations[0]?.controllerVersion;
  const name = version === undefined ? 'MetalLB' : `MetalLB ${version}`;
  const rest = waiting === 0 ? '' : `, ${waiting} still without`;
  return `${name} is healthy: ${countOf(served, 'LoadBalancer Service')} with address${rest}, ${countOf(pools.length, 'pool')}`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
