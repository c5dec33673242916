import type { Cidr } from '../facts/ip.ts';
import type { LabelSelector } from '../facts/kube-objects.ts';
import type { ObjectRef } from '../facts/object-ref.ts';

/** What the controller makes of all pools and communities together: one bad object refuses the lot. */
export type Configuration = AcceptedConfiguration | RejectedConfiguration;

export interface AcceptedConfiguration {
  readonly state: 'accepted';
  /** By name. */
  readonly pools: readonly Pool[];
}

/** The controller stays on its last good configuration, or on none. */
export interface RejectedConfiguration {
  readonly state: 'rejected';
  /** Every offence, not only the first that MetalLB reports. */
  readonly problems: readonly ConfigurationProblem[];
  /** Pools that are valid in themselves, to show and count; MetalLB does not use them in this state. */
  readonly pools: readonly Pool[];
}

/** One rule broken by one object. */
export interface ConfigurationProblem {
  readonly object: ObjectRef;
  readonly rule: ConfigurationRule;
  /** The other object of an overlap or a duplicate; MetalLB may blame either. */
  readonly other: ObjectRef | undefined;
  /** The offending entry as written; undefined when it is not one entry. */
  readonly entry: string | undefined;
  /** MetalLB's own text. Dumps of Go values inside it are left out. */
  readonly message: string;
  /** What MetalLB may say of the same fault instead, because it looks at the two objects in no fixed order. */
  readonly alsoSaid?: readonly string[];
  /** What would end the fault by appearing: `BFDProfile metallb-system/fast`. The webhook lets such faults pass. */
  readonly waitsFor?: string;
}

export type ConfigurationRule =
  | 'no-addresses'
  | 'address-syntax'
  | 'range-reversed'
  | 'overlap'
  | 'duplicate-pool'
  | 'duplicate-namespace'
  | 'duplicate-selector'
  | 'selector-syntax'
  | 'community-syntax'
  | 'duplicate-community'
  | 'native-community'
  | SpeakerRule;

/** Rules that only speakers (and the webhook) hold objects to: the controller reads none of these kinds. */
export type SpeakerRule =
  | 'aggregation-length'
  | 'as-path-prepend'
  | 'bfd-echo-over-ipv6'
  | 'bfd-range'
  | 'duplicate-entry'
  | 'duplicate-peer'
  | 'frr-k8s-only'
  | 'local-preference'
  | 'missing-bfd-profile'
  | 'missing-community'
  | 'missing-secret'
  | 'native-bfd'
  | 'native-ipv6'
  | 'native-peer'
  | 'peer-address'
  | 'peer-asn'
  | 'peer-password'
  | 'peer-timers'
  | 'router-ids-differ'
  | 'local-asns-differ'
  | 'selectors-and-aggregation';

/** An IPAddressPool as the controller holds it after loading. */
export interface Pool {
  readonly name: string;
  /** In the order of the spec, each range split ascending: the order addresses are tried in. */
  readonly cidrs: readonly Cidr[];
  readonly addresses: readonly string[];
  readonly autoAssign: boolean;
  readonly avoidsBuggyAddresses: boolean;
  /** Undefined when the pool is for everybody. */
  readonly pinning: Pinning | undefined;
}

/** `serviceAllocation` after loading: selectors over namespaces are already names. */
export interface Pinning {
  readonly priority: number;
  readonly namespaces: ReadonlySet<string>;
  readonly serviceSelectors: readonly LabelSelector[];
  /** True for `{}` or a lone priority: >= v0.15.0 everybody, before that nobody. */
  readonly namesNobody: boolean;
}
