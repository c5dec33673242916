import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service, Workload } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { passedByClass } from '../../core/metallb/handled.ts';
import { handledClassOf } from '../models/programs/handled-class.ts';
import { controllerOf, type Program, speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn, wantsAddress } from '../models/services.ts';

/** Controller and speakers each have their own --lb-class; what only one of them serves gets an address and no announcer. */
export const theClassesAgree = defineCheck({
  id: 'MLB-L08',
  asks: 'Do the speakers announce Services of this class?',
  symptoms: ['no-traffic'],
  causes: ['speaker-class-differs'],
  link: 'announced',
  needs: ['daemonSets'],
  helps: ['pods', 'deployments'],
  basis: 'observed',
  // what the controller serves matters only where the speakers do not
  alsoNeeds: (facts, subject) =>
    subject !== undefined && isPassedOver(subject, programsIn(facts).speaker?.workload)
      ? ['deployments']
      : [],
  skipWhen: ({ installation }, subject) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    if (subject === undefined) {
      return 'it is asked of one Service only';
    }
    return wantsAddress(subject) && addressesIn(subject).length > 0
      ? undefined
      : 'the Service has no address';
  },
  run: (facts, subject) => {
    const { controller, speaker } = programsIn(facts);
    if (
      subject === undefined ||
      speaker?.workload === undefined ||
      controller?.workload === undefined ||
      isPassedOver(subject, controller.workload) ||
      !isPassedOver(subject, speaker.workload)
    ) {
      return [];
    }
    const own = { class: classOf(speaker.workload), workload: speaker.workload };
    return [finding(subject, speaker, own)];
  },
});

/** The pods do not matter here, only what is to make them. */
function programsIn(facts: Facts<'daemonSets', 'pods' | 'deployments'>) {
  const known = { ...facts, pods: itemsIfRead(facts.pods) };
  return { controller: controllerOf(known), speaker: speakerOf(known) };
}

function isPassedOver(service: Service, workload: Workload | undefined): boolean {
  return workload !== undefined && passedByClass(service, classOf(workload)) !== undefined;
}

function classOf({ spec }: Workload): string | undefined {
  return spec.template.containers.map(handledClassOf).find((each) => each !== undefined);
}

function finding(
  service: Service,
  { namespace, handle }: Program,
  own: { readonly class: string | undefined; readonly workload: Workload },
): Found {
  const about = refOf(own.workload);
  const wanted = service.spec.loadBalancerClass;
  return {
    cause: 'speaker-class-differs',
    severity: 'error',
    about,
    affects: [refOf(service)],
    says: `the controller serves the class of the Service and the speakers do not, so it has an address that nobody announces`,
    details: [
      `spec.loadBalancerClass: ${wanted ?? '(not set)'}`,
      `the speakers' --lb-class: ${own.class ?? '(not set)'}`,
    ],
    because: [
      seenField(about, 'spec.template args --lb-class', own.class ?? '(not set)'),
      seenField(refOf(service), 'spec.loadBalancerClass', wanted ?? '(not set)'),
    ],
    suggests: [
      {
        says: 'give both programs the same --lb-class (chart: loadBalancerClass)',
        command: kubectl`-n ${namespace} edit ${handle}`,
        mutates: true,
      },
    ],
  };
}
