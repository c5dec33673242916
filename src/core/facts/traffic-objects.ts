import type { KubeObject, LabelSelector } from './kube-objects.ts';

/** Objects that only matter once a Service has its address, trimmed to the fields the tool uses. */

/** Whom a rule of a NetworkPolicy lets in; all that is left out matches everything. */
export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except: readonly string[] };
}

export interface NetworkPolicyPort {
  readonly protocol?: string;
  readonly port?: string | number;
  readonly endPort?: number;
}

export interface NetworkPolicy extends KubeObject {
  readonly kind: 'NetworkPolicy';
  readonly spec: {
    readonly podSelector: LabelSelector;
    readonly policyTypes: readonly string[];
    /** No rule at all lets nobody in; a rule without peers lets everybody in. */
    readonly ingress: readonly {
      readonly from: readonly NetworkPolicyPeer[];
      readonly ports: readonly NetworkPolicyPort[];
    }[];
  };
}

/** A session of frr-k8s as its status says: `Established`, `Idle`, and BFD's `Up`, `Down`. */
export interface BGPSessionState extends KubeObject {
  readonly kind: 'BGPSessionState';
  readonly status: {
    readonly node?: string;
    readonly peer?: string;
    readonly vrf?: string;
    readonly bgpStatus?: string;
    readonly bfdStatus?: string;
  };
}

/** What frr-k8s made of its configuration on the node it is named for. */
export interface FRRNodeState extends KubeObject {
  readonly kind: 'FRRNodeState';
  readonly status: {
    /** `success`, or `failed: ...`. */
    readonly lastConversionResult?: string;
    readonly lastReloadResult?: string;
  };
}
