import type { ContainerState, ContainerStatus, Pod } from '../../../core/facts/kube-objects.ts';
import { ageMs } from '../ages.ts';
import { isReady } from './programs.ts';

/** Why a pod does not do its work, in the order in which a pod comes up. */
export type PodTrouble =
  | { readonly kind: 'not-scheduled'; readonly says: string }
  | { readonly kind: 'image'; readonly image: string; readonly says: string }
  | {
      readonly kind: 'crash';
      readonly container: string;
      readonly restarts: number;
      readonly exit: string;
      readonly lastEnd: string | undefined;
      /** What the container runtime said when it could not even start it; such a run leaves no log. */
      readonly unstarted: string | undefined;
    }
  | {
      readonly kind: 'not-ready';
      readonly says: string;
      /** The node that no longer answers; its pods may be well. */
      readonly silentNode: string | undefined;
    };

const imageReasons: readonly string[] = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
];

const freshMs = 10 * 60_000;
const restartsOfALoop = 3;

/** What is wrong with `pod`; undefined when it serves. */
export function troubleOf(pod: Pod, now: string): PodTrouble | undefined {
  const containers = [...pod.status.initContainerStatuses, ...pod.status.containerStatuses];
  const crash = containers.find((each) => isCrashing(each, now));
  if (isReady(pod)) {
    return crash === undefined ? undefined : crashOf(crash);
  }
  const unscheduled = pod.status.conditions.find(
    (each) => each.type === 'PodScheduled' && each.status === 'False',
  );
  if (unscheduled !== undefined) {
    return { kind: 'not-scheduled', says: unscheduled.message ?? unscheduled.reason ?? 'Pending' };
  }
  const image = containers.find((each) => imageReasons.includes(each.state.reason ?? ''));
  if (image !== undefined) {
    return {
      kind: 'image',
      image: image.image,
      says: image.state.message ?? image.state.reason ?? '',
    };
  }
  return crash === undefined ? unreadyOf(pod, containers) : crashOf(crash);
}

/** In back-off, just ended with an error, or ended so again and again a moment ago. A restart long ago is no loop. */
function isCrashing(container: ContainerStatus, now: string): boolean {
  const { state, lastState, restartCount } = container;
  if (state.reason === 'CrashLoopBackOff') {
    return true;
  }
  if (state.state === 'terminated') {
    return failed(state);
  }
  const age = ageMs(lastState?.finishedAt, now);
  return (
    restartCount >= restartsOfALoop && failed(lastState) && age !== undefined && age <= freshMs
  );
}

function failed(state: ContainerState | undefined): boolean {
  return state?.state === 'terminated' && state.exitCode !== undefined && state.exitCode !== 0;
}

function crashOf(container: ContainerStatus): PodTrouble {
  const end = container.state.state === 'terminated' ? container.state : container.lastState;
  const reason = end?.reason === undefined || end.reason === 'Error' ? '' : `${end.reason}, `;
  return {
    kind: 'crash',
    container: container.name,
    restarts: container.restartCount,
    exit:
      end?.exitCode === undefined
        ? 'its exit code is not known'
        : `${reason}exit code ${end.exitCode}`,
    lastEnd: end?.finishedAt,
    unstarted: /^(?:StartError|ContainerCannotRun|RunContainerError)$/.test(end?.reason ?? '')
      ? end?.message
      : undefined,
  };
}

function unreadyOf(pod: Pod, containers: readonly ContainerStatus[]): NotReady {
  const silentNode = isCutOffWithItsNode(pod) ? pod.spec.nodeName : undefined;
  const says =
    silentNode === undefined
      ? stateOf(pod, containers)
      : `its containers were ready when node ${silentNode} last reported, and the node does not answer now`;
  return { kind: 'not-ready', says, silentNode };
}

/** The same of a pod whose node is known to answer. */
export function unreadyOnANodeThatAnswers(pod: Pod): NotReady {
  const { initContainerStatuses, containerStatuses } = pod.status;
  const says = stateOf(pod, [...initContainerStatuses, ...containerStatuses]);
  return { kind: 'not-ready', says, silentNode: undefined };
}

type NotReady = Extract<PodTrouble, { readonly kind: 'not-ready' }>;

const phases: Readonly<Record<string, string>> = {
  Pending: 'it has not started',
  Running: 'it runs, but its readiness probe fails',
  Unknown: 'its node does not answer',
};

function stateOf(pod: Pod, containers: readonly ContainerStatus[]): string {
  const waiting = containers.find((each) => each.state.state === 'waiting');
  if (waiting !== undefined) {
    const { reason, message } = waiting.state;
    return [reason ?? 'waiting', message].filter((part) => part !== undefined).join(': ');
  }
  const unready = pod.status.conditions.find((each) => each.type === 'Ready');
  return (
    unready?.message ??
    pod.status.message ??
    pod.status.reason ??
    (isCutOffWithItsNode(pod)
      ? 'its containers are ready, and the pod is not marked so yet'
      : undefined) ??
    phases[pod.status.phase ?? ''] ??
    'it has no status'
  );
}

/**
 * When a node falls silent its pods are marked not Ready from outside, without a reason, and the containers stay as last
 * reported. A kubelet that answers gives one: ContainersNotReady, ReadinessGatesNotReady.
 */
function isCutOffWithItsNode({ spec, status }: Pod): boolean {
  const own = status.containerStatuses;
  return (
    spec.nodeName !== undefined &&
    status.phase === 'Running' &&
    own.length > 0 &&
    [...status.initContainerStatuses, ...own].every(({ ready }) => ready) &&
    status.conditions.find(({ type }) => type === 'Ready')?.reason === undefined
  );
}
