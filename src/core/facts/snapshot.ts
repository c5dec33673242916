import type {
  AddressPool,
  BFDProfile,
  BGPAdvertisement,
  BGPPeer,
  BGPSessionState,
  CalicoPolicy,
  CiliumL2AnnouncementPolicy,
  CiliumLoadBalancerIPPool,
  CiliumPolicy,
  Community,
  ConfigMap,
  ConfigurationState,
  EndpointSlice,
  FRRNodeState,
  IPAddressPool,
  KubeEvent,
  L2Advertisement,
  Namespace,
  NetworkPolicy,
  Node,
  Pod,
  Service,
  ServiceBGPStatus,
  ServiceL2Status,
  WebhookConfiguration,
  Workload,
} from './kube-objects.ts';
import type { Reading } from './reading.ts';
import type { WireLook } from './wire.ts';

/** Version of the recorded document; readers refuse a newer major. */
export const snapshotSchemaVersion = 'triage.snapshot/v1';

/** Every kind of fact the tool may read, and the trimmed object each holds. */
export interface FactKinds {
  readonly services: Service;
  readonly endpointSlices: EndpointSlice;
  readonly nodes: Node;
  readonly namespaces: Namespace;
  /** Pods in the namespaces where MetalLB runs, and in that of the Service whose traffic is asked about. */
  readonly pods: Pod;
  readonly deployments: Workload;
  readonly daemonSets: Workload;
  readonly events: KubeEvent;
  readonly ipAddressPools: IPAddressPool;
  /** Of releases before v0.14.2, which read them like IPAddressPools: those of MetalLB are among `ipAddressPools` then. */
  readonly addressPools: AddressPool;
  readonly l2Advertisements: L2Advertisement;
  readonly bgpAdvertisements: BGPAdvertisement;
  readonly bgpPeers: BGPPeer;
  readonly bfdProfiles: BFDProfile;
  readonly communities: Community;
  readonly serviceL2Statuses: ServiceL2Status;
  readonly serviceBGPStatuses: ServiceBGPStatus;
  readonly configurationStates: ConfigurationState;
  readonly validatingWebhooks: WebhookConfiguration;
  /** ConfigMaps of MetalLB's namespace, and kube-proxy's. */
  readonly configMaps: ConfigMap;
  /** In the namespace of the Service in question. */
  readonly networkPolicies: NetworkPolicy;
  readonly bgpSessionStates: BGPSessionState;
  readonly frrNodeStates: FRRNodeState;
  /** Of network plugins, where the API server serves them; those of a namespace in that of the Service in question. */
  readonly calicoNetworkPolicies: CalicoPolicy;
  readonly calicoGlobalNetworkPolicies: CalicoPolicy;
  readonly ciliumNetworkPolicies: CiliumPolicy;
  readonly ciliumClusterwideNetworkPolicies: CiliumPolicy;
  readonly ciliumLoadBalancerIPPools: CiliumLoadBalancerIPPool;
  readonly ciliumL2AnnouncementPolicies: CiliumL2AnnouncementPolicy;
}

export type FactName = keyof FactKinds;

/** Kinds of network plugins: read where the plugin is there, and nowhere missed. */
export const pluginFacts = [
  'calicoNetworkPolicies',
  'calicoGlobalNetworkPolicies',
  'ciliumNetworkPolicies',
  'ciliumClusterwideNetworkPolicies',
  'ciliumLoadBalancerIPPools',
  'ciliumL2AnnouncementPolicies',
] as const satisfies readonly FactName[];

/** Only the question about traffic asks for these: a dump made for another question lacks them, and is whole. */
export const trafficFacts: readonly FactName[] = [
  'networkPolicies',
  'bgpSessionStates',
  'frrNodeStates',
  ...pluginFacts,
];

/** Kinds that a whole dump or recording may lack: made for another question, or where they are not served any more. */
export const factsOftenLeftOut: readonly FactName[] = [...trafficFacts, 'addressPools'];

