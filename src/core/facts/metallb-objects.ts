import type { Condition, KubeObject, LabelSelector } from './kube-objects.ts';

/** The objects of MetalLB's API group `metallb.io`, trimmed to the fields the tool uses. */

export interface ServiceAllocation {
  readonly priority?: number;
  readonly namespaces: readonly string[];
  readonly namespaceSelectors: readonly LabelSelector[];
  readonly serviceSelectors: readonly LabelSelector[];
}

export interface IPAddressPool extends KubeObject {
  readonly kind: 'IPAddressPool';
  readonly spec: {
    readonly addresses: readonly string[];
    /** Absent means true. */
    readonly autoAssign?: boolean;
    readonly avoidBuggyIPs?: boolean;
    readonly serviceAllocation?: ServiceAllocation;
  };
  /** Decimal strings, because they exceed 2^53 and can be negative; absent below v0.15.0. */
  readonly status?: {
    readonly assignedIPv4?: string;
    readonly assignedIPv6?: string;
    readonly availableIPv4?: string;
    readonly availableIPv6?: string;
  };
}

export interface L2Advertisement extends KubeObject {
  readonly kind: 'L2Advertisement';
  readonly spec: {
    readonly ipAddressPools: readonly string[];
    readonly ipAddressPoolSelectors: readonly LabelSelector[];
    readonly nodeSelectors: readonly LabelSelector[];
    readonly serviceSelectors: readonly LabelSelector[];
    readonly interfaces: readonly string[];
  };
}

export interface BGPAdvertisement extends KubeObject {
  readonly kind: 'BGPAdvertisement';
  readonly spec: {
    readonly aggregationLength?: number;
    readonly aggregationLengthV6?: number;
    readonly localPref?: number;
    readonly communities: readonly string[];
    readonly ipAddressPools: readonly string[];
    readonly ipAddressPoolSelectors: readonly LabelSelector[];
    readonly nodeSelectors: readonly LabelSelector[];
    readonly serviceSelectors: readonly LabelSelector[];
    readonly peers: readonly string[];
  };
}

/** BGPPeer, BFDProfile, and other MetalLB kinds whose spec is kept as it is (without passwords). */
export interface OpaqueObject extends KubeObject {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status: Readonly<Record<string, unknown>>;
}

export interface Community extends KubeObject {
  readonly kind: 'Community';
  readonly spec: {
    readonly communities: readonly { readonly name: string; readonly value: string }[];
  };
}

export interface ServiceL2Status extends KubeObject {
  readonly kind: 'ServiceL2Status';
  readonly status: {
    readonly node?: string;
    readonly serviceName?: string;
    readonly serviceNamespace?: string;
    readonly interfaces: readonly string[];
  };
}

export interface ServiceBGPStatus extends KubeObject {
  readonly kind: 'ServiceBGPStatus';
  readonly status: {
    readonly node?: string;
    readonly serviceName?: string;
    readonly serviceNamespace?: string;
    readonly peers: readonly string[];
  };
}

export interface ConfigurationState extends KubeObject {
  readonly kind: 'ConfigurationState';
  readonly status: {
    readonly result?: string;
    readonly errorSummary?: string;
    readonly conditions: readonly Condition[];
  };
}
