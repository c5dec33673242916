import type { Conclusion } from '../../core/diagnosis/conclude.ts';
import { judge } from '../../core/diagnosis/judge.ts';
import type { Material } from '../../core/diagnosis/material.ts';
import type { CauseId, RootCause } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { keyOf } from '../../core/facts/object-ref.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import type { RefusalReason } from '../../core/metallb/answer.ts';
import { whatIf } from '../../core/metallb/what-if.ts';
import { type Ending, onceItWorks } from '../../core/metallb/what-if-course.ts';
import { causeOf } from '../causes.ts';
import { clusterIn } from '../forecast/cluster-in.ts';
import { refusalIn } from '../forecast/refusal.ts';
import { isRefusedByAnyPools } from '../forecast/refused-by-any-pools.ts';
import { whatMustBeKnown } from '../forecast/what-must-be-known.ts';
import { isPending, keyOfService, wantsAddress } from '../models/services.ts';

/** What a forecast for one pending Service rests on. */
export interface MendingScene {
  readonly snapshot: Snapshot;
  readonly material: Material;
  readonly subject: Service | undefined;
}

/**
 * The conclusion with what is foreseen when the first cause is mended and nothing else is. Only what keeps a pending
 * Service waiting is looked at: causes that MetalLB meets before it comes to an allocation.
 */
export function withMending(conclusion: Conclusion, scene: MendingScene): Conclusion {
  const { subject } = scene;
  const keeping = conclusion.rootCauses.filter((root) => keepsPending(root, subject));
  const [first, second] = keeping;
  if (
    subject === undefined ||
    first === undefined ||
    !wantsAddress(subject) ||
    !isPending(subject)
  ) {
    return conclusion;
  }
  const foreseen = foreseenFor(first, second, scene);
  const rootCauses = conclusion.rootCauses.map((root) => {
    const says = root === first ? foreseen : inVain(root, first, keeping);
    return says === undefined ? root : { ...root, ifMendedAlone: says };
  });
  return { ...conclusion, rootCauses };
}

/** An error that concerns everybody, or this Service. */
function keepsPending({ severity, explains }: RootCause, subject: Service | undefined): boolean {
  const key = subject === undefined ? '' : keyOfService(subject);
  const isMine = explains.length === 0 || explains.some((ref) => keyOf(ref) === key);
  return severity === 'error' && isMine;
}

function inVain(
  root: RootCause,
  first: RootCause,
  keeping: readonly RootCause[],
): string | undefined {
  return keeping.includes(root)
    ? `mended alone, this changes nothing for as long as ${first.cause} lasts`
    : undefined;
}

function foreseenFor(
  first: RootCause,
  second: RootCause | undefined,
  scene: MendingScene,
): string | undefined {
  const { subject } = scene;
  if (subject === undefined || !isEarly(first)) {
    return undefined;
  }
  const key = keyOfService(subject);
  return second === undefined
    ? computed(first, subject, scene)
    : `once this is mended, ${key} is still pending: ${second.says}`;
}

/** True for what MetalLB meets before it looks for an address. */
function isEarly({ cause }: RootCause): boolean {
  const stage = causeOf(cause)?.stage;
  return stage === 'selection' || stage === 'installation' || stage === 'configuration';
}

function computed(
  first: RootCause,
  subject: Service,
  { snapshot, material }: MendingScene,
): string | undefined {
  const [installation] = snapshot.installations;
  const known = judge(whatMustBeKnown, material, subject).verdict.verdict === 'pass';
  if (installation === undefined || !known) {
    return undefined;
  }
  const cluster = clusterIn(snapshot, installation);
  const served = withClass(subject, cluster.model.loadBalancerClass);
  const told = whatIf(cluster, served, {});
  const key = keyOfService(subject);
  const stays = told.holds === 'current' && leavesPools.includes(first.cause);
  if (told.answer.outcome === 'refused') {
    const { reason } = told.answer;
    const isCertain =
      reason.kind !== 'no-pool' &&
      !isThereOnceMended(reason, snapshot) &&
      (stays || isWhateverThePools(first, reason.kind));
    const why = refusalIn(told, snapshot)?.says ?? 'MetalLB has no address for it';
    return isCertain ? `once this is mended, ${key} is still refused: ${why}` : undefined;
  }
  return stays ? servedText(key, onceItWorks(cluster, served)) : undefined;
}

/** Mending these makes the controller work, or look at the Service, and leaves every pool as it is. */
const leavesPools: readonly CauseId[] = [
  'class-not-handled',
  'api-server-unreachable',
  'api-server-troubled',
  'watch-stale',
  'pods-blocked-by-quota',
  'pods-blocked-by-admission',
  'pods-blocked-by-pod-security',
  'pods-blocked-by-scc',
  'probe-blocked',
  'webhook-secret-missing',
  'webhook-secret-damaged',
  'controller-without-permission',
  'controller-absent',
  'controller-not-scheduled',
  'controller-image-pull-failing',
  'controller-crash-looping',
  'controller-not-ready',
];

/** A class cannot be changed in place; the Service that is made anew would have the one that is served. */
function withClass(service: Service, handled: string | undefined): Service {
  const { loadBalancerClass: _dropped, ...spec } = service.spec;
  return handled === undefined || handled === ''
    ? { ...service, spec }
    : { ...service, spec: { ...spec, loadBalancerClass: handled } };
}

/** The pool it names is written, only not well: mended, it will be there. */
function isThereOnceMended(reason: RefusalReason, { readings }: Snapshot): boolean {
  return (
    reason.kind === 'requested-pool-missing' &&
    itemsIfRead(readings.ipAddressPools).some(({ metadata }) => metadata.name === reason.pool)
  );
}

/** Refusals that no way of mending a rejected configuration does away with. */
function isWhateverThePools({ cause }: RootCause, kind: string): boolean {
  const isOfTheService = isRefusedByAnyPools(kind) || kind === 'requested-pool-missing';
  return cause === 'config-rejected' && isOfTheService;
}

const endingsTold = 3;

function servedText(
  key: string,
  { endings, isComplete }: ReturnType<typeof onceItWorks>,
): string | undefined {
  const served = endings.filter(({ addresses }) => addresses.length > 0);
  if (served.length === 0) {
    return undefined;
  }
  const isOpen = served.length < endings.length;
  const told = served.slice(0, endingsTold).map(placeText).join(' or ');
  const more = served.length > endingsTold || !isComplete ? ', or another one' : '';
  return isOpen
    ? `once this is mended, ${key} may get ${told}${more}, or nothing: others wait for the same addresses`
    : `once this is mended, ${key} gets ${told}${more}`;
}

function placeText({ pool, addresses }: Ending): string {
  return `${addresses.join(' and ')} from ${pool ?? '?'}`;
}
