import type { MissingFact } from '../facts/finding.ts';
import type { Installation } from '../facts/snapshot.ts';
import { namespacesInWords, type Read, type Reading } from '../facts/reading.ts';
import type { FactKey } from './facts.ts';
import { kubectl } from './kubectl.ts';

/** How a kind of fact is spelled for kubectl, and where it lives. */
interface Spelling {
  readonly resource: string;
  readonly lives: 'cluster' | 'anywhere' | 'metallb';
}

const spellings: { readonly [K in FactKey]: Spelling } = {
  services: { resource: 'services', lives: 'anywhere' },
  endpointSlices: { resource: 'endpointslices.discovery.k8s.io', lives: 'anywhere' },
  nodes: { resource: 'nodes', lives: 'cluster' },
  namespaces: { resource: 'namespaces', lives: 'cluster' },
  pods: { resource: 'pods', lives: 'metallb' },
  deployments: { resource: 'deployments.apps', lives: 'metallb' },
  daemonSets: { resource: 'daemonsets.apps', lives: 'metallb' },
  events: { resource: 'events', lives: 'anywhere' },
  ipAddressPools: { resource: 'ipaddresspools.metallb.io', lives: 'metallb' },
  addressPools: { resource: 'addresspools.metallb.io', lives: 'metallb' },
  l2Advertisements: { resource: 'l2advertisements.metallb.io', lives: 'metallb' },
  bgpAdvertisements: { resource: 'bgpadvertisements.metallb.io', lives: 'metallb' },
  bgpPeers: { resource: 'bgppeers.metallb.io', lives: 'metallb' },
  bfdProfiles: { resource: 'bfdprofiles.metallb.io', lives: 'metallb' },
  communities: { resource: 'communities.metallb.io', lives: 'metallb' },
  serviceL2Statuses: { resource: 'servicel2statuses.metallb.io', lives: 'metallb' },
  serviceBGPStatuses: { resource: 'servicebgpstatuses.metallb.io', lives: 'metallb' },
  configurationStates: { resource: 'configurationstates.metallb.io', lives: 'metallb' },
  validatingWebhooks: {
    resource: 'validatingwebhookconfigurations.admissionregistration.k8s.io',
    lives: 'cluster',
  },
  configMaps: { resource: 'configmaps', lives: 'metallb' },
  controllerLogs: { resource: 'pods/log', lives: 'metallb' },
  speakerLogs: { resource: 'pods/log', lives: 'metallb' },
  otherLogs: { resource: 'pods/log', lives: 'anywhere' },
  networkPolicies: { resource: 'networkpolicies.networking.k8s.io', lives: 'anywhere' },
  bgpSessionStates: { resource: 'bgpsessionstates.frrk8s.metallb.io', lives: 'anywhere' },
  frrNodeStates: { resource: 'frrnodestates.frrk8s.metallb.io', lives: 'cluster' },
  calicoNetworkPolicies: {
    resource: 'networkpolicies.crd.projectcalico.org',
    lives: 'anywhere',
  },
  calicoGlobalNetworkPolicies: {
    resource: 'globalnetworkpolicies.crd.projectcalico.org',
    lives: 'cluster',
  },
  ciliumNetworkPolicies: { resource: 'ciliumnetworkpolicies.cilium.io', lives: 'anywhere' },
  ciliumClusterwideNetworkPolicies: {
    resource: 'ciliumclusterwidenetworkpolicies.cilium.io',
    lives: 'cluster',
  },
  ciliumLoadBalancerIPPools: { resource: 'ciliumloadbalancerippools.cilium.io', lives: 'cluster' },
  ciliumL2AnnouncementPolicies: {
    resource: 'ciliuml2announcementpolicies.cilium.io',
    lives: 'cluster',
  },
  wire: { resource: 'wire', lives: 'anywhere' },
};

/** True for kinds that MetalLB only looks at in its own namespace. */
export function livesWithMetalLB(key: FactKey): boolean {
  return spellings[key].lives === 'metallb';
}

/** Where MetalLB is, as far as known, and what its programs are called there. */
export type Home = Pick<Installation, 'namespace' | 'controller' | 'speaker' | 'configMap'>;

/** Words for a fact that was needed and could not be had. */
export function missingFact(
  asked: FactKey,
  reading: Reading<unknown>,
  home: Home | undefined,
): MissingFact {
  const key = lackedBy(asked, reading);
  return {
    fact: nameOfFact(key),
    why: whyOf(key, reading),
    permission: permissionOf(key, reading),
    collect: reading.state === 'read' ? collectEverywhere(key) : collectCommand(key, home),
  };
}

