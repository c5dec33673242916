import { containerStatus, timeNow } from './container-status.ts';
import type { ContainerRecord } from './container-status.ts';
import type { Container, Pod, PodPlace } from './pod.ts';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface Observed {
  readonly pod: Pod;
  readonly place: PodPlace;
  readonly startedAt: string;
  readonly containers: readonly {
    readonly container: Container;
    readonly record: ContainerRecord;
  }[];
}

/** Makes the status of a pod from what was observed; a condition keeps its time while it stays the same. */
export function statusMaker(): (observed: Observed) => object {
  const known = new Map<string, Condition>();
  const condition = (type: string, holds: boolean, why: string): Condition => {
    const status = holds ? 'True' : 'False';
    const words = holds ? {} : { reason: 'ContainersNotReady', message: why };
    const before = known.get(type);
    const since = before?.status === status ? before.lastTransitionTime : timeNow();
    const next = { type, status, lastTransitionTime: since, ...words };
    known.set(type, next);
    return next;
  };
  return ({ pod, place, startedAt, containers }) => {
    const unready = containers.filter(({ record }) => !record.ready);
    const names = unready.map(({ container }) => container.name).join(' ');
    const why = `containers with unready status: [${names}]`;
    const begun = containers.every(({ record }) => record.id !== undefined);
    const exits = containers.flatMap(({ record: { state } }) =>
      'terminated' in state ? state.terminated.exitCode : [],
    );
    const isOver = pod.spec.restartPolicy === 'Never' && exits.length === containers.length;
    const going = begun ? 'Running' : 'Pending';
    const over = exits.every((code) => code === 0) ? 'Succeeded' : 'Failed';
    return {
      phase: isOver ? over : going,
      startTime: startedAt,
      hostIP: place.hostAddress,
      hostIPs: [{ ip: place.hostAddress }],
      podIP: place.podAddress,
      podIPs: [{ ip: place.podAddress }],
      conditions: [
        condition('PodReadyToStartContainers', true, ''),
        condition('Initialized', true, ''),
        condition('Ready', unready.length === 0, why),
        condition('ContainersReady', unready.length === 0, why),
        ...conditionsOfOthers(pod),
      ],
      containerStatuses: containers.map(({ container, record }) =>
        containerStatus(container, record),
      ),
    };
  };
}

/** The scheduler's own condition stays in the list, which a patch replaces whole. */
function conditionsOfOthers(pod: Pod): Condition[] {
  const status = pod['status'] as { conditions?: Condition[] } | undefined;
  return (status?.conditions ?? []).filter(({ type }) => type === 'PodScheduled');
}
