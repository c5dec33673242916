/** Names one Kubernetes object; `namespace` is absent for cluster-scoped kinds. */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** `Service shop/checkout`, `Node worker-1`. */
export function nameOf(ref: ObjectRef): string {
  return `${ref.kind} ${keyOf(ref)}`;
}

/** `namespace/name`, or the bare name of a cluster-scoped object: MetalLB's own spelling of a Service key. */
export function keyOf(ref: { readonly namespace?: string; readonly name: string }): string {
  return ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`;
}