export type Readings = { readonly [K in FactName]: Reading<FactKinds[K]> };

/** The last lines of one container. `previous` is the run before the last restart. */
export interface LogExcerpt {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly lines: Reading<string>;
}

/** Where one MetalLB installation lives and what is known of it before any check runs. */
export interface Installation {
  readonly namespace: string;
  /** `v0.15.3`, from the image tags or start-up log lines; undefined when none says so. */
  readonly controllerVersion?: string;
  readonly speakerVersion?: string;
  /** Names of the workloads; undefined when only CRDs or pods were found. */
  readonly controller?: { readonly kind: string; readonly name: string };
  readonly speaker?: { readonly kind: string; readonly name: string };
  /** Of a release before v0.13: the ConfigMap that holds pools and peers, the only configuration it knows. */
  readonly configMap?: string;
  /** `--lb-class` of the controller, undefined when none is set. */
  readonly loadBalancerClass?: string;
  /** `METALLB_BGP_TYPE`: native, frr or frr-k8s. */
  readonly bgpType?: string;
  /** `--ignore-exclude-lb` of the speaker. */
  readonly ignoresExcludeLabel: boolean;
  /** What it was recognised by, for the reader: `image quay.io/metallb/controller:v0.15.3`. */
  readonly foundBy: readonly string[];
}

/** A flag that chose the cluster, the person or the installation, as `--context lab`. */
export interface AccessFlag {
  readonly name: string;
  readonly value: string;
}

export interface Target {
  readonly context?: string;
  /** `host:port` of the API server, or the file a snapshot came from. */
  readonly server: string;
  readonly namespace: string;
  /** The user as the server knows it, or else the impersonated one or the kubeconfig's name for it. */
  readonly identity?: string;
  /** Set when the server itself said who `identity` is; rights can be granted to that name. */
  readonly identityFrom?: 'server';
  /** The flags it was read with, which told commands carry on; a recording keeps those of its own run. */
  readonly flags?: readonly AccessFlag[];
}

/** What a run cost the API server. */
export interface Receipt {
  readonly calls: number;
  readonly lists: number;
  readonly logs: number;
  readonly bytes: number;
  readonly ms: number;
}

/** The nodes in the order in which their speakers come for an address. */
export interface ElectionOrder {
  readonly address: string;
  readonly nodes: readonly string[];
}

/** All that is known of a cluster at one moment; JSON all the way. */
export interface Snapshot {
  readonly schemaVersion: typeof snapshotSchemaVersion;
  /** RFC 3339; the only "now" that pure code knows. */
  readonly takenAt: string;
  readonly target: Target;
  readonly versions: { readonly kubernetes?: string; readonly triage?: string };
  /** API groups the server serves; marks of rival load balancers. Undefined when not known. */
  readonly apiGroups?: readonly string[];
  /** `metallb.io` resources served, as `v1beta1/ipaddresspools`. Undefined when not known. */
  readonly metallbResources?: readonly string[];
  /** When the definition of IPAddressPools was made; known from dumps that hold the definitions. */
  readonly metallbDefinedAt?: string;
  /** MetalLB installations found, the one in question first; empty when none was found. */
  readonly installations: readonly Installation[];
  /** What the reader of a dump noticed, for people: documents it could not use, a time it had to guess. */
  readonly notices?: readonly string[];
  readonly readings: Readings;
  readonly logs: readonly LogExcerpt[];
  /** What was seen on the wire; undefined when nobody looked. */
  readonly wire?: readonly WireLook[];
  /** Looks at the wire that were asked for and could not be taken, and why; no recording keeps them. */
  readonly untakenLooks?: readonly string[];
  /** Of a shared recording: the order hangs on the very names and addresses that were replaced. */
  readonly electionOrders?: readonly ElectionOrder[];
  readonly receipt: Receipt;
  /** True when the reading was stopped early (Ctrl-C, --timeout). */
  readonly interrupted: boolean;
}
