import type { IPAddressPool, Service } from '../facts/kube-objects.ts';
import { annotationKey, deprecatedPrefix, newPrefix } from './annotations.ts';
import type { AnnotationName } from './annotations.ts';
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
  /** A pool to add; one of this name that is there already gets the ranges besides its own. */
  readonly addedPool?: { readonly name: string; readonly addresses: readonly string[] } | undefined;
}

/** A pool as the wish would have it. */
export interface WishedPool {
  readonly pool: IPAddressPool;
  /** False when a pool that is there already is widened. */
  readonly isCreate: boolean;
}

/** The annotations to write, under the prefix this release reads; a key that is there already is overwritten. */
export function wishedAnnotations(
  service: Service,
  wish: Wish,
  behaviour: Behaviour,
): readonly (readonly [key: string, value: string])[] {
  const wanted: readonly (readonly [AnnotationName, string | undefined])[] = [
    ['address-pool', wish.pool],
    ['loadBalancerIPs', wish.addresses],
    ['allow-shared-ip', wish.sharingKey],
  ];
  return wanted.flatMap(([name, value]) =>
    value === undefined ? [] : [[keyFor(service, name, behaviour), value] as const],
  );
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
  const externalTrafficPolicy = wish.policy ?? spec.externalTrafficPolicy;
  return {
    ...service,
    metadata: { ...metadata, annotations },
    spec: externalTrafficPolicy === undefined ? spec : { ...spec, externalTrafficPolicy },
  };
}

/** The pool to be written; undefined when the wish adds none. */
export function wishedPool(
  { addedPool }: Wish,
  pools: readonly IPAddressPool[],
  namespace: string,
): WishedPool | undefined {
  if (addedPool === undefined) {
    return undefined;
  }
  const { name, addresses } = addedPool;
  const there = pools.find(
    ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
  );
  return there === undefined
    ? { pool: newPool(name, namespace, addresses), isCreate: true }
    : {
        pool: {
          ...there,
          spec: { ...there.spec, addresses: [...there.spec.addresses, ...addresses] },
        },
        isCreate: false,
      };
}

function newPool(name: string, namespace: string, addresses: readonly string[]): IPAddressPool {
  return {
    kind: 'IPAddressPool',
    metadata: {
      name,
      namespace,
      labels: {},
      annotations: {},
      finalizers: [],
      ownerReferences: [],
      managedFields: [],
    },
    spec: { addresses },
  };
}
