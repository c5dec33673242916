import { remembered } from '../../core/diagnosis/facts.ts';
import type { KubeEvent, Service } from '../../core/facts/kube-objects.ts';
import { keyOf } from '../../core/facts/object-ref.ts';
import { explainAllocations } from '../../core/metallb/explain.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { claimOf } from '../../core/metallb/claim.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenField, workedOut } from '../models/seen.ts';
import { isPending, keyOfService } from '../models/services.ts';
import { defineBug, type KnownBug } from './known-bug.ts';
import { type AllocatorFacts, allocatorHelps, allocatorNeeds } from './material.ts';
import { servedIn, sureModel } from './material.ts';

const touchIt =
  'Touch the waiting Service (any annotation), or restart the controller when nothing else is pending.';

/** Faults of the controller in handing out addresses of one family. */
export const allocationBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#2656',
    related: ['metallb#2714'],
    title: 'A pool that only has a priority is never used by itself',
    program: 'controller',
    since: 'v0.13.9',
    fixedIn: 'v0.15.0',
    severity: 'warning',
    whatGoesWrong:
      'serviceAllocation without namespaces and selectors should mean "for everybody, preferred by priority". These releases file the pool under nobody: it is neither among the pinned pools nor among the ordinary ones, and no Service gets an address from it unless it names the pool.',
    recognisedBy:
      'an IPAddressPool whose serviceAllocation has neither namespaces nor selectors, and that is not manual',
    workaround:
      'Add a namespaceSelectors entry that matches every namespace, or let the Service name the pool, or go to v0.15.0.',
    accountsFor: ['pool-not-for-service'],
    needs: ['ipAddressPools'],
    helps: ['namespaces', 'communities'],
    signs: (facts) =>
      ownPools(facts)
        .filter(({ spec }) => spec.autoAssign !== false && namesNobody(spec.serviceAllocation))
        .map((pool) => ({
          about: refOf(pool),
          says: `pool ${pool.metadata.name} has only a priority, and this release gives no address from it unasked`,
          because: [
            seenField(
              refOf(pool),
              'spec.serviceAllocation',
              JSON.stringify({ priority: pool.spec.serviceAllocation?.priority }),
            ),
          ],
        })),
  }),
  defineBug({
    bug: 'metallb#1586',
    related: ['metallb#321'],
    title: 'A freed address wakes nobody',
    program: 'controller',
    since: undefined,
    fixedIn: 'v0.13.9',
    severity: 'warning',
    whatGoesWrong:
      'When a Service with an address is deleted, these releases do not look at the waiting ones again. They stay pending although the pool has room.',
    recognisedBy: 'a pending Service for which MetalLB would have an address now',
    workaround: touchIt,
    accountsFor: ['waiting-for-retry'],
    needs: allocatorNeeds,
    whole: ['services'],
    helps: allocatorHelps,
    signs: (facts) => waitingWithRoom(facts).map((each) => waitingSign(each, 'MetalLB < v0.13.9')),
  }),
  defineBug({
    bug: 'metallb#2403',
    related: ['metallb#2692'],
    title: "A neighbour's mended sharing key wakes nobody",
    program: 'controller',
    since: 'v0.13.9',
    fixedIn: 'v0.15.0',
    severity: 'warning',
    whatGoesWrong:
      'Two Services may share an address once both carry the same key. When the key of the one that holds the address is changed, these releases look at that Service only; the other one stays pending.',
    recognisedBy:
      'a pending Service with a sharing key for which MetalLB would have an address now',
    workaround: touchIt,
    accountsFor: ['waiting-for-retry'],
    needs: allocatorNeeds,
    whole: ['services'],
    helps: allocatorHelps,
    signs: (facts) => {
      const behaviour = behaviourOf(facts.installation?.controllerVersion);
      return waitingWithRoom(facts)
        .filter((service) => claimOf(service, behaviour).sharingKey !== '')
        .map((service) => waitingSign(service, 'MetalLB < v0.15.0'));
    },
  }),
  defineBug({
    bug: 'metallb#1339',
    related: ['metallb#1589', 'metallb#1776', 'metallb#2482', 'metallb#2587'],
    title: 'PreferDualStack insists on both families',
    program: 'controller',
    since: undefined,
    fixedIn: 'v0.14.9',
    severity: 'warning',
    whatGoesWrong:
      'A Service with PreferDualStack should be content with one address where the pools have one family only. These releases treat it like RequireDualStack and give it nothing.',
    recognisedBy:
      'a pending PreferDualStack Service with two cluster IPs that v0.14.9 would serve from the same pools',
    workaround:
      'Set ipFamilyPolicy: SingleStack on the Service, add a pool with both families, or go to v0.14.9 or later.',
    accountsFor: ['no-dual-stack-pool'],
    needs: allocatorNeeds,
    whole: ['services'],
    helps: allocatorHelps,
    signs: (facts) =>
      servedIn(facts)
        .filter((service) => isPending(service) && wantsBothIfPossible(service))
        .filter(
          (service) =>
            sureModel(facts) !== undefined &&
            decidedBy0149(facts).answerFor(service).outcome === 'would-get',
        )
        .map((service) => ({
          about: refOf(service),
          says: `${keyOfService(service)} prefers two families, and this release refuses it for having one pool family only`,
          because: [
            seenField(refOf(service), 'spec.ipFamilyPolicy', 'PreferDualStack'),
            workedOut(
              refOf(service),
              'PreferDualStack settles for one family from v0.14.9 (#2587)',
              'v0.14.9 would give it an address from the same pools',
            ),
          ],
        })),
  }),
  defineBug({
    bug: 'metallb#2891',
    related: [],
    title: 'An exhausted or wrong-family pool is reported as ["<nil>"]',
    program: 'controller',
    since: 'v0.15.0',
    fixedIn: 'v0.16.0',
    severity: 'info',
    whatGoesWrong:
      'When the pool that a Service names has no address left for it, these releases print the missing address itself: ["<nil>"] is not allowed in config. Nothing is wrong with the configuration.',
    recognisedBy: 'an AllocationFailed event with that text',
    workaround:
      'Read it as "the named pool has no address of this family left", and look at the pool.',
    accountsFor: ['requested-pool-exhausted', 'no-pool-of-family'],
    needs: ['services', 'events'],
    signs: (facts) => {
      const failed = new Map(
        facts.events.filter(isNilRefusal).map((event) => [keyOf(event.about), event]),
      );
      return servedIn(facts).flatMap((service) => {
        const event = failed.get(keyOfService(service));
        return event === undefined
          ? []
          : [
              {
                about: refOf(service),
                says: `${keyOfService(service)} is told ["<nil>"] is not allowed in config, which means that its pool has no address for it`,
                because: [seenEvent(event)],
              },
            ];
      });
    },
  }),
];

