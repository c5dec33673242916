import type { KubeObject, LabelSelector } from './kube-objects.ts';

/** Objects of network plugins that may keep a client out or answer beside MetalLB, trimmed to the fields the tool uses. */

/** One side of a packet, as a rule of Calico describes it; what is left out matches everything. */
export interface CalicoEntity {
  readonly nets: readonly string[];
  readonly notNets: readonly string[];
  /** A number, a name, or `8000:8100`. */
  readonly ports: readonly (string | number)[];
  readonly notPorts: readonly (string | number)[];
  readonly selector?: string;
  readonly notSelector?: string;
  readonly namespaceSelector?: string;
  /** True when it asks for accounts of pods. */
  readonly hasAccounts: boolean;
  /** True when it asks for names of domains or of Services. */
  readonly hasNames: boolean;
}

export interface CalicoRule {
  readonly action: string;
  readonly protocol?: string;
  readonly notProtocol?: string;
  readonly ipVersion?: number;
  /** True when it asks for more than addresses and ports: kinds of ICMP, paths of HTTP. */
  readonly asksMore: boolean;
  readonly source: CalicoEntity;
  readonly destination: CalicoEntity;
}

/** A policy of Calico, of one namespace or of the cluster. */
export interface CalicoPolicy extends KubeObject {
  readonly kind: 'NetworkPolicy' | 'GlobalNetworkPolicy';
  readonly spec: {
    /** Absent means `default`. */
    readonly tier?: string;
    /** The lowest comes first; without one it comes last. */
    readonly order?: number;
    readonly types: readonly string[];
    readonly selector?: string;
    readonly namespaceSelector?: string;
    readonly serviceAccountSelector?: string;
    readonly ingress: readonly CalicoRule[];
    /** True for policies that concern interfaces of nodes and no pods: preDNAT and doNotTrack. */
    readonly isForHosts: boolean;
  };
}

/** Whom a rule of Cilium is about; lists that are absent ask for nothing. */
export interface CiliumRule {
  readonly fromEndpoints?: readonly LabelSelector[];
  readonly fromEntities?: readonly string[];
  readonly fromCIDR?: readonly string[];
  readonly fromCIDRSet?: readonly {
    /** Absent where a group of ranges is named instead. */
    readonly cidr?: string;
    readonly except: readonly string[];
  }[];
  readonly toPorts?: readonly {
    readonly ports: readonly {
      readonly port?: string;
      readonly endPort?: number;
      readonly protocol?: string;
    }[];
  }[];
  /** True when it asks for what is not read: groups, single nodes, ICMP, authentication, requirements. */
  readonly asksMore: boolean;
}

/** A policy of Cilium, of one namespace or of the cluster; those that select nodes are left out. */
export interface CiliumPolicy extends KubeObject {
  readonly kind: 'CiliumNetworkPolicy' | 'CiliumClusterwideNetworkPolicy';
  readonly specs: readonly {
    readonly endpointSelector: LabelSelector;
    readonly enableDefaultDeny: { readonly ingress?: boolean };
    readonly ingress: readonly CiliumRule[];
    readonly ingressDeny: readonly CiliumRule[];
  }[];
}

/** Addresses that Cilium gives to Services. */
export interface CiliumLoadBalancerIPPool extends KubeObject {
  readonly kind: 'CiliumLoadBalancerIPPool';
  readonly spec: {
    readonly disabled: boolean;
    readonly serviceSelector?: LabelSelector;
    readonly blocks: readonly {
      readonly cidr?: string;
      readonly start?: string;
      readonly stop?: string;
    }[];
  };
}

/** Which Services Cilium answers ARP for. */
export interface CiliumL2AnnouncementPolicy extends KubeObject {
  readonly kind: 'CiliumL2AnnouncementPolicy';
  readonly spec: {
    readonly serviceSelector?: LabelSelector;
    readonly nodeSelector?: LabelSelector;
    readonly interfaces: readonly string[];
    readonly externalIPs: boolean;
    readonly loadBalancerIPs: boolean;
  };
}
