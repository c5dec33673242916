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
    /** Of an AddressPool: it is announced by what it says itself, and no advertisement selects it. */
    readonly protocol?: string;
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

/** The pool of v0.13 beside IPAddressPool, gone with v0.14.2 (#2252): it says itself how it is announced. */
export interface AddressPool extends KubeObject {
  readonly kind: 'AddressPool';
  readonly spec: {
    /** `layer2` or `bgp`. */
    readonly protocol?: string;
    readonly addresses: readonly string[];
    /** Absent means true. */
    readonly autoAssign?: boolean;
    /** None means one that changes nothing. */
    readonly bgpAdvertisements: readonly OwnAdvertisement[];
  };
}

/** How an AddressPool is told to routers. */
export interface OwnAdvertisement {
  readonly aggregationLength?: number;
  readonly aggregationLengthV6?: number;
  readonly localPref?: number;
  readonly communities: readonly string[];
}

export interface L2Advertisement extends KubeObject {
  readonly kind: 'L2Advertisement';
  readonly spec: {
    readonly ipAddressPools: readonly string[];
    readonly ipAddressPoolSelectors: readonly LabelSelector[];
    readonly nodeSelectors: readonly LabelSelector[];
    readonly serviceSelectors: readonly LabelSelector[];
    readonly interfaces: readonly string[];
    /** The AddressPool that says so itself, where no such object is; it counts for that one alone. */
    readonly addressPool?: string;
    /** From v0.16.2 on; absent when there are none. */
    readonly preferredNodeSelectors?: readonly PreferredNodes[];
  };
}

/** Nodes that rather announce than others, the more the higher the weight. */
export interface PreferredNodes {
  readonly weight: number;
  readonly preference: LabelSelector;
}

export interface BGPAdvertisement extends KubeObject {
  readonly kind: 'BGPAdvertisement';
  readonly spec: {
    readonly aggregationLength?: number;
    readonly aggregationLengthV6?: number;
    readonly localPref?: number;
    /** How often the own ASN is put before the path; from v0.16.2 on, frr-k8s only. */
    readonly asPathPrepend?: number;
    readonly communities: readonly string[];
    readonly ipAddressPools: readonly string[];
    readonly ipAddressPoolSelectors: readonly LabelSelector[];
    readonly nodeSelectors: readonly LabelSelector[];
    readonly serviceSelectors: readonly LabelSelector[];
    readonly peers: readonly string[];
    /** The AddressPool that says so itself, where no such object is; it counts for that one alone. */
    readonly addressPool?: string;
  };
}

/** One router that speakers dial. Times are kept as written, in Go's spelling: `1m30s`. */
export interface BGPPeer extends KubeObject {
  readonly kind: 'BGPPeer';
  readonly spec: {
    readonly myASN?: number;
    readonly peerASN?: number;
    readonly dynamicASN?: string;
    readonly localASN?: number;
    readonly peerAddress?: string;
    readonly interface?: string;
    readonly sourceAddress?: string;
    readonly peerPort?: number;
    readonly holdTime?: string;
    readonly keepaliveTime?: string;
    readonly connectTime?: string;
    readonly routerID?: string;
    readonly nodeSelectors: readonly LabelSelector[];
    /** Whether `password` is set; the password itself is never kept. */
    readonly hasPassword: boolean;
    /** Name of the Secret that holds the password. */
    readonly passwordSecret?: string;
    readonly bfdProfile?: string;
    readonly ebgpMultiHop?: boolean;
    readonly enableGracefulRestart?: boolean;
    readonly vrf?: string;
    readonly disableMP?: boolean;
    readonly dualStackAddressFamily?: boolean;
  };
}

/** How fast the loss of a router is noticed. Intervals are milliseconds. */
export interface BFDProfile extends KubeObject {
  readonly kind: 'BFDProfile';
  readonly spec: {
    readonly receiveInterval?: number;
    readonly transmitInterval?: number;
    readonly echoInterval?: number;
    readonly detectMultiplier?: number;
    readonly minimumTtl?: number;
    readonly echoMode?: boolean;
    readonly passiveMode?: boolean;
  };
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