function isNilRefusal({ about, reason, message }: KubeEvent): boolean {
  return (
    about.kind === 'Service' &&
    reason === 'AllocationFailed' &&
    message.endsWith('["<nil>"] is not allowed in config')
  );
}

function namesNobody(pinning: Pinning): boolean {
  return (
    pinning !== undefined &&
    pinning.namespaces.length +
      pinning.namespaceSelectors.length +
      pinning.serviceSelectors.length ===
      0
  );
}

type Pinning = ReturnType<typeof ownPools>[number]['spec']['serviceAllocation'];

function waitingWithRoom(facts: AllocatorFacts): readonly Service[] {
  const waiting = servedIn(facts).filter(isPending);
  const model = waiting.length === 0 ? undefined : sureModel(facts);
  return waiting.filter((service) => model?.answerFor(service).outcome === 'would-get');
}

function waitingSign(service: Service, rule: string) {
  return {
    about: refOf(service),
    says: `${keyOfService(service)} waits although there is an address for it, and this release does not look again by itself`,
    because: [workedOut(refOf(service), rule, 'MetalLB would give it an address if it looked')],
  };
}

function wantsBothIfPossible({ spec }: Service): boolean {
  return spec.ipFamilyPolicy === 'PreferDualStack' && spec.clusterIPs.length > 1;
}

/** What v0.14.9 would decide over the same objects. */
const decidedBy0149 = remembered((facts: AllocatorFacts) =>
  explainAllocations({
    pools: facts.ipAddressPools,
    communities: itemsIfRead(facts.communities),
    namespaces: itemsIfRead(facts.namespaces),
    services: facts.services,
    version: 'v0.14.9',
    loadBalancerClass: facts.installation?.loadBalancerClass,
    bgpType: facts.installation?.bgpType,
    namespace: facts.installation?.namespace ?? '',
  }),
);
