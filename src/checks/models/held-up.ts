import type { Service } from '../../core/facts/kube-objects.ts';
import { ageMs } from './ages.ts';

const patienceMs = 10 * 60_000;

/** True for a LoadBalancer Service that was deleted and does not go, because a finalizer holds it. */
export function isHeldUp({ spec, metadata }: Service, now: string): boolean {
  return (
    spec.type === 'LoadBalancer' &&
    metadata.finalizers.length > 0 &&
    (ageMs(metadata.deletionTimestamp, now) ?? 0) >= patienceMs
  );
}
