import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Container, Pod, Workload } from '../../core/facts/kube-objects.ts';
import type { Installation } from '../../core/facts/snapshot.ts';
import { handledClassOf } from '../models/programs/handled-class.ts';
import {
  controllerOf,
  isReady,
  type Program,
  servesOnlyWebhooks,
} from '../models/programs/programs.ts';
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
    const found =
      severalInstallations(running) ?? severalDeployments(facts) ?? severalPods(controller);
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

/** A manifest and a chart call their Deployments differently, and one does not replace the other. */
function severalDeployments({
  installation,
  deployments,
  pods,
}: ControllerFacts): Found | undefined {
  const namespace = installation?.namespace ?? '';
  const own = deployments.filter(
    (each) =>
      each.metadata.namespace === namespace &&
      each.spec.template.containers.some(isController) &&
      pods.some((pod) => isReady(pod) && isMadeBy(pod, each)),
  );
  const byClass = Map.groupBy(own, classOf);
  const twins = [...byClass.values()].find((each) => each.length > 1);
  if (twins === undefined) {
    return own.length < 2 ? undefined : severalClasses(namespace, own);
  }
  const names = twins.map(({ metadata }) => metadata.name).toSorted();
  return {
    cause: 'several-controllers',
    severity: 'error',
    about: { kind: 'Namespace', name: namespace },
    affects: [],
    says: `MetalLB is installed ${twins.length} times in ${namespace}: the Deployments ${names.join(' and ')} serve the same Services`,
    details: [
      'a manifest and a chart, or two releases of the chart, use other names and do not replace each other; of the speakers only one set gets the ports of the nodes',
    ],
    because: twins.map(seenReady),
    suggests: [
      {
        says: 'see which one is wanted, and delete the Deployment and DaemonSet of the other; both read the same pools',
        command: kubectl`-n ${namespace} get deployments,daemonsets --show-labels`,
        mutates: false,
      },
    ],
  };
}

/** Each gives out addresses by what it knows of the Services of its own class. */
function severalClasses(namespace: string, own: readonly Workload[]): Found {
  const sorted = own.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const names = sorted.map(({ metadata }) => metadata.name);
  return {
    cause: 'several-controllers',
    severity: 'warning',
    about: { kind: 'Namespace', name: namespace },
    affects: [],
    says: `${own.length} controllers in ${namespace} give out the same pools: the Deployments ${names.join(' and ')} serve Services of different classes`,
    details: [
      ...sorted.map((each) => `${each.metadata.name}: ${classText(classOf(each))}`),
      'neither knows which addresses the other gave out, so two Services can get the same one',
    ],
    because: sorted.map(seenReady),
    suggests: [
      {
        says: 'give each a namespace of its own, with pools of its own; until then see that no address is given out twice',
        command:
          'kubectl get services -A -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,CLASS:.spec.loadBalancerClass,IP:.status.loadBalancer.ingress[*].ip',
        mutates: false,
      },
    ],
  };
}

function classOf({ spec }: Workload): string | undefined {
  const controller = spec.template.containers.find(isController);
  return controller === undefined ? undefined : handledClassOf(controller);
}

function classText(name: string | undefined): string {
  return name === undefined ? 'no class, so Services without loadBalancerClass' : `class ${name}`;
}

function seenReady(workload: Workload): Evidence {
  return seenField(refOf(workload), 'status.readyReplicas', String(workload.status.ready));
}

type ControllerFacts = Pick<Facts<'deployments' | 'pods'>, 'installation' | 'deployments' | 'pods'>;

function isController(container: Container): boolean {
  return (
    container.image.includes('metallb') &&
    isControllerImage(container.image) &&
    !servesOnlyWebhooks(container)
  );
}

/** By its ReplicaSet, which bears the Deployment's name and a hash; labels of one may fit the other's pods. */
function isMadeBy({ metadata }: Pod, { metadata: own }: Workload): boolean {
  return metadata.ownerReferences.some(
    ({ kind, name }) =>
      kind === 'ReplicaSet' &&
      metadata.namespace === own.namespace &&
      name.slice(0, name.lastIndexOf('-')) === own.name,
  );
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
  return image.includes('controller') && !/frr-k8s|operator/.test(image);
}

/** Installations with a controller, of the class of the one in question. */
function sameClass(installations: readonly Installation[]): readonly Installation[] {
  const [first] = installations;
  return installations.filter(
    (each) => each.controller !== undefined && each.loadBalancerClass === first?.loadBalancerClass,
  );
}
