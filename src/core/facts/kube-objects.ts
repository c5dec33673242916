/**
 * The Kubernetes and MetalLB objects the tool reasons about, trimmed to the fields it uses. All of it is
 * plain JSON; times are RFC 3339 strings. Parsers in `core/cluster` make these from any source and nothing
 * else does, so a field that is present here has the stated type.
 */

export type * from './metallb-objects.ts';
export type * from './plugin-objects.ts';
export type * from './traffic-objects.ts';
export type * from './workload-objects.ts';

export interface OwnerReference {
  readonly kind: string;
  readonly name: string;
  readonly uid?: string;
}

/** Who last wrote to an object, and when; the field lists themselves are dropped. */
export interface ManagedFields {
  readonly manager: string;
  readonly operation?: string;
  readonly time?: string;
  readonly subresource?: string;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Without `last-applied-configuration`; values longer than 4,096 characters are cut. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly generation?: number;
  readonly finalizers: readonly string[];
  readonly ownerReferences: readonly OwnerReference[];
  readonly managedFields: readonly ManagedFields[];
}

export interface KubeObject {
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly LabelSelectorRequirement[];
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export interface ServicePort {
  readonly name?: string;
  readonly protocol: string;
  readonly port: number;
  readonly targetPort?: string | number;
  readonly nodePort?: number;
}

export interface LoadBalancerIngress {
  readonly ip?: string;
  readonly hostname?: string;
  /** `VIP` is set by the API server; the parser drops it, a simulated API server does not. */
  readonly ipMode?: string;
  readonly ports?: readonly number[];
}

export interface Service extends KubeObject {
  readonly kind: 'Service';
  readonly spec: {
    readonly type: string;
    readonly clusterIP?: string;
    readonly clusterIPs: readonly string[];
    readonly externalIPs: readonly string[];
    readonly externalTrafficPolicy?: string;
    readonly ipFamilies: readonly string[];
    readonly ipFamilyPolicy?: string;
    readonly loadBalancerClass?: string;
    readonly loadBalancerIP?: string;
    readonly loadBalancerSourceRanges: readonly string[];
    readonly allocateLoadBalancerNodePorts?: boolean;
    readonly healthCheckNodePort?: number;
    readonly publishNotReadyAddresses?: boolean;
    readonly ports: readonly ServicePort[];
    /** Undefined when the Service has no selector. */
    readonly selector?: Readonly<Record<string, string>>;
  };
  readonly status: {
    readonly ingress: readonly LoadBalancerIngress[];
    readonly conditions: readonly Condition[];
  };
}

export interface Endpoint {
  readonly addresses: readonly string[];
  readonly nodeName?: string;
  readonly ready?: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
}

export interface EndpointSlice extends KubeObject {
  readonly kind: 'EndpointSlice';
  readonly addressType: string;
  readonly endpoints: readonly Endpoint[];
  readonly ports: readonly {
    readonly name?: string;
    readonly port?: number;
    readonly protocol?: string;
  }[];
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

export interface Node extends KubeObject {
  readonly kind: 'Node';
  readonly spec: {
    readonly unschedulable: boolean;
    readonly providerID?: string;
    readonly podCIDRs: readonly string[];
    readonly taints: readonly Taint[];
  };
  readonly status: {
    readonly addresses: readonly { readonly type: string; readonly address: string }[];
    readonly conditions: readonly Condition[];
    readonly kubeletVersion?: string;
  };
}

export interface Namespace extends KubeObject {
  readonly kind: 'Namespace';
  readonly status: { readonly phase?: string };
}

/** A core/v1 Event. `firstAt`/`lastAt` fold firstTimestamp, lastTimestamp, eventTime and series. */
export interface KubeEvent extends KubeObject {
  readonly kind: 'Event';
  readonly about: {
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
    readonly uid?: string;
  };
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly component?: string;
  readonly host?: string;
  readonly count: number;
  readonly firstAt?: string;
  readonly lastAt?: string;
}

export interface WebhookConfiguration extends KubeObject {
  readonly kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration';
  readonly webhooks: readonly {
    readonly name: string;
    readonly failurePolicy?: string;
    readonly service?: {
      readonly namespace: string;
      readonly name: string;
      readonly port?: number;
    };
    readonly hasCaBundle: boolean;
    readonly rules: readonly {
      readonly apiGroups: readonly string[];
      readonly resources: readonly string[];
    }[];
  }[];
}

export interface ConfigMap extends KubeObject {
  readonly kind: 'ConfigMap';
  readonly data: Readonly<Record<string, string>>;
}