/** Pools of v0.13 are not whole without AddressPools: then those are what is missing. */
function lackedBy(asked: FactKey, reading: Reading<unknown>): FactKey {
  const isDenied =
    reading.state === 'forbidden' && reading.resource === spellings.addressPools.resource;
  return isDenied || (reading.state === 'failed' && reading.without !== undefined)
    ? 'addressPools'
    : asked;
}

function nameOfFact(key: FactKey): string {
  if (key === 'wire') {
    return 'a look at the wire';
  }
  if (key === 'controllerLogs') {
    return 'logs of the controller';
  }
  return key === 'speakerLogs' ? 'logs of the speakers' : bareResource(key);
}

/** Without its API group, but where an earlier kind goes by that name. */
function bareResource(key: FactKey): string {
  const { resource } = spellings[key];
  const known = Object.values(spellings).find((each) => bareOf(each) === bareOf(spellings[key]));
  return known?.resource === resource ? bareOf(spellings[key]) : resource;
}

function bareOf({ resource }: Spelling): string {
  return resource.split('.')[0] ?? resource;
}

function whyOf(key: FactKey, reading: Reading<unknown>): string {
  switch (reading.state) {
    case 'forbidden':
      return `you may not ${reading.verb} ${reading.resource}${inNamespace(reading.namespace)}`;
    case 'failed':
      return reading.reason;
    case 'absent':
      if (key === 'wire') {
        return 'nobody looked';
      }
      return key.endsWith('Logs')
        ? 'there is none, or none was recorded'
        : 'the API server does not serve this kind';
    case 'read':
      return confinement(reading);
  }
}

function confinement({ within, rest }: Read<unknown>): string {
  if (Array.isArray(within) && within.length === 0) {
    return 'the dump holds none';
  }
  if (within === undefined || typeof within === 'string') {
    return `only namespace ${within ?? '(all)'} could be read`;
  }
  return rest === 'denied'
    ? `only the ${namespacesInWords(within)} could be read`
    : `the dump covers only the ${namespacesInWords(within)}`;
}

function inNamespace(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` in namespace ${namespace}`;
}

function permissionOf(key: FactKey, reading: Reading<unknown>): string | undefined {
  if (reading.state === 'forbidden') {
    return `${reading.verb} ${reading.resource}`;
  }
  // what a dump leaves out was denied to nobody
  const isDenied =
    reading.state === 'read' && (typeof reading.within === 'string' || reading.rest === 'denied');
  return isDenied ? `list ${bareResource(key)}` : undefined;
}

/** What was read in some namespaces, and is needed in others too. */
function collectEverywhere(key: FactKey): string {
  const { resource, lives } = spellings[key];
  return lives === 'cluster'
    ? kubectl`get ${resource} -o yaml`
    : kubectl`get ${resource} -A -o yaml`;
}

/** The command that collects a kind of fact, with the workloads as the chart named them. */
export function collectCommand(key: FactKey, home: Home | undefined): string {
  const namespace = home?.namespace ?? 'metallb-system';
  if (key === 'wire') {
    return 'triage no-traffic NAMESPACE/SERVICE --probe   # on a host of the segment';
  }
  if (key === 'controllerLogs') {
    return kubectl`-n ${namespace} logs ${handleOf(home?.controller, 'deployment/controller')} --tail=200`;
  }
  if (key === 'speakerLogs') {
    return kubectl`-n ${namespace} logs ${handleOf(home?.speaker, 'daemonset/speaker')} --tail=200`;
  }
  if (home?.configMap !== undefined && ofConfigMap.includes(key)) {
    return kubectl`-n ${namespace} get configmap ${home.configMap} -o yaml`;
  }
  const { resource, lives } = spellings[key];
  switch (lives) {
    case 'cluster':
      return kubectl`get ${resource} -o yaml`;
    case 'anywhere':
      return kubectl`get ${resource} -A -o yaml`;
    case 'metallb':
      return kubectl`-n ${namespace} get ${resource} -o yaml`;
  }
}

/** What releases before v0.13 have in a ConfigMap (#1473). */
const ofConfigMap: readonly FactKey[] = ['ipAddressPools', 'l2Advertisements', 'bgpAdvertisements'];

/** A chart puts its release before the names; without a workload only the manifests' names are left to guess. */
function handleOf(workload: Home['controller'], usual: string): string {
  return workload === undefined ? usual : `${workload.kind.toLowerCase()}/${workload.name}`;
}
