import type { Service } from '../../core/facts/kube-objects.ts';
import { familyOf } from '../../core/facts/ip.ts';
import type { AllocationAnswer } from '../../core/metallb/answer.ts';
import { poolIndexOf } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { defineBug, type KnownBug, type Sign } from './known-bug.ts';
import { type AllocatorFacts, allocatorHelps, allocatorNeeds } from './material.ts';
import { familiesOf, hasOneClusterIP, heldBy, servedIn, sureModel } from './material.ts';

const bothPolicies = ['PreferDualStack', 'RequireDualStack'];
const setPolicy = 'Set ipFamilyPolicy: SingleStack on the Service';

/** Faults of the controller with Services that have one cluster IP and may have two families. */
export const twoFamilyBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#2724',
    related: ['metallb#2726'],
    title: 'A Service with one cluster IP gets two addresses',
    program: 'controller',
    since: 'v0.14.9',
    fixedIn: 'v0.15.0',
    severity: 'warning',
    whatGoesWrong:
      'The policy alone decides: with PreferDualStack or RequireDualStack and one cluster IP this release gives an address of each family. kube-proxy has rules for one of them only, so the other one answers nobody; from v0.15.0 it is taken away.',
    recognisedBy: 'a Service with one cluster IP and two addresses in its status',
    workaround: `${setPolicy}, before going to v0.15.0 if somebody uses the second address.`,
    accountsFor: ['address-moves'],
    needs: ['services'],
    signs: (facts) =>
      servedIn(facts)
        .filter((service) => hasOneClusterIP(service, bothPolicies) && heldBy(service).length === 2)
        .map((service) => ({
          about: refOf(service),
          says: `${keyOfService(service)} holds ${heldBy(service).join(' and ')} with one cluster IP, and the cluster serves only the address of that family`,
          because: [
            seenField(refOf(service), 'spec.clusterIPs', service.spec.clusterIPs.join(', ')),
            seenField(refOf(service), 'status.loadBalancer.ingress', heldBy(service).join(', ')),
          ],
        })),
  }),
  defineBug({
    bug: 'metallb#2723',
    related: ['metallb#2726'],
    title: 'Addresses move when another Service is deleted',
    program: 'controller',
    since: 'v0.14.9',
    fixedIn: 'v0.15.0',
    severity: 'warning',
    whatGoesWrong:
      'A Service with one cluster IP and PreferDualStack or RequireDualStack is silently given up and served anew at every look, lowest free address first. As soon as a lower address becomes free, it moves there; IPAllocated is the only trace.',
    recognisedBy:
      'such a Service with two addresses, for which this release would choose other addresses now',
    workaround: `${setPolicy}, or request the addresses it has now, or go to v0.15.0.`,
    accountsFor: ['address-moves'],
    needs: allocatorNeeds,
    whole: ['services'],
    helps: allocatorHelps,
    signs: (facts) => {
      const wishful = servedIn(facts).filter(
        (service) => hasOneClusterIP(service, bothPolicies) && heldBy(service).length > 0,
      );
      const model = wishful.length === 0 ? undefined : sureModel(facts);
      return model === undefined
        ? []
        : wishful.flatMap((service) => movingSign(service, model.answerFor(service)));
    },
  }),
  defineBug({
    bug: 'metallb#2726',
    related: [],
    title: 'PreferDualStack with one cluster IP never comes to rest',
    program: 'controller',
    since: 'v0.15.0',
    fixedIn: undefined,
    severity: 'warning',
    whatGoesWrong:
      'Since addresses follow the cluster IPs (#2726), a PreferDualStack Service with one cluster IP in a pool with both families gets one address, is given the second one at the next look, loses both for it at the one after, and so on: one status write per turn, and a second address that comes and goes. Seen with v0.15.3 and v0.16.1; no thread of its own is known.',
    recognisedBy:
      'a PreferDualStack Service with one cluster IP whose pool has room in both families',
    workaround: `${setPolicy}, or give it a pool of one family.`,
    accountsFor: ['second-address-flaps'],
    needs: allocatorNeeds,
    whole: ['services'],
    helps: allocatorHelps,
    signs: (facts) => {
      const wishful = servedIn(facts).filter((service) =>
        hasOneClusterIP(service, ['PreferDualStack']),
      );
      return wishful.length === 0 || sureModel(facts) === undefined
        ? []
        : wishful.flatMap((service) => restlessSign(service, facts));
    },
  }),
];

function movingSign(service: Service, answer: AllocationAnswer): readonly Sign[] {
  const held = heldBy(service);
  const options = answer.outcome === 'would-get' ? answer.options : [];
  const other = options.find(({ addresses }) => !addresses.every((each) => held.includes(each)));
  return other === undefined
    ? []
    : [
        {
          about: refOf(service),
          says: `${keyOfService(service)} holds ${held.join(' and ')} and goes to ${other.addresses.join(' and ')} the next time MetalLB looks at it`,
          because: [
            seenField(refOf(service), 'spec.clusterIPs', service.spec.clusterIPs.join(', ')),
            workedOut(
              refOf(service),
              'v0.14.9 compares two addresses with one cluster IP and clears (#2723)',
              `the next look gives ${other.addresses.join(' and ')}`,
            ),
          ],
        },
      ];
}

function restlessSign(service: Service, facts: AllocatorFacts): readonly Sign[] {
  const held = heldBy(service);
  const [first] = held;
  const pool = first === undefined ? undefined : poolIndexOf(facts).holding(first)[0]?.name;
  if (pool === undefined || first === undefined || familiesOf(facts, pool).size < 2) {
    return [];
  }
  const usage = sureModel(facts)?.usages.find((each) => each.pool === pool);
  const other = familyOf(first) === 'ipv4' ? 'ipv6' : 'ipv4';
  return held.length === 1 && (usage?.[other].free ?? 0n) === 0n
    ? []
    : [
        {
          about: refOf(service),
          says: `${keyOfService(service)} prefers two families, has one cluster IP, and pool ${pool} has both: its second address comes and goes without end`,
          because: [
            seenField(refOf(service), 'spec.ipFamilyPolicy', 'PreferDualStack'),
            seenField(refOf(service), 'spec.clusterIPs', service.spec.clusterIPs.join(', ')),
          ],
        },
      ];
}
