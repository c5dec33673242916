import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { KubeEvent } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { ageMs } from '../ages.ts';
import type { Program } from './programs.ts';
import { refOf } from '../references.ts';
import { seenEvent, seenField } from '../seen.ts';

/** Who does not let a pod be made. */
export type Refuser =
  | { readonly kind: 'pod-security'; readonly level: string | undefined }
  | { readonly kind: 'scc' }
  | { readonly kind: 'quota'; readonly quota: string | undefined }
  | { readonly kind: 'terminating' }
  | { readonly kind: 'admission'; readonly by: string };

/** Pods of a program that the API server does not let its workload make. */
export interface RefusedPods {
  readonly program: Program;
  readonly refuser: Refuser;
  /** What the API server said. */
  readonly message: string;
  readonly evidence: Evidence;
  /** How many are missing. */
  readonly missing: number;
}

type RefusalFacts = Facts<never, 'events'>;

/** A DaemonSet asks again every quarter of an hour at the least, and events live for an hour. */
const currentMs = 70 * 60_000;

/** Why this program has fewer pods than it should, when the API server refuses to make them. */
export function refusedPods(program: Program, facts: RefusalFacts): RefusedPods | undefined {
  const missing = (program.workload?.status.desired ?? 0) - program.pods.length;
  if (missing <= 0) {
    return undefined;
  }
  const event = itemsIfRead(facts.events)
    .filter((each) => isRefusal(each, program) && isCurrent(each, facts.takenAt))
    .toSorted((a, b) => ((a.lastAt ?? '') < (b.lastAt ?? '') ? 1 : -1))
    .find(({ message }) => refuserIn(message) !== undefined);
  const told = event === undefined ? conditionOf(program) : event.message;
  const refuser = told === undefined ? undefined : refuserIn(told);
  if (told === undefined || refuser === undefined) {
    return undefined;
  }
  const evidence = event === undefined ? seenCondition(program, told) : seenEvent(event);
  return { program, refuser, message: told, evidence, missing };
}

function isRefusal({ reason, about }: KubeEvent, { namespace, workload }: Program): boolean {
  const name = workload?.metadata.name ?? '';
  return (
    reason === 'FailedCreate' &&
    about.namespace === namespace &&
    (about.name === name || (about.kind === 'ReplicaSet' && isOwned(about.name, name)))
  );
}

/** A ReplicaSet is called by its Deployment and a hash. */
function isOwned(replicaSet: string, deployment: string): boolean {
  return replicaSet.slice(0, replicaSet.lastIndexOf('-')) === deployment;
}

function isCurrent({ lastAt }: KubeEvent, now: string): boolean {
  const age = ageMs(lastAt, now);
  return age === undefined || age <= currentMs;
}

function conditionOf({ workload }: Program): string | undefined {
  return workload?.status.conditions.find(
    (each) => each.type === 'ReplicaFailure' && each.status === 'True',
  )?.message;
}

function seenCondition({ workload, namespace }: Program, message: string): Evidence {
  const about = workload === undefined ? { kind: 'Namespace', name: namespace } : refOf(workload);
  return seenField(about, 'status.conditions[ReplicaFailure].message', message);
}

/** What Kubernetes below v1.25 has in the place of Pod Security; labels of the namespace mean nothing to it. */
export const podSecurityPolicy = 'PodSecurityPolicy';

/** Who refuses, by what the API server says; undefined for what is nobody's policy. */
export function refuserIn(message: string): Refuser | undefined {
  if (/being terminated/.test(message)) {
    return { kind: 'terminating' };
  }
  if (/exceeded quota|failed quota/.test(message)) {
    return { kind: 'quota', quota: /(?:exceeded|failed) quota: ([^,:\s]+)/.exec(message)?.[1] };
  }
  if (/security context constraint/.test(message)) {
    return { kind: 'scc' };
  }
  if (/pod security policy/.test(message)) {
    return { kind: 'admission', by: podSecurityPolicy };
  }
  if (/PodSecurity/.test(message)) {
    return { kind: 'pod-security', level: /PodSecurity "([^":]+)/.exec(message)?.[1] };
  }
  const by =
    /admission webhook "([^"]+)"/.exec(message)?.[1] ??
    /ValidatingAdmissionPolicy '([^']+)'/.exec(message)?.[1] ??
    /failed calling webhook "([^"]+)"/.exec(message)?.[1];
  return by === undefined ? undefined : { kind: 'admission', by };
}
