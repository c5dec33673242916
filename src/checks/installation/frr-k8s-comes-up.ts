import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy, Severity } from '../../core/facts/finding.ts';
import type { Pod, Workload } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { isFRRK8s, type Routers, routersOf } from '../models/programs/frr-k8s.ts';
import { refusedByFRRK8s } from '../models/programs/refused-by-frr-k8s.ts';
import { podNames } from '../models/programs/troubled-pods.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** In FRR-K8s mode pods of their own speak BGP; the speakers look well without them. */
export const frrk8sComesUp = defineCheck({
  id: 'MLB-I49',
  asks: 'Does FRR-K8s come up, and take what the speakers want of it?',
  symptoms: ['health'],
  causes: ['speaker-frr-failing'],
  needs: ['daemonSets', 'pods'],
  helps: ['bgpAdvertisements', 'speakerLogs'],
  basis: 'observed',
  skipWhen: (facts) => {
    const { installation, daemonSets } = facts;
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    const { bgpType } = installation;
    if (bgpType !== undefined && bgpType !== 'frr-k8s') {
      return 'the speakers speak BGP themselves';
    }
    const own = daemonSets.filter(isFRRK8s);
    if (own.length === 0 && bgpType === undefined) {
      return 'there is no FRR-K8s';
    }
    const isInReach = own.some(
      (each) => routersOf(each, facts.pods, facts.takenAt).pods.length > 0,
    );
    return isInReach || findingsIn(facts).length > 0
      ? undefined
      : unseenText(own.map(({ metadata }) => metadata.namespace ?? ''));
  },
  run: (facts) => findingsIn(facts),
});

type FRRFacts = Facts<'daemonSets' | 'pods', 'bgpAdvertisements' | 'speakerLogs'>;

function findingsIn(facts: FRRFacts): readonly Found[] {
  const { daemonSets, pods, bgpAdvertisements, installation, takenAt } = facts;
  const scene = {
    isUsed: installation?.bgpType === 'frr-k8s',
    hasBGP: itemsIfRead(bgpAdvertisements).length > 0,
    isWorkloadKnown: installation?.speaker !== undefined,
  };
  const failing = daemonSets.filter(isFRRK8s).flatMap((daemonSet): readonly Found[] => {
    const routers = routersOf(daemonSet, pods, takenAt);
    return routers.pods.length === 0
      ? byItsCount(daemonSet, pods, scene)
      : byItsPods(daemonSet, routers, scene);
  });
  return failing.length > 0 ? failing : refusedByFRRK8s(facts);
}

/** A DaemonSet counts pods that are ready this moment, and says nothing of those that crash now and then. */
function unseenText([namespace]: readonly string[]): string {
  return namespace === undefined
    ? 'no DaemonSet of FRR-K8s is within reach'
    : `the pods of FRR-K8s in ${namespace} were not read`;
}

interface Scene {
  /** The speakers are set to leave BGP to it. */
  readonly isUsed: boolean;
  readonly hasBGP: boolean;
  readonly isWorkloadKnown: boolean;
}

const shown = 4;

function byItsPods(
  daemonSet: Workload,
  { pods, failing }: Routers,
  scene: Scene,
): readonly Found[] {
  const breaking = failing.filter((each) => !each.measuresOnly);
  // where a pod does not speak BGP, one that only lacks its figures is no news
  const told = breaking.length === 0 ? failing : breaking;
  const [first] = told;
  if (first === undefined) {
    return [];
  }
  const { name } = daemonSet.metadata;
  const more = told.length > shown ? ` and ${told.length - shown} more` : '';
  const which = `${podNames(told.slice(0, shown))}${more}`;
  return [
    {
      cause: 'speaker-frr-failing',
      severity: severityOf(breaking.length === pods.length, scene),
      about: refOf(daemonSet),
      affects: [],
      says:
        breaking.length === 0
          ? `FRR-K8s (${name}) never becomes ready, though FRR itself runs: ${which}`
          : `FRR-K8s (${name}) does not come up${scene.isUsed ? ', so nobody speaks BGP there' : ''}: ${which}`,
      details: [
        ...told.slice(0, shown).map(({ pod, says }) => `${pod.metadata.name}: ${says}`),
        breaking.length === 0 ? measured : meaningOf(scene),
      ],
      because: told
        .slice(0, 2)
        .map(({ pod }) => seenField(refOf(pod), 'status.conditions[Ready]', 'False')),
      suggests: remediesFor(first.pod),
    },
  ];
}

const measured =
  'what crashes only measures: sessions go on without it, and nobody sees their figures';

function remediesFor({ metadata: { name, namespace = '' } }: Pod): readonly Remedy[] {
  return [
    {
      says: 'see what the pod says of itself',
      command: kubectl`-n ${namespace} describe pod ${name}`,
      mutates: false,
    },
    {
      says: 'read what its containers said',
      command: kubectl`-n ${namespace} logs ${name} --all-containers --tail=50`,
      mutates: false,
    },
  ];
}

/** In a namespace of its own its pods are not read, but its DaemonSet counts those that are ready. */
function byItsCount(daemonSet: Workload, pods: readonly Pod[], scene: Scene): readonly Found[] {
  const { desired, ready } = daemonSet.status;
  if (ready >= desired) {
    return [];
  }
  const { name, namespace = '' } = daemonSet.metadata;
  const about = refOf(daemonSet);
  return [
    {
      cause: 'speaker-frr-failing',
      severity: severityOf(ready === 0, scene),
      about,
      affects: [],
      says: `FRR-K8s (${name}) does not come up: ${ready} of ${desired} pods are ready${scene.isUsed ? `, so nobody speaks BGP ${ready === 0 ? 'there' : 'on the other nodes'}` : ''}`,
      details: [
        pods.some(({ metadata }) => metadata.namespace === namespace)
          ? `none of its pods is there; see the events of the DaemonSet`
          : `its pods in ${namespace} were not read; its DaemonSet counts them`,
        meaningOf(scene),
      ],
      because: [seenField(about, 'status.numberReady', String(ready))],
      doubts: ['it is only just being rolled out'],
      suggests: [
        {
          says: 'see how its pods fare',
          command: kubectl`-n ${namespace} get pods -o wide`,
          mutates: false,
        },
        {
          says: 'see what its DaemonSet says of itself',
          command: kubectl`-n ${namespace} describe daemonset ${name}`,
          mutates: false,
        },
      ],
    },
  ];
}

/** Where nobody announces by BGP, or not by it, nobody misses FRR. */
function severityOf(isDown: boolean, { isUsed, hasBGP }: Scene): Severity {
  return isUsed && hasBGP && isDown ? 'error' : 'warning';
}

function meaningOf({ isUsed, isWorkloadKnown }: Scene): string {
  if (isUsed) {
    return 'the speakers only hand it their configuration, and look well without it; layer 2 does not need it';
  }
  return isWorkloadKnown
    ? 'the speakers are not set to use it (METALLB_BGP_TYPE is not frr-k8s), so they speak BGP themselves; it matters to whoever else set it up'
    : 'whether the speakers leave BGP to it is not known: their workload was not found';
}
