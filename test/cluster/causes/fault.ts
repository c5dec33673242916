import type { CauseId } from '../../../src/core/facts/finding.ts';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import { kubectl } from './situation.ts';
import type { LoadBalancerParts, Manifest } from './manifest.ts';

/** Something that breaks MetalLB itself, how the cluster shows it, and what triage must find. */
export interface Fault {
  /** The trouble as a fact, for the test's name. */
  readonly name: string;
  readonly cause: CauseId;
  /** Whether it strikes a Service made while it lasts; else only health tells of it. */
  readonly strikes: boolean;
  /** What `pending` warns of, too, although the Service has its address. */
  readonly warnsPending?: readonly CauseId[];
  /** What is wrong with the Service itself, which has its address and is asked about. */
  readonly failsPending?: readonly CauseId[];
  /** The Service that is made while it lasts, when a plain one does not do. */
  readonly service?: LoadBalancerParts;
  /** Its name, where a command needs to know it. */
  readonly called?: string;
  /** Whether health calls it a warning, which is no reason for another exit code than 0. */
  readonly warns?: true;
  readonly breaks: readonly (readonly string[])[];
  /** Objects that are added once it is broken, and taken away first when it is mended. */
  readonly objects?: readonly Manifest[];
  /** Objects that come with them and are not what is wrong. */
  readonly besides?: readonly Manifest[];
  /** What kubectl is asked, and how its answer looks when the fault is there. */
  readonly until: { readonly asked: readonly string[]; readonly shows: RegExp };
  /** What kubectl is told when the Service is made. */
  readonly afterwards?: readonly (readonly string[])[];
  /** What the controller logs about the new Service, where it gets to that. */
  readonly logs?: string;
  /** Causes that must be found besides the first. */
  readonly also?: readonly CauseId[];
  /** Names and figures that the answer must hold. */
  readonly says: readonly string[];
  /** Whether the released manifest is applied again, before what kubectl is told to mend it. */
  readonly restores?: true;
  readonly mends: readonly (readonly string[])[];
  /** Releases it is tried on; all when undefined. */
  readonly versions?: readonly MetalLBVersion[];
}

/** A kubectl command in MetalLB's own namespace. */
export function inMetalLB(text: string, ...words: readonly string[]): readonly string[] {
  return kubectl(`-n metallb-system ${text}`, ...words);
}

/** The pods of one of MetalLB's programs, one per line, without a line when there are none. */
export function podsOf(component: 'controller' | 'speaker'): readonly string[] {
  return inMetalLB(`get pods --no-headers --selector component=${component}`);
}

/** Waits until every program of MetalLB runs as its workload says now. */
export const rollouts = ['deployment/controller', 'daemonset/speaker'].map((workload) =>
  inMetalLB(`rollout status ${workload} --timeout=180s`),
);

/** Changes the first container of a program's pods, or what is beside it, by JSON patch. */
export function patchPods(
  workload: string,
  operation: 'add' | 'replace',
  [path, value]: readonly [string, unknown],
): readonly string[] {
  const patch = [{ op: operation, path: `/spec/template/spec/${path}`, value }];
  return inMetalLB(`patch ${workload} --type=json -p`, JSON.stringify(patch));
}
