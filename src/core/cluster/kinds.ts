import type { FactKinds, FactName } from '../facts/snapshot.ts';
import {
  parseBGPAdvertisement,
  parseCommunity,
  parseL2Advertisement,
} from './parse/advertisement.ts';
import { parseCalicoGlobalNetworkPolicy, parseCalicoNetworkPolicy } from './parse/calico-policy.ts';
import {
  parseCiliumL2AnnouncementPolicy,
  parseCiliumLoadBalancerIPPool,
} from './parse/cilium-balancing.ts';
import {
  parseCiliumClusterwideNetworkPolicy,
  parseCiliumNetworkPolicy,
} from './parse/cilium-policy.ts';
import { parseConfigMap } from './parse/config-map.ts';
import { parseEvent } from './parse/event.ts';
import {
  parseConfigurationState,
  parseServiceBGPStatus,
  parseServiceL2Status,
} from './parse/metallb-status.ts';
import { parseBGPSessionState, parseFRRNodeState } from './parse/frr-status.ts';
import { parseNetworkPolicy } from './parse/network-policy.ts';
import { parseNamespace, parseNode } from './parse/node.ts';
import { parseBFDProfile, parseBGPPeer } from './parse/bgp-peer.ts';
import { parsePod } from './parse/pod.ts';
import { parseAddressPool, parseIPAddressPool } from './parse/pool.ts';
import { parseEndpointSlice, parseService } from './parse/service.ts';
import { parseValidatingWebhook } from './parse/webhook-configuration.ts';
import { parseDaemonSet, parseDeployment } from './parse/workload.ts';

/** How one kind of fact is called by the API, and how its objects are read. */
export interface Kind<T> {
  readonly group: string;
  /** Of the versions served, this one is asked for when it is there. */
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly parse: (value: unknown) => T;
  /** Where else it is served: in another group by an API server of the plugin, in another version by another release. */
  readonly elsewhere?: readonly { readonly group: string; readonly version: string }[];
}

const metallb = { group: 'metallb.io', version: 'v1beta1', namespaced: true } as const;
const core = { group: '', version: 'v1' } as const;
const frr = { group: 'frrk8s.metallb.io', version: 'v1beta1' } as const;
const calico = {
  group: 'crd.projectcalico.org',
  version: 'v1',
  elsewhere: [{ group: 'projectcalico.org', version: 'v3' }],
} as const;
const cilium = { group: 'cilium.io', version: 'v2' } as const;
const ciliumAlpha = {
  group: 'cilium.io',
  version: 'v2alpha1',
  namespaced: false,
  elsewhere: [{ group: 'cilium.io', version: 'v2' }],
} as const;
const apps = { group: 'apps', version: 'v1', namespaced: true } as const;

