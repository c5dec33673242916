import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Installation } from '../../core/facts/snapshot.ts';
import type { NotHandled } from '../../core/metallb/answer.ts';
import { passedByClass } from '../../core/metallb/handled.ts';
import { type ClassOwner, ownerOfClass } from '../models/rivals/class-owners.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn, isPending, keyOfService, wantsAddress } from '../models/services.ts';

type ClassReason = Extract<NotHandled['why'], { readonly kind: 'class' }>;
type ClassFacts = Facts<'services', 'deployments' | 'daemonSets'>;

/** MetalLB serves Services of the class it was started with, and of no class when it was started with none. */
export const theClassIsServed = defineCheck({
  id: 'MLB-A01',
  asks: `Does MetalLB serve the Service's load balancer class?`,
  symptoms: ['pending', 'health'],
  causes: ['class-not-handled'],
  needs: ['services'],
  enoughInNamespace: ['services'],
  helps: ['deployments', 'daemonSets'],
  // Its arguments say which class it serves; without a controller in sight they must have been looked for.
  alsoNeeds: (facts, subject) =>
    facts.installation?.controller === undefined && unserved(facts, subject).length > 0
      ? ['deployments']
      : [],
  skipWhen: ({ installation }, subject) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    if (subject !== undefined && !wantsAddress(subject)) {
      return 'the Service is not of type LoadBalancer';
    }
    return subject !== undefined && addressesIn(subject).length > 0
      ? 'the Service has its address'
      : undefined;
  },
  run: (facts, subject) => {
    const groups = Map.groupBy(unserved(facts, subject), ({ reason }) => reason.serviceClass ?? '');
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      return first === undefined
        ? []
        : [
            finding({
              reason: first.reason,
              services: group.map(({ service }) => service),
              owner: ownerOfClass(first.reason.serviceClass, facts),
              subject,
              installations: facts.installations,
            }),
          ];
    });
  },
});

interface Unserved {
  readonly service: Service;
  readonly reason: ClassReason;
}

/** What another installation serves is served. */
function unserved(facts: ClassFacts, subject: Subject): readonly Unserved[] {
  const { services, installation, installations } = facts;
  return (subject === undefined ? services : [subject]).filter(isPending).flatMap((service) => {
    const reason = passedByClass(service, installation?.loadBalancerClass);
    const isServed = installations.some((each) => isServedBy(each, service));
    return reason?.kind === 'class' && !isServed ? [{ service, reason }] : [];
  });
}

/** Which class each MetalLB of the cluster serves, where there are several. */
function classesServed(installations: readonly Installation[]): readonly string[] {
  return installations.length < 2
    ? []
    : installations.map(
        ({ namespace, loadBalancerClass }) =>
          `MetalLB in ${namespace} serves ${loadBalancerClass ?? 'Services without a class'}`,
      );
}

interface Case {
  readonly reason: ClassReason;
  readonly services: readonly Service[];
  readonly owner: ClassOwner | undefined;
  readonly subject: Subject;
  readonly installations: readonly Installation[];
}

function finding({ reason, services, owner, subject, installations }: Case): Found {
  const refs = services.map(refOf);
  const about = refs[0] ?? { kind: 'Cluster', name: 'cluster' };
  const names = services.map(keyOfService).toSorted();
  const says = sentence(reason, owner);
  const who = names.length === 1 ? `${names[0]} is` : `${names.length} Services are`;
  return {
    cause: 'class-not-handled',
    severity: subject === undefined && owner !== undefined ? 'info' : 'error',
    about,
    affects: refs,
    says: subject === undefined ? `${who} pending: ${says}` : says,
    details: [
      `spec.loadBalancerClass: ${reason.serviceClass ?? '(not set)'}`,
      `the controller's --lb-class: ${reason.handledClass ?? '(not set)'}`,
      ...classesServed(installations),
      ...(owner === undefined ? [] : [owner.says]),
      ...(subject === undefined ? [`pending: ${names.slice(0, 8).join(', ')}`] : []),
    ],
    because: [
      seenField(about, 'spec.loadBalancerClass', reason.serviceClass ?? '(not set)'),
      ...(owner?.evidence ?? []),
    ],
    doubts:
      owner === undefined ? ['another product serves this class and is the one to look at'] : [],
    suggests: services.slice(0, 1).flatMap((service) => remedies(service, reason, owner)),
  };
}

function sentence(reason: ClassReason, owner: ClassOwner | undefined): string {
  const { serviceClass, handledClass } = reason;
  const tail = owner === undefined ? '' : `; ${owner.name} serves that here`;
  if (serviceClass === undefined) {
    return `this MetalLB only serves class ${handledClass ?? ''}, and the Service names none${tail}`;
  }
  return handledClass === undefined
    ? `its class is ${serviceClass}, and this MetalLB only serves Services without a class${tail}`
    : `its class is ${serviceClass}, and this MetalLB only serves class ${handledClass}${tail}`;
}

function remedies(
  service: Service,
  { handledClass }: ClassReason,
  owner: ClassOwner | undefined,
): readonly Remedy[] {
  const { name, namespace = 'default' } = service.metadata;
  const away = JSON.stringify({ spec: { type: 'NodePort', loadBalancerClass: null } });
  const back = JSON.stringify({
    spec: {
      type: 'LoadBalancer',
      ...(handledClass === undefined ? {} : { loadBalancerClass: handledClass }),
    },
  });
  const change: Remedy = {
    says: `give it to MetalLB: its class cannot be edited, but by way of type NodePort it gets ${handledClass === undefined ? 'rid of it' : 'the other one'} and keeps cluster IP and node ports (change the manifest it comes from, too)`,
    command: `${kubectl`-n ${namespace} patch service ${name} --type=merge -p ${away}`} && ${kubectl`-n ${namespace} patch service ${name} --type=merge -p ${back}`}`,
    mutates: true,
  };
  const elsewhere: Remedy = {
    says: `where another product owns that class, look there`,
    command: kubectl`-n ${namespace} describe service ${name}`,
    mutates: false,
  };
  return owner === undefined
    ? [change, ...(service.spec.loadBalancerClass === undefined ? [] : [elsewhere])]
    : [
        {
          says: `look at ${owner.name} for why it has none`,
          command: kubectl`-n ${namespace} describe service ${name}`,
          mutates: false,
        },
        change,
      ];
}
