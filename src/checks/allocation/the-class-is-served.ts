import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck, type Subject } from '../../core/diagnosis/check.ts';
import type { NotHandled } from '../../core/metallb/answer.ts';
import {
  allocationHelps,
  allocationNeeds,
  namespacesIfSelected,
  noQuestionAtAll,
} from '../models/refusals.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { type Suspect, suspectsIn } from '../models/suspects.ts';

type ClassReason = Extract<NotHandled['why'], { readonly kind: 'class' }>;

/** MetalLB serves Services of the class it was started with, and of no class when it was started with none. */
export const theClassIsServed = defineCheck({
  id: 'MLB-A01',
  asks: `Does MetalLB serve the Service's load balancer class?`,
  symptoms: ['pending', 'health'],
  causes: ['class-not-handled'],
  needs: allocationNeeds,
  helps: allocationHelps,
  alsoNeeds: namespacesIfSelected,
  skipWhen: (facts, subject) => {
    const why = noQuestionAtAll(facts, subject);
    return why?.startsWith('MetalLB refuses') === true ? undefined : why;
  },
  run: (facts, subject) => {
    const unserved = suspectsIn(facts, subject).flatMap((suspect) =>
      suspect.answer.outcome === 'not-handled' && suspect.answer.why.kind === 'class'
        ? [{ suspect, reason: suspect.answer.why }]
        : [],
    );
    const groups = Map.groupBy(unserved, ({ reason }) => reason.serviceClass ?? '');
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      return first === undefined
        ? []
        : [
            finding(
              first.reason,
              group.map((each) => each.suspect),
              subject,
            ),
          ];
    });
  },
});

function finding(reason: ClassReason, suspects: readonly Suspect[], subject: Subject) {
  const says = sentence(reason);
  const refs = suspects.map(({ service }) => refOf(service));
  const about = refs[0] ?? { kind: 'Cluster', name: 'cluster' };
  const names = suspects.map(({ key }) => key).toSorted();
  return {
    cause: 'class-not-handled',
    severity: subject === undefined ? ('warning' as const) : ('error' as const),
    about,
    affects: refs,
    says: subject === undefined ? `MetalLB leaves ${names.length} pending: ${says}` : says,
    details: [
      `spec.loadBalancerClass: ${reason.serviceClass ?? '(not set)'}`,
      `the controller's --lb-class: ${reason.handledClass ?? '(not set)'}`,
      ...(subject === undefined ? [`pending: ${names.slice(0, 8).join(', ')}`] : []),
    ],
    because: [seenField(about, 'spec.loadBalancerClass', reason.serviceClass ?? '(not set)')],
    doubts: ['another product serves this class and is the one to look at'],
    suggests: [
      {
        says: 'the class of a LoadBalancer Service cannot be edited: create it anew with the class that is served',
        command: kubectl`-n ${about.namespace ?? 'default'} get service ${about.name} -o yaml`,
        mutates: false,
      },
    ],
  };
}

function sentence({ serviceClass, handledClass }: ClassReason): string {
  if (serviceClass === undefined) {
    return `this MetalLB only serves class ${handledClass ?? ''}, and the Service names none`;
  }
  return handledClass === undefined
    ? `its class is ${serviceClass}, and this MetalLB only serves Services without a class`
    : `its class is ${serviceClass}, and this MetalLB only serves class ${handledClass}`;
}
