import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Workload } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { type FailingRouter, isFRRK8s, routersOf } from '../models/programs/frr-k8s.ts';
import { refusedByFRRK8s } from '../models/programs/refused-by-frr-k8s.ts';
import { podNames } from '../models/programs/troubled-pods.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** In FRR-K8s mode pods of their own speak BGP; the speakers look well without them. */
export const frrK8sComesUp = defineCheck({
  id: 'MLB-I49',
  asks: 'Does FRR-K8s come up, and take what the speakers want of it?',
  symptoms: ['health'],
  causes: ['speaker-frr-failing'],
  needs: ['daemonSets', 'pods'],
  helps: ['bgpAdvertisements', 'speakerLogs'],
  basis: 'observed',
  skipWhen: ({ installation, daemonSets }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    const { bgpType } = installation;
    if (bgpType !== undefined && bgpType !== 'frr-k8s') {
      return 'the speakers speak BGP themselves';
    }
    return bgpType === 'frr-k8s' || daemonSets.some(isFRRK8s) ? undefined : 'there is no FRR-K8s';
  },
  run: (facts) => {
    const { daemonSets, pods, bgpAdvertisements, takenAt } = facts;
    const hasBGP = itemsIfRead(bgpAdvertisements).length > 0;
    const failing = daemonSets.filter(isFRRK8s).flatMap((daemonSet): readonly Found[] => {
      const routers = routersOf(daemonSet, pods, takenAt);
      const [first] = routers.failing;
      return first === undefined
        ? []
        : [
            {
              ...findingOf(daemonSet, first, routers.failing),
              severity: severityOf(hasBGP, routers),
            },
          ];
    });
    return failing.length > 0 ? failing : refusedByFRRK8s(facts);
  },
});

/** Where nobody announces by BGP, nobody misses FRR. */
function severityOf(hasBGP: boolean, { pods, failing }: ReturnType<typeof routersOf>) {
  return hasBGP && failing.length === pods.length ? 'error' : 'warning';
}

const shown = 4;

function findingOf(
  daemonSet: Workload,
  first: FailingRouter,
  failing: readonly FailingRouter[],
): Omit<Found, 'severity'> {
  const { name, namespace = '' } = daemonSet.metadata;
  const more = failing.length > shown ? ` and ${failing.length - shown} more` : '';
  return {
    cause: 'speaker-frr-failing',
    about: refOf(daemonSet),
    affects: [],
    says: `FRR-K8s (${name}) does not come up, so nobody speaks BGP there: ${podNames(failing.slice(0, shown))}${more}`,
    details: [
      ...failing.slice(0, shown).map(({ pod, says }) => `${pod.metadata.name}: ${says}`),
      'the speakers only hand it their configuration, and look well without it; layer 2 does not need it',
    ],
    because: failing
      .slice(0, 2)
      .map(({ pod }) => seenField(refOf(pod), 'status.conditions[Ready]', 'False')),
    suggests: [
      {
        says: 'see what the pod says of itself',
        command: kubectl`-n ${namespace} describe pod ${first.pod.metadata.name}`,
        mutates: false,
      },
      {
        says: 'read what its containers said',
        command: kubectl`-n ${namespace} logs ${first.pod.metadata.name} --all-containers --tail=50`,
        mutates: false,
      },
    ],
  };
}
