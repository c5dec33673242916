import type { Container, Pod, Workload } from '../../../core/facts/kube-objects.ts';
import { remembered, type Facts } from '../../../core/diagnosis/facts.ts';
import { itemsIfRead, type Reading } from '../../../core/facts/reading.ts';

/** One of MetalLB's two programs: what should run it and what does. */
export interface Program {
  readonly name: 'controller' | 'speaker';
  readonly namespace: string;
  /** `deployment/controller`, as kubectl takes it; a guess when there is no workload. */
  readonly handle: string;
  readonly workload: Workload | undefined;
  /** Not counting pods that are being deleted. */
  readonly pods: readonly Pod[];
  /** Those that are being deleted; until they are gone they may work. */
  readonly leaving: readonly Pod[];
}

/** What pods show needs no workloads; where they were read they say what the pods belong to. */
export type WorkloadFacts = Facts<'pods'> & {
  readonly deployments: Workloads;
  readonly daemonSets: Workloads;
};

type Workloads = readonly Workload[] | Reading<Workload>;

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
  const found = installation[name];
  const workload = [...known(facts.deployments), ...known(facts.daemonSets)].find(
    (each) =>
      each.metadata.namespace === namespace &&
      each.metadata.name === found?.name &&
      each.kind === found.kind,
  );
  const kind = name === 'controller' ? 'deployment' : 'daemonset';
  const pods = facts.pods.filter(
    (pod) => pod.metadata.namespace === namespace && !isOver(pod) && isPodOf(pod, name, workload),
  );
  return {
    name,
    namespace,
    handle: `${found?.kind.toLowerCase() ?? kind}/${found?.name ?? name}`,
    workload,
    pods: pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined),
    leaving: pods.filter(({ metadata }) => metadata.deletionTimestamp !== undefined),
  };
}

function known(workloads: Workloads): readonly Workload[] {
  return 'state' in workloads ? itemsIfRead(workloads) : workloads;
}

/** Evicted pods and those of a node that was shut down stay listed; their successors do the work. */
export function isOver({ status }: Pod): boolean {
  return status.phase === 'Failed' || status.phase === 'Succeeded';
}

function isPodOf(pod: Pod, program: Program['name'], workload: Workload | undefined): boolean {
  if (workload === undefined) {
    return pod.spec.containers.some(
      (each) => isImageOf(each.image, program) && !servesOnlyWebhooks(each),
    );
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

/** The operator runs the controller's image a second time, only to answer admission requests. */
export function servesOnlyWebhooks({ command, args }: Container): boolean {
  return [...command, ...args].some((word) => /^--?webhook-mode=onlywebhook$/.test(word));
}

/** True when the kubelet says the pod serves. */
export function isReady(pod: Pod): boolean {
  return pod.status.conditions.some((each) => each.type === 'Ready' && each.status === 'True');
}
