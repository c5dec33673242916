import type { Pod, Workload } from '../../core/facts/kube-objects.ts';
import { remembered, type Facts } from '../../core/diagnosis/facts.ts';

/** One of MetalLB's two programs: what should run it and what does. */
export interface Program {
  readonly name: 'controller' | 'speaker';
  readonly namespace: string;
  /** `deployment/controller`, as kubectl takes it; a guess when there is no workload. */
  readonly handle: string;
  readonly workload: Workload | undefined;
  /** Not counting pods that are being deleted. */
  readonly pods: readonly Pod[];
}

type WorkloadFacts = Facts<'deployments' | 'daemonSets' | 'pods'>;

/** The controller of the installation in question; undefined when there is no installation. */
export const controllerOf = remembered((facts: WorkloadFacts) => programOf('controller', facts));

/** The speakers of the installation in question. */
export const speakerOf = remembered((facts: WorkloadFacts) => programOf('speaker', facts));

function programOf(name: Program['name'], facts: WorkloadFacts): Program | undefined {
  const { installation } = facts;
  if (installation === undefined) {
    return undefined;
  }
  const { namespace } = installation;
  const known = installation[name];
  const workload = [...facts.deployments, ...facts.daemonSets].find(
    (each) =>
      each.metadata.namespace === namespace &&
      each.metadata.name === known?.name &&
      each.kind === known.kind,
  );
  const kind = name === 'controller' ? 'deployment' : 'daemonset';
  return {
    name,
    namespace,
    handle: `${known?.kind.toLowerCase() ?? kind}/${known?.name ?? name}`,
    workload,
    pods: facts.pods.filter(
      (pod) =>
        pod.metadata.namespace === namespace &&
        pod.metadata.deletionTimestamp === undefined &&
        !isOver(pod) &&
        isPodOf(pod, name, workload),
    ),
  };
}

/** Evicted pods and those of a node that was shut down stay listed; their successors do the work. */
function isOver({ status }: Pod): boolean {
  return status.phase === 'Failed' || status.phase === 'Succeeded';
}

function isPodOf(pod: Pod, program: Program['name'], workload: Workload | undefined): boolean {
  if (workload === undefined) {
    return pod.spec.containers.some((each) => isImageOf(each.image, program));
  }
  const { labels } = workload.spec.template;
  const wanted = Object.entries(labels);
  return wanted.length === 0
    ? pod.metadata.name.startsWith(`${workload.metadata.name}-`)
    : wanted.every(([key, value]) => pod.metadata.labels[key] === value);
}

/** `quay.io/metallb/controller:v0.15.3` and what mirrors make of it. */
function isImageOf(image: string, program: Program['name']): boolean {
  return image.includes('metallb') && image.includes(program);
}

/** True when the kubelet says the pod serves. */
export function isReady(pod: Pod): boolean {
  return pod.status.conditions.some((each) => each.type === 'Ready' && each.status === 'True');
}
