import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { KubeEvent, Service } from '../../core/facts/kube-objects.ts';
import type { PoolUsage } from '../../core/metallb/answer.ts';
import { familyOfService } from '../../core/metallb/families.ts';
import { addressRequestOf } from '../../core/metallb/requests.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { type AllocationModel, allocationOf } from '../models/allocation/allocation.ts';
import { configurationOf, namespacesIfSelected } from '../models/configuration/configuration.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { isServedBy, poolIndexOf } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { withSomePools } from '../models/allocation/some-pools.ts';
import { seenEvent, seenField, workedOut } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';

type StayFacts = Facts<'services' | 'ipAddressPools', 'namespaces' | 'communities' | 'events'>;

/**
 * A dual-stack policy on a Service with one cluster IP: v0.14.9 gives both families and draws anew at each look
 * (#2723), v0.15 and later add the second address and take both away again, for ever.
 */
export const addressesStayPut = defineCheck({
  id: 'MLB-H11',
  asks: 'Do Services with one cluster IP and a dual-stack policy keep their addresses?',
  symptoms: ['pending', 'no-traffic', 'health'],
  causes: ['second-address-flaps', 'address-moves'],
  link: 'advertised',
  needs: ['services'],
  enoughInNamespace: ['services'],
  helps: ['ipAddressPools', 'namespaces', 'communities', 'events'],
  // what the pools offer only matters where a Service could be torn at all
  alsoNeeds: (facts, subject) =>
    askedServices(facts, subject).some(wantsTwoOnOne)
      ? ['ipAddressPools', ...namespacesIfSelected(withSomePools(facts))]
      : [],
  skipWhen: (facts) => (facts.installation === undefined ? 'no MetalLB was found' : undefined),
  run: (readings, subject) => {
    const facts = withSomePools(readings);
    const candidates = askedServices(facts, subject).filter(wantsTwoOnOne);
    const model = candidates.length === 0 ? undefined : allocationOf(facts);
    return model === undefined ||
      configurationOf(facts)?.state !== 'accepted' ||
      !model.behaviour.settlesForOneFamily
      ? []
      : candidates
          .filter((service) => isTorn(service, facts, model))
          .map((service) => {
            const whom = subject === undefined ? keyOfService(service) : 'it';
            return isFlapping(service, model)
              ? flapping(service, whom, facts)
              : moving(service, whom, facts);
          })
          .toSorted((a, b) => (a.says < b.says ? -1 : 1));
  },
});

function askedServices(
  facts: Pick<StayFacts, 'services' | 'installation'>,
  subject: Subject,
): readonly Service[] {
  return (subject === undefined ? facts.services : [subject]).filter(
    (service) => isServedBy(facts.installation, service) && addressesIn(service).length > 0,
  );
}

const dualPolicies = ['PreferDualStack', 'RequireDualStack'];

/** One cluster IP and a policy that wants two. */
function wantsTwoOnOne(service: Service): boolean {
  const family = familyOfService(service);
  return (
    family.kind === 'family' &&
    family.family !== 'dual' &&
    dualPolicies.includes(service.spec.ipFamilyPolicy ?? '')
  );
}

/** And a pool that has both families to give. */
function isTorn(service: Service, facts: StayFacts, model: AllocationModel): boolean {
  const family = familyOfService(service);
  const policy = service.spec.ipFamilyPolicy ?? '';
  if (family.kind === 'unknown') {
    return false;
  }
  if (policy === 'RequireDualStack' && model.behaviour.refusesTooFewClusterIPs) {
    return false;
  }
  const addresses = addressesIn(service).flatMap((text) => parseAddress(text) ?? []);
  const pools = addresses.flatMap((address) => poolIndexOf(facts).holding(address));
  const other = family.family === 'ipv4' ? 'ipv6' : 'ipv4';
  return (
    addresses.length === 2 ||
    pools.some(({ name }) => (usageOf(name, model)?.[other].free ?? 0n) > 0n)
  );
}

function usageOf(pool: string, { usages }: AllocationModel): PoolUsage | undefined {
  return usages.find((each) => each.pool === pool);
}

/** v0.14.9 rests at two addresses unless one of them is asked for. */
function isFlapping(service: Service, { behaviour }: AllocationModel): boolean {
  return behaviour.alignsToClusterIP || addressRequestOf(service, behaviour).kind === 'addresses';
}

function flapping(service: Service, whom: string, facts: StayFacts): Found {
  const about = refOf(service);
  return {
    cause: 'second-address-flaps',
    severity: 'error',
    about,
    affects: [about],
    says: `${whom} gains and loses its second address without end: ${service.spec.ipFamilyPolicy ?? ''} with one cluster IP, and a pool that offers both families`,
    details: [
      `now: ${addressesIn(service).join(' and ')}; cluster IP: ${service.spec.clusterIPs.join(', ')}`,
      'one pass adds the other family, the next one takes both away because the cluster IP has one family, and so on; every turn writes the status',
    ],
    because: [...grounds(service), ...turns(service, facts)],
    doubts: ['another pool of one family is drawn by chance, which ends it'],
    suggests: [singleStack(service)],
  };
}

function moving(service: Service, whom: string, facts: StayFacts): Found {
  const about = refOf(service);
  return {
    cause: 'address-moves',
    severity: 'warning',
    about,
    affects: [about],
    says: `${whom === 'it' ? 'its address' : `the address of ${whom}`} changes whenever a lower one becomes free, as when another Service is deleted`,
    details: [
      `now: ${addressesIn(service).join(' and ')}; cluster IP: ${service.spec.clusterIPs.join(', ')}; policy: ${service.spec.ipFamilyPolicy ?? ''}`,
      'v0.14.9 gives such a Service both families and allocates anew each time it looks, with nothing but IPAllocated events to show for it (mended in v0.15.0, #2723)',
    ],
    because: [...grounds(service), ...turns(service, facts)],
    suggests: [
      singleStack(service),
      {
        says: 'upgrade to v0.15.0 or later',
        command: 'kubectl get deployments -A -o wide | grep -i metallb',
        mutates: false,
      },
    ],
  };
}

function grounds(service: Service): readonly Evidence[] {
  const about = refOf(service);
  return [
    seenField(about, 'spec.ipFamilyPolicy', service.spec.ipFamilyPolicy ?? ''),
    seenField(about, 'spec.clusterIPs', service.spec.clusterIPs.join(', ')),
    workedOut(
      about,
      'metallb controller: convergeBalancer',
      'the family of its addresses and that of its cluster IP never agree for long',
    ),
  ];
}

const turnsShown = 2;

/** Assignments that came again and again. */
function turns(service: Service, facts: StayFacts): readonly Evidence[] {
  const said = eventsAbout(facts, refOf(service)).filter(isAssignment);
  const total = said.reduce((sum, event) => sum + event.count, 0);
  return total > 1 ? said.slice(0, turnsShown).map(seenEvent) : [];
}

function isAssignment({ reason }: KubeEvent): boolean {
  return reason === 'IPAllocated';
}

function singleStack(service: Service) {
  const { name, namespace = 'default' } = service.metadata;
  return {
    says: 'ask for one family only, which ends it (the second address goes)',
    command: kubectl`-n ${namespace} patch service ${name} --type=merge -p ${'{"spec":{"ipFamilyPolicy":"SingleStack"}}'}`,
    mutates: true,
  };
}
