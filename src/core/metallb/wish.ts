import type { Service } from '../facts/kube-objects.ts';
import { annotationKey, deprecatedPrefix, newPrefix } from './annotations.ts';
import type { AnnotationName } from './annotations.ts';
import type { PoolWish } from './pool-wish.ts';
import type { Behaviour } from './versions.ts';

/** A change to a Service and to the pools that somebody thinks of. */
export interface Wish {
  /** Value of the `address-pool` annotation. */
  readonly pool?: string | undefined;
  /** Value of the `loadBalancerIPs` annotation, as it would be written. */
  readonly addresses?: string | undefined;
  /** Value of the `allow-shared-ip` annotation. */
  readonly sharingKey?: string | undefined;
  readonly policy?: 'Local' | 'Cluster' | undefined;
  /** What is done to pools, one wish for each. */
  readonly pools?: readonly PoolWish[] | undefined;
}

/** The annotations to write, under the prefix this release reads; a key that is there already is overwritten. */
export function wishedAnnotations(
  service: Service,
  wish: Wish,
  behaviour: Behaviour,
): readonly (readonly [key: string, value: string])[] {
  const wanted: readonly (readonly [AnnotationName, string | undefined])[] = [
    ['address-pool', wish.pool],
    [
      'loadBalancerIPs',
      wishedField(service, wish, behaviour) === undefined ? wish.addresses : undefined,
    ],
    ['allow-shared-ip', wish.sharingKey],
  ];
  return wanted.flatMap(([name, value]) =>
    value === undefined ? [] : [[keyFor(service, name, behaviour), value] as const],
  );
}

/** What to write into `spec.loadBalancerIP`, where a release may not read the annotation; the field holds one address. */
export function wishedField(
  service: Service,
  { addresses }: Wish,
  behaviour: Behaviour,
): string | undefined {
  const key = annotationKey(service, 'loadBalancerIPs', behaviour);
  const isAnnotated = Object.hasOwn(service.metadata.annotations, key);
  return behaviour.knowsAddressAnnotation || isAnnotated || addresses?.includes(',') === true
    ? undefined
    : addresses;
}

function keyFor(service: Service, name: AnnotationName, behaviour: Behaviour): string {
  const key = annotationKey(service, name, behaviour);
  const isThere = Object.hasOwn(service.metadata.annotations, key);
  return isThere ? key : `${behaviour.knowsNewPrefix ? newPrefix : deprecatedPrefix}${name}`;
}

/** The Service as the wish would have it; its status stays what it is. */
export function wishedService(service: Service, wish: Wish, behaviour: Behaviour): Service {
  const { metadata, spec } = service;
  const annotations = Object.fromEntries([
    ...Object.entries(metadata.annotations),
    ...wishedAnnotations(service, wish, behaviour),
  ]);
  return {
    ...service,
    metadata: { ...metadata, annotations },
    spec: { ...spec, ...wishedSpec(service, wish, behaviour) },
  };
}

/** The fields to write under `spec`; empty when there are none. */
export function wishedSpec(
  service: Service,
  wish: Wish,
  behaviour: Behaviour,
): Partial<Pick<Service['spec'], 'externalTrafficPolicy' | 'loadBalancerIP'>> {
  const loadBalancerIP = wishedField(service, wish, behaviour);
  return {
    ...(wish.policy === undefined ? {} : { externalTrafficPolicy: wish.policy }),
    ...(loadBalancerIP === undefined ? {} : { loadBalancerIP }),
  };
}

/** True when the wish writes the Service at all. */
export function touchesService({ pool, addresses, sharingKey, policy }: Wish): boolean {
  return [pool, addresses, sharingKey, policy].some((value) => value !== undefined);
}
