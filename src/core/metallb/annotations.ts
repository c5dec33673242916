import type { Service } from '../facts/kube-objects.ts';
import type { Behaviour } from './versions.ts';

export const newPrefix = 'metallb.io/';
export const deprecatedPrefix = 'metallb.universe.tf/';

export type AnnotationName = 'address-pool' | 'loadBalancerIPs' | 'allow-shared-ip';

/** The value MetalLB reads: the new key wins by being there, even when empty; undefined when neither is. */
export function annotationOf(
  service: Service,
  name: AnnotationName,
  behaviour: Behaviour,
): string | undefined {
  const { annotations } = service.metadata;
  const key = annotationKey(service, name, behaviour);
  return Object.hasOwn(annotations, key) ? annotations[key] : undefined;
}

/** The key the value is read from. */
export function annotationKey<Name extends AnnotationName>(
  service: Service,
  name: Name,
  behaviour: Behaviour,
): `${typeof newPrefix | typeof deprecatedPrefix}${Name}` {
  const readsNew =
    behaviour.knowsNewPrefix && Object.hasOwn(service.metadata.annotations, newPrefix + name);
  return `${readsNew ? newPrefix : deprecatedPrefix}${name}`;
}
