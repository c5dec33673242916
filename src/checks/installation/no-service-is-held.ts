import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { ageMs, durationText } from '../models/ages.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { takeFinalizer } from '../models/service-remedies.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { isHeldUp } from '../models/held-up.ts';

const shown = 4;

/** MetalLB sets no finalizer: a Service that does not go is held by somebody else, and keeps its address. */
export const noServiceIsHeld = defineCheck({
  id: 'MLB-I44',
  asks: 'Does every Service that is deleted go?',
  symptoms: ['pending', 'health'],
  causes: ['service-held-by-finalizer'],
  needs: ['services'],
  helps: [],
  enoughInNamespace: ['services'],
  basis: 'observed',
  run: ({ services, takenAt }, subject) => {
    const held = asked(services, subject).filter((service) => isHeldUp(service, takenAt));
    const [first] = held.toSorted((a, b) => (keyOfService(a) < keyOfService(b) ? -1 : 1));
    if (first === undefined) {
      return [];
    }
    return [findingOf(first, held, takenAt)];
  },
});

function findingOf(first: Service, held: readonly Service[], takenAt: string): Found {
  const { finalizers, deletionTimestamp, name, namespace = 'default' } = first.metadata;
  const since = durationText(ageMs(deletionTimestamp, takenAt) ?? 0);
  const addresses = addressesIn(first);
  return {
    cause: 'service-held-by-finalizer',
    severity: 'warning',
    about: refOf(first),
    affects: held.map(refOf),
    says: `${keyOfService(first)} has been on its way out for ${since}, and ${finalizers.join(', ')} holds it${addresses.length === 0 ? '' : ` with its address ${addresses.join(', ')}`}`,
    details: [
      ...held
        .slice(0, shown)
        .map((each) => `${keyOfService(each)}: ${each.metadata.finalizers.join(', ')}`),
      ...finalizers.flatMap((each) => ownerOf(each) ?? []),
    ],
    because: [
      seenField(refOf(first), 'metadata.deletionTimestamp', deletionTimestamp ?? ''),
      seenField(refOf(first), 'metadata.finalizers', finalizers.join(', ')),
    ],
    suggests: [
      {
        says: 'bring the controller of that finalizer back, so that it cleans up and lets go',
        command: kubectl`-n ${namespace} describe service ${name}`,
        mutates: false,
      },
      ...finalizers
        .slice(0, shown)
        .map((each) =>
          takeFinalizer(
            first,
            each,
            `if it is gone for good, take ${each} away by hand, and no other`,
          ),
        ),
    ],
  };
}

function asked(services: readonly Service[], subject: Subject): readonly Service[] {
  return subject === undefined ? services : [subject];
}

function ownerOf(finalizer: string): string | undefined {
  return finalizer === 'service.kubernetes.io/load-balancer-cleanup'
    ? `${finalizer} is set by a cloud controller or k3s ServiceLB, never by MetalLB`
    : undefined;
}
