import type { Pod, Workload } from '../../../core/facts/kube-objects.ts';
import { type PodTrouble, troubleOf } from './pod-trouble.ts';
import { isOver } from './programs.ts';

/** True for the DaemonSet that runs FRR-K8s, whoever installed it. */
export function isFRRK8s({ metadata, spec }: Workload): boolean {
  return (
    /frr-k8s/.test(metadata.name) ||
    spec.template.containers.some(({ image }) => /metallb\/frr-k8s/.test(image))
  );
}

/** One pod of FRR-K8s that does not do its work, and why. */
export interface FailingRouter {
  readonly pod: Pod;
  readonly says: string;
  /** True when only what measures FRR fails: sessions do not need it. */
  readonly measuresOnly: boolean;
}

/** Containers of FRR in a speaker's pod, and those that copy its programs there first. */
export function isOfFRR(container: string): boolean {
  return /^(?:frr|reloader|cp-)/.test(container);
}

/** Containers beside FRR, in either mode, that no session needs. */
export function measuresOnly(container: string): boolean {
  return /^(?:frr-metrics|frr-status|kube-rbac-proxy.*)$/.test(container);
}

/** The pods of one FRR-K8s, as far as they were read. */
export interface Routers {
  readonly pods: readonly Pod[];
  readonly failing: readonly FailingRouter[];
}

/** The pods of this FRR-K8s that are there, and those among them that fail. */
export function routersOf(daemonSet: Workload, pods: readonly Pod[], now: string): Routers {
  const wanted = Object.entries(daemonSet.spec.template.labels);
  const own = pods.filter((pod) => {
    const { metadata } = pod;
    return (
      metadata.namespace === daemonSet.metadata.namespace &&
      !isOver(pod) &&
      metadata.deletionTimestamp === undefined &&
      wanted.length > 0 &&
      wanted.every(([key, value]) => metadata.labels[key] === value)
    );
  });
  const failing = own.flatMap((pod) => {
    const trouble = troubleOf(pod, now);
    return trouble === undefined
      ? []
      : [
          {
            pod,
            says: textOf(trouble),
            measuresOnly: trouble.kind === 'crash' && measuresOnly(trouble.container),
          },
        ];
  });
  return { pods: own, failing };
}

function textOf(trouble: PodTrouble): string {
  switch (trouble.kind) {
    case 'crash':
      return `container ${trouble.container} crashes (${trouble.restarts} restarts, ${trouble.exit})`;
    case 'image':
      return `its image ${trouble.image} cannot be pulled`;
    case 'not-scheduled':
    case 'not-ready':
      return trouble.says;
  }
}
