import type { Pod } from '../../../core/facts/kube-objects.ts';
import { troubleOf, type PodTrouble } from './pod-trouble.ts';
import type { Program } from './programs.ts';

/** A pod that does not serve, and why. */
export interface Troubled<K extends PodTrouble['kind']> {
  readonly pod: Pod;
  readonly trouble: Extract<PodTrouble, { readonly kind: K }>;
}

/** The pods of `program` whose trouble is of this kind. */
export function troubledPods<K extends PodTrouble['kind']>(
  program: Program,
  kind: K,
  now: string,
): readonly Troubled<K>[] {
  return program.pods.flatMap((pod) => {
    const trouble = troubleOf(pod, now);
    return trouble !== undefined && isOfKind(trouble, kind) ? [{ pod, trouble }] : [];
  });
}

function isOfKind<K extends PodTrouble['kind']>(
  trouble: PodTrouble,
  kind: K,
): trouble is Extract<PodTrouble, { readonly kind: K }> {
  return trouble.kind === kind;
}

/** True when at least one pod does its work. */
export function serves(program: Program, now: string): boolean {
  return program.pods.some((pod) => troubleOf(pod, now) === undefined);
}

/** `speaker-x7 on worker-1, speaker-q2 on worker-2`. */
export function podNames(troubled: readonly { readonly pod: Pod }[]): string {
  return troubled
    .map(({ pod }) => {
      const node = pod.spec.nodeName === undefined ? '' : ` on ${pod.spec.nodeName}`;
      return `${pod.metadata.name}${node}`;
    })
    .toSorted()
    .join(', ');
}
