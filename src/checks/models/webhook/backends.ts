import type { Pod, Service } from '../../../core/facts/kube-objects.ts';
import {
  controllerOf,
  isOver,
  isReady,
  servesOnlyWebhooks,
  type WorkloadFacts,
} from '../programs/programs.ts';

/** The pods that answer MetalLB's webhook, and how they stood when it was called. */
export interface Backends {
  readonly pods: readonly Pod[];
  /** Pods that the Service selects, too, though they are none of MetalLB's (#1481). */
  readonly strangers: readonly Pod[];
  /** The Service has a selector, and it fits no pod, though MetalLB has pods. */
  readonly selectsNobody: boolean;
  /** `down`: no pod. `starting`: none was ready then. `up`: one was ready before the call. */
  stateAt: (time: string | undefined) => 'down' | 'starting' | 'up';
  /** True when one is ready now. */
  readonly isUp: boolean;
}

/** The pods that the asked Service selects; without it those of the webhook, or else the controller's. */
export function webhookBackends(facts: WorkloadFacts, asked?: Service): Backends {
  const selected = selectedBy(asked, facts.pods);
  const pods = selected.length > 0 ? selected : ownPods(facts);
  const readySince = pods.filter(isReady).map(readyTimeOf);
  return {
    pods,
    selectsNobody:
      selected.length === 0 &&
      pods.length > 0 &&
      Object.keys(asked?.spec.selector ?? {}).length > 0,
    strangers: selected.filter((pod) => !isOfMetalLB(pod, facts)),
    isUp: readySince.length > 0,
    stateAt: (time) => {
      if (pods.length === 0) {
        return 'down';
      }
      const wasUp = readySince.some((since) => since === undefined || since <= (time ?? '9'));
      return wasUp ? 'up' : 'starting';
    },
  };
}

function selectedBy(asked: Service | undefined, pods: readonly Pod[]): readonly Pod[] {
  const wanted = Object.entries(asked?.spec.selector ?? {});
  return wanted.length === 0
    ? []
    : pods.filter(
        (pod) =>
          pod.metadata.namespace === asked?.metadata.namespace &&
          !isGone(pod) &&
          wanted.every(([key, value]) => pod.metadata.labels[key] === value),
      );
}

/** The controller's pods, or those that the operator runs for nothing but the webhook. */
function ownPods(facts: WorkloadFacts): readonly Pod[] {
  const home = facts.installation?.namespace;
  const own = facts.pods.filter(
    (pod) =>
      pod.metadata.namespace === home &&
      pod.spec.containers.some(servesOnlyWebhooks) &&
      !isGone(pod),
  );
  return own.length > 0 ? own : (controllerOf(facts)?.pods ?? []);
}

/** Known by its workload, or by its image: the operator answers for itself. */
function isOfMetalLB(pod: Pod, facts: WorkloadFacts): boolean {
  const own = [...ownPods(facts), ...(controllerOf(facts)?.pods ?? [])];
  return own.includes(pod) || pod.spec.containers.some(({ image }) => image.includes('metallb'));
}

/** No Service leads to a pod that is being deleted, was evicted or has done its work. */
function isGone(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined || isOver(pod);
}

function readyTimeOf({ status }: Pod): string | undefined {
  return status.conditions.find(({ type }) => type === 'Ready')?.lastTransitionTime;
}
