/**
 * The Kubernetes and MetalLB objects the tool reasons about, trimmed to the fields it uses. All of it is
 * plain JSON; times are RFC 3339 strings. Parsers in `core/cluster` make these from any source and nothing
 * else does, so a field that is present here has the stated type.
 */

export type * from './metallb-objects.ts';

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

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** Plain values only; values taken from Secrets and ConfigMaps are not read. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

export interface PodTemplate {
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccountName?: string;
  readonly containers: readonly Container[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly hostNetwork: boolean;
}

/** `waiting`, `running` or `terminated`, as the kubelet reports it. */
export interface ContainerState {
  readonly state: 'waiting' | 'running' | 'terminated' | 'unknown';
  readonly reason?: string;
  readonly message?: string;
  readonly exitCode?: number;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly imageID?: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: ContainerState;
  readonly lastState?: ContainerState;
}

export interface Pod extends KubeObject {
  readonly kind: 'Pod';
  readonly spec: PodTemplate & { readonly nodeName?: string };
  readonly status: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly podIP?: string;
    readonly hostIP?: string;
    readonly conditions: readonly Condition[];
    readonly containerStatuses: readonly ContainerStatus[];
    readonly initContainerStatuses: readonly ContainerStatus[];
  };
}

/** A Deployment, DaemonSet or StatefulSet: `desired` is replicas or desiredNumberScheduled. */
export interface Workload extends KubeObject {
  readonly kind: 'Deployment' | 'DaemonSet' | 'StatefulSet';
  readonly spec: {
    readonly replicas?: number;
    readonly strategy?: string;
    readonly template: PodTemplate;
  };
  readonly status: {
    readonly desired: number;
    readonly ready: number;
    readonly updated: number;
    readonly available: number;
    readonly conditions: readonly Condition[];
  };
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
