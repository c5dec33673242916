import type { CauseId, RootCause, Scope } from '../../core/facts/finding.ts';
import { keyOf, type ObjectRef } from '../../core/facts/object-ref.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Causes that lie in one pool; what they name as fault is that pool. */
const ofOnePool: readonly CauseId[] = [
  'pool-exhausted',
  'requested-pool-exhausted',
  'requested-pool-not-for-service',
  'pool-unadvertised',
  'pool-without-addresses',
];

const shown = 5;

/** How far the errors reach: nobody, one or some Services, a pool, or everybody. */
export function scopeOf(rootCauses: readonly RootCause[], pending: readonly ObjectRef[]): Scope {
  const faults = rootCauses.filter((cause) => cause.severity === 'error');
  const errors = faults.filter((cause) => !strikesChangesOnly(cause));
  const services = affectedBy(errors);
  const left = new Set(affectedBy(rootCauses.filter(isSomebodyElses)).map(keyOf));
  const waiting = pending.filter((ref) => !left.has(keyOf(ref)));
  if (errors.length === 0) {
    const warnings = rootCauses.filter(({ severity }) => severity === 'warning');
    const says = peaceText(waiting, { left: left.size, warnings });
    return {
      reach: 'none',
      says: faults.length === 0 ? says : `${says}; only changes are refused`,
    };
  }
  if (errors.some(reachesEverybody)) {
    const without = waiting.length === 0 ? '' : `; without address now: ${serviceText(waiting)}`;
    return {
      reach: 'cluster',
      services: services.length === 0 ? waiting : services,
      says: `the whole cluster: every LoadBalancer Service${without}`,
    };
  }
  const rest = restText(waiting, services);
  if (errors.every(liesInAPool)) {
    const pools = [...new Set(errors.flatMap(poolsAtFault))].toSorted();
    const which = `${pools.length === 1 ? 'pool' : 'pools'} ${pools.join(', ')}`;
    return { reach: 'pool', pools, services, says: `${which}: ${serviceText(services)}${rest}` };
  }
  return { reach: 'service', services, says: `${serviceText(services)}${rest}` };
}

/** Those that wait for a reason nobody could find or look at. */
function restText(waiting: readonly ObjectRef[], told: readonly ObjectRef[]): string {
  const known = new Set(told.map(keyOf));
  const others = waiting.filter((ref) => !known.has(keyOf(ref)));
  return others.length === 0 ? '' : `; without address and unexplained: ${serviceText(others)}`;
}

/** Pending Services are counted even where nothing is wrong with MetalLB. */
function peaceText(
  waiting: readonly ObjectRef[],
  { left, warnings }: { readonly left: number; readonly warnings: readonly RootCause[] },
): string {
  if (waiting.length > 0) {
    return `without address now: ${serviceText(waiting)}`;
  }
  const unmade = affectedBy(warnings.filter(isOfUnmade));
  if (unmade.length > 0) {
    return `no Service that is there is without address; not made: ${serviceText(unmade)}`;
  }
  const touched = affectedBy(warnings);
  if (touched.length > 0) {
    return `no Service is without address; concerned: ${serviceText(touched)}`;
  }
  return left === 0
    ? 'no Service is affected'
    : `no Service of MetalLB's is affected; ${left} of another class ${left === 1 ? 'is' : 'are'} pending`;
}

/** What a quota refuses is not there, and has no address to lose. */
function isOfUnmade({ cause }: RootCause): boolean {
  return cause === 'services-blocked-by-quota';
}

function isSomebodyElses({ cause, severity }: RootCause): boolean {
  return cause === 'class-not-handled' && severity === 'info';
}

function affectedBy(causes: readonly RootCause[]): readonly ObjectRef[] {
  const byKey = new Map(causes.flatMap((cause) => cause.explains).map((ref) => [keyOf(ref), ref]));
  return [...byKey.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Addresses that are given out do not pass through the webhook. */
function strikesChangesOnly({ about, explains }: RootCause): boolean {
  return about.kind === 'ValidatingWebhookConfiguration' && explains.length === 0;
}

/** A missing pool strikes whoever asks next as well, whoever happens to be pending now. */
function reachesEverybody(cause: RootCause): boolean {
  return cause.explains.length === 0 || cause.cause === 'no-pool';
}

function liesInAPool(cause: RootCause): boolean {
  return /^(?:IP)?AddressPool$/.test(cause.about.kind) && ofOnePool.includes(cause.cause);
}

/** Where every pool it may use is full, each of them is at fault; the last words of the sentence name them. */
function poolsAtFault({ cause, about, says }: RootCause): readonly string[] {
  const [, list] = / may use is full: ([^;]+)$/.exec(says) ?? [];
  return cause !== 'pool-exhausted' || list === undefined ? [about.name] : list.split(', ');
}

function serviceText(services: readonly ObjectRef[]): string {
  const names = services.map(keyOf);
  const noun = names.length === 1 ? 'Service' : `${names.length} Services`;
  return `${noun} ${someOf(names, shown)}`;
}
