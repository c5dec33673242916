import { kinds } from '../../cluster/kinds.ts';
import type { Wanted } from '../../facts/ports.ts';
import type { FactName } from '../../facts/snapshot.ts';

/** Where a right is needed: in all namespaces, in MetalLB's own, or for kube-proxy's ConfigMap alone. */
export type RightScope = 'cluster' | 'metallb' | 'kube-proxy';

/** One verb on one resource, as a rule of a Role writes it. */
export interface Right {
  readonly scope: RightScope;
  readonly group: string;
  readonly resource: string;
  readonly verb: 'list' | 'get';
  /** What it is needed for. */
  readonly fact: FactName | 'logs';
}

/** How widely the reader lists each kind: `core/cluster/live/read-kinds.ts` is the other half of this table. */
const scopes: { readonly [K in FactName]: readonly RightScope[] } = {
  deployments: ['cluster'],
  daemonSets: ['cluster'],
  services: ['cluster'],
  endpointSlices: ['cluster'],
  nodes: ['cluster'],
  namespaces: ['cluster'],
  validatingWebhooks: ['cluster'],
  events: ['cluster'],
  ipAddressPools: ['metallb'],
  addressPools: ['metallb'],
  l2Advertisements: ['metallb'],
  bgpAdvertisements: ['metallb'],
  bgpPeers: ['metallb'],
  bfdProfiles: ['metallb'],
  communities: ['metallb'],
  serviceL2Statuses: ['metallb'],
  serviceBGPStatuses: ['metallb'],
  configurationStates: ['metallb'],
  pods: ['metallb'],
  configMaps: ['metallb', 'kube-proxy'],
  networkPolicies: ['cluster'],
  bgpSessionStates: ['cluster'],
  frrNodeStates: ['cluster'],
  calicoNetworkPolicies: ['cluster'],
  calicoGlobalNetworkPolicies: ['cluster'],
  ciliumNetworkPolicies: ['cluster'],
  ciliumClusterwideNetworkPolicies: ['cluster'],
  ciliumLoadBalancerIPPools: ['cluster'],
  ciliumL2AnnouncementPolicies: ['cluster'],
};

/** Kinds that are read whatever is asked, because MetalLB is found by them. */
const alwaysRead: readonly FactName[] = [
  'deployments',
  'daemonSets',
  'ipAddressPools',
  'addressPools',
];

/** The rights that reading all of `wanted` takes, sorted. */
export function rightsFor(wanted: readonly Wanted[]): readonly Right[] {
  const hasLogs = wanted.some(({ logs }) => logs.length > 0);
  const facts = new Set<FactName>([
    ...alwaysRead,
    ...wanted.flatMap(({ facts: each, factsIfSelected = [], factsWithoutPools = [] }) => [
      ...each,
      ...factsIfSelected,
      ...factsWithoutPools,
    ]),
    ...(hasLogs ? (['pods'] as const) : []),
  ]);
  const whole = new Set(
    wanted.flatMap(({ facts: each, factsIfSelected = [] }) => [...each, ...factsIfSelected]),
  );
  const isForBackends = wanted.some(({ backends }) => backends === true);
  const lists = [...facts].flatMap((fact) =>
    (fact === 'pods' && isForBackends ? everywhere : scopesOf(fact, whole)).flatMap((scope) =>
      groupsOf(fact).map((group): Right => {
        return { scope, group, resource: kinds[fact].resource, verb: 'list', fact };
      }),
    ),
  );
  const logs: readonly Right[] = hasLogs
    ? [{ scope: 'metallb', group: '', resource: 'pods/log', verb: 'get', fact: 'logs' }]
    : [];
  return [...lists, ...logs].toSorted(byPlace);
}

function groupsOf(fact: FactName): readonly string[] {
  const { group, elsewhere = [] } = kinds[fact];
  return [...new Set([group, ...elsewhere.map((each) => each.group)])];
}

/** Behind a Service stand pods of any namespace. */
const everywhere: readonly RightScope[] = ['cluster'];

/** Who only looks for an old configuration of MetalLB leaves kube-proxy's alone. */
function scopesOf(fact: FactName, whole: ReadonlySet<FactName>): readonly RightScope[] {
  return whole.has(fact) ? scopes[fact] : scopes[fact].filter((scope) => scope !== 'kube-proxy');
}

function byPlace(left: Right, right: Right): number {
  const key = ({ scope, verb, group, resource }: Right) => `${scope} ${verb} ${group} ${resource}`;
  return key(left) < key(right) ? -1 : 1;
}
