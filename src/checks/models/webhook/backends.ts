import { remembered } from '../../../core/diagnosis/facts.ts';
import type { Pod } from '../../../core/facts/kube-objects.ts';
import {
  controllerOf,
  isReady,
  servesOnlyWebhooks,
  type WorkloadFacts,
} from '../programs/programs.ts';

/** The pods that answer MetalLB's webhook, and how they stood when it was called. */
export interface Backends {
  readonly pods: readonly Pod[];
  /** `down`: no pod. `starting`: none was ready then. `up`: one was ready before the call. */
  stateAt: (time: string | undefined) => 'down' | 'starting' | 'up';
  /** True when one is ready now. */
  readonly isUp: boolean;
}

/** The controller's pods, or those that the operator runs for nothing but the webhook. */
export const webhookBackends = remembered((facts: WorkloadFacts): Backends => {
  const home = facts.installation?.namespace;
  const own = facts.pods.filter(
    (pod) =>
      pod.metadata.namespace === home &&
      pod.spec.containers.some(servesOnlyWebhooks) &&
      !isLeaving(pod),
  );
  const pods = own.length > 0 ? own : (controllerOf(facts)?.pods ?? []);
  const readySince = pods.filter(isReady).map(readyTimeOf);
  return {
    pods,
    isUp: readySince.length > 0,
    stateAt: (time) => {
      if (pods.length === 0) {
        return 'down';
      }
      const wasUp = readySince.some((since) => since === undefined || since <= (time ?? '9'));
      return wasUp ? 'up' : 'starting';
    },
  };
});

function isLeaving({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

function readyTimeOf({ status }: Pod): string | undefined {
  return status.conditions.find(({ type }) => type === 'Ready')?.lastTransitionTime;
}