/** Every kind of fact; the order is the order in which they are asked for. */
export const kinds: { readonly [K in FactName]: Kind<FactKinds[K]> } = {
  deployments: { ...apps, resource: 'deployments', kind: 'Deployment', parse: parseDeployment },
  daemonSets: { ...apps, resource: 'daemonsets', kind: 'DaemonSet', parse: parseDaemonSet },
  services: {
    ...core,
    resource: 'services',
    kind: 'Service',
    namespaced: true,
    parse: parseService,
  },
  endpointSlices: {
    group: 'discovery.k8s.io',
    version: 'v1',
    resource: 'endpointslices',
    kind: 'EndpointSlice',
    namespaced: true,
    parse: parseEndpointSlice,
  },
  nodes: { ...core, resource: 'nodes', kind: 'Node', namespaced: false, parse: parseNode },
  namespaces: {
    ...core,
    resource: 'namespaces',
    kind: 'Namespace',
    namespaced: false,
    parse: parseNamespace,
  },
  validatingWebhooks: {
    group: 'admissionregistration.k8s.io',
    version: 'v1',
    resource: 'validatingwebhookconfigurations',
    kind: 'ValidatingWebhookConfiguration',
    namespaced: false,
    parse: parseValidatingWebhook,
  },
  ipAddressPools: {
    ...metallb,
    resource: 'ipaddresspools',
    kind: 'IPAddressPool',
    parse: parseIPAddressPool,
  },
  addressPools: {
    ...metallb,
    resource: 'addresspools',
    kind: 'AddressPool',
    parse: parseAddressPool,
  },
  l2Advertisements: {
    ...metallb,
    resource: 'l2advertisements',
    kind: 'L2Advertisement',
    parse: parseL2Advertisement,
  },
  bgpAdvertisements: {
    ...metallb,
    resource: 'bgpadvertisements',
    kind: 'BGPAdvertisement',
    parse: parseBGPAdvertisement,
  },
  bgpPeers: {
    ...metallb,
    version: 'v1beta2',
    resource: 'bgppeers',
    kind: 'BGPPeer',
    parse: parseBGPPeer,
  },
  bfdProfiles: {
    ...metallb,
    resource: 'bfdprofiles',
    kind: 'BFDProfile',
    parse: parseBFDProfile,
  },
  communities: {
    ...metallb,
    resource: 'communities',
    kind: 'Community',
    parse: parseCommunity,
  },
  serviceL2Statuses: {
    ...metallb,
    resource: 'servicel2statuses',
    kind: 'ServiceL2Status',
    parse: parseServiceL2Status,
  },
  serviceBGPStatuses: {
    ...metallb,
    resource: 'servicebgpstatuses',
    kind: 'ServiceBGPStatus',
    parse: parseServiceBGPStatus,
  },
  configurationStates: {
    ...metallb,
    resource: 'configurationstates',
    kind: 'ConfigurationState',
    parse: parseConfigurationState,
  },
  pods: { ...core, resource: 'pods', kind: 'Pod', namespaced: true, parse: parsePod },
  events: { ...core, resource: 'events', kind: 'Event', namespaced: true, parse: parseEvent },
  configMaps: {
    ...core,
    resource: 'configmaps',
    kind: 'ConfigMap',
    namespaced: true,
    parse: parseConfigMap,
  },
  networkPolicies: {
    group: 'networking.k8s.io',
    version: 'v1',
    resource: 'networkpolicies',
    kind: 'NetworkPolicy',
    namespaced: true,
    parse: parseNetworkPolicy,
  },
  bgpSessionStates: {
    ...frr,
    resource: 'bgpsessionstates',
    kind: 'BGPSessionState',
    namespaced: true,
    parse: parseBGPSessionState,
  },
  frrNodeStates: {
    ...frr,
    resource: 'frrnodestates',
    kind: 'FRRNodeState',
    namespaced: false,
    parse: parseFRRNodeState,
  },
  calicoNetworkPolicies: {
    ...calico,
    resource: 'networkpolicies',
    kind: 'NetworkPolicy',
    namespaced: true,
    parse: parseCalicoNetworkPolicy,
  },
  calicoGlobalNetworkPolicies: {
    ...calico,
    resource: 'globalnetworkpolicies',
    kind: 'GlobalNetworkPolicy',
    namespaced: false,
    parse: parseCalicoGlobalNetworkPolicy,
  },
  ciliumNetworkPolicies: {
    ...cilium,
    resource: 'ciliumnetworkpolicies',
    kind: 'CiliumNetworkPolicy',
    namespaced: true,
    parse: parseCiliumNetworkPolicy,
  },
  ciliumClusterwideNetworkPolicies: {
    ...cilium,
    resource: 'ciliumclusterwidenetworkpolicies',
    kind: 'CiliumClusterwideNetworkPolicy',
    namespaced: false,
    parse: parseCiliumClusterwideNetworkPolicy,
  },
  ciliumLoadBalancerIPPools: {
    ...ciliumAlpha,
    resource: 'ciliumloadbalancerippools',
    kind: 'CiliumLoadBalancerIPPool',
    parse: parseCiliumLoadBalancerIPPool,
  },
  ciliumL2AnnouncementPolicies: {
    ...ciliumAlpha,
    resource: 'ciliuml2announcementpolicies',
    kind: 'CiliumL2AnnouncementPolicy',
    parse: parseCiliumL2AnnouncementPolicy,
  },
};

/** The names of all kinds of facts. */
export const factNames = Object.keys(kinds) as readonly FactName[];

/** `services`, `deployments.apps`: a resource as `kubectl auth can-i` takes it. */
export function qualifiedResource(kind: Kind<unknown>): string {
  return kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`;
}
