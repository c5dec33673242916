import type { Community, IPAddressPool, Namespace, Service } from '../facts/kube-objects.ts';

/** Everything the controller decides by. Objects outside `namespace` are left out as MetalLB leaves them out. */
export interface ModelInput {
  readonly pools: readonly IPAddressPool[];
  readonly communities: readonly Community[];
  readonly namespaces: readonly Namespace[];
  /** Of the whole cluster, whatever their type or class. */
  readonly services: readonly Service[];
  /** `v0.15.3`; undefined is taken for the newest known. */
  readonly version: string | undefined;
  /** `--lb-class`. */
  readonly loadBalancerClass: string | undefined;
  /** `METALLB_BGP_TYPE`. */
  readonly bgpType: string | undefined;
  /** MetalLB's own namespace. */
  readonly namespace: string;
}

/** How the controller was started, and what the API server under it does by itself. */
export type ControllerSettings = Pick<
  ModelInput,
  'version' | 'loadBalancerClass' | 'bgpType' | 'namespace'
> & {
  /** True for Kubernetes 1.30 and newer: see `asStored`. Without it what is written is stored as it is. */
  readonly apiServerDefaults?: boolean | undefined;
};
