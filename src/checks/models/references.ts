import type { KubeObject } from '../../core/facts/kube-objects.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';

/** The reference that names `object`. */
export function refOf(object: KubeObject): ObjectRef {
  const { name, namespace } = object.metadata;
  return namespace === undefined
    ? { kind: object.kind, name }
    : { kind: object.kind, namespace, name };
}

/** The Service whose key MetalLB writes as `namespace/name`. */
export function serviceRef(key: string): ObjectRef {
  const slash = key.indexOf('/');
  return { kind: 'Service', namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** The ServiceAccount that the API server calls `system:serviceaccount:namespace:name`. */
export function accountRef(account: string): ObjectRef {
  const [, , namespace = 'metallb-system', name = 'default'] = account.split(':');
  return { kind: 'ServiceAccount', namespace, name };
}
