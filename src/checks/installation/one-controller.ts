import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Pod } from '../../core/facts/kube-objects.ts';
import type { Installation } from '../../core/facts/snapshot.ts';
import { controllerOf, isReady, type Program } from '../models/programs/programs.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** MetalLB has no leader election: two controllers with the same class are two allocators that do not know each other. */
export const oneController = defineCheck({
  id: 'MLB-I08',
  asks: 'Is there one controller only?',
  symptoms: ['pending', 'health'],
  causes: ['several-controllers'],
  needs: ['deployments', 'daemonSets', 'pods'],
  helps: [],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => {
    const controller = controllerOf(facts);
    if (controller === undefined) {
      return [];
    }
    const running = facts.installations.filter((each) => runs(each, facts.pods));
    const found = severalInstallations(running) ?? severalPods(controller);
    return found === undefined ? [] : [{ ...found, affects: everyoneOr(subject) }];
  },
});

function severalInstallations(installations: readonly Installation[]): Found | undefined {
  const twins = sameClass(installations);
  const namespaces = twins.map((each) => each.namespace).toSorted();
  const second = namespaces.at(-1);
  if (twins.length < 2 || second === undefined) {
    return undefined;
  }
  return {
    cause: 'several-controllers',
    severity: 'error',
    about: { kind: 'Namespace', name: second },
    affects: [],
    says: `MetalLB is installed ${namespaces.length} times (${namespaces.join(', ')}), and every controller serves the same Services`,
    details: twins.map((each) => `${each.namespace}: ${each.foundBy.join(', ')}`).toSorted(),
    because: namespaces.map((name) =>
      seenField({ kind: 'Namespace', name }, 'MetalLB controller', 'present'),
    ),
    suggests: [
      {
        says: 'remove the one that is not wanted, or give it a class of its own with --lb-class',
        command: 'kubectl get deployments -A | grep -i -e metallb -e controller',
        mutates: false,
      },
    ],
  };
}

/** A roll-out may overlap for a moment; only a Deployment that wants several is a fault. */
function severalPods({ namespace, handle, workload, pods }: Program): Found | undefined {
  const ready = pods.filter(isReady);
  if (workload === undefined || workload.status.desired < 2 || ready.length < 2) {
    return undefined;
  }
  const about = refOf(workload);
  return {
    cause: 'several-controllers',
    severity: 'error',
    about,
    affects: [],
    says: `MetalLB runs ${ready.length} controllers at once; they allocate without knowing of each other`,
    details: ready.map((pod) => `ready: ${pod.metadata.name}`).toSorted(),
    because: [seenField(about, 'spec.replicas', String(workload.status.desired))],
    suggests: [
      {
        says: 'run one only',
        command: kubectl`-n ${namespace} scale ${handle} --replicas=1`,
        mutates: true,
      },
    ],
  };
}

/** One that is left over and scaled to zero serves nobody. */
function runs({ namespace }: Installation, pods: readonly Pod[]): boolean {
  return pods.some(
    (pod) =>
      pod.metadata.namespace === namespace &&
      isReady(pod) &&
      pod.spec.containers.some((each) => isControllerImage(each.image)),
  );
}

function isControllerImage(image: string): boolean {
  return image.includes('controller') && !image.includes('frr-k8s');
}

/** Installations with a controller, of the class of the one in question. */
function sameClass(installations: readonly Installation[]): readonly Installation[] {
  const [first] = installations;
  return installations.filter(
    (each) => each.controller !== undefined && each.loadBalancerClass === first?.loadBalancerClass,
  );
}
