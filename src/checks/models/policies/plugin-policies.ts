import type { Facts } from '../../../core/diagnosis/facts.ts';
import type {
  CalicoPolicy,
  CiliumPolicy,
  Namespace,
  NetworkPolicy,
  Pod,
  Workload,
} from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { pluginAgentsIn } from '../traffic/network-plugins.ts';
import { type PodPort, policiesOn } from '../traffic/policies.ts';
import { calicoPoliciesOn, calicoRules, type SelectingPolicy } from './calico-rules.ts';
import { ciliumDenials, ciliumPermissions, ciliumSpecsOn } from './cilium-rules.ts';
import { kubernetesRules } from './kubernetes-rules.ts';
import type { Sender } from './matching.ts';
import { type Action, type Course, type Outcomes, outcomesFor } from './outcome.ts';

/** The kinds of policies that network plugins have beside those of Kubernetes. */
export const pluginPolicyKinds = [
  'calicoNetworkPolicies',
  'calicoGlobalNetworkPolicies',
  'ciliumNetworkPolicies',
  'ciliumClusterwideNetworkPolicies',
] as const;

/** What tells of policies of network plugins, as far as it was read. */
export type PluginPolicyFacts = Facts<
  never,
  (typeof pluginPolicyKinds)[number] | 'daemonSets' | 'namespaces'
>;

/** The product that enforces its policies here, and those policies that select a pod. */
export interface PluginPolicies {
  readonly product: 'Calico' | 'Cilium';
  readonly policies: readonly (CalicoPolicy | CiliumPolicy)[];
  /** Those of Kubernetes that lie on the pod too, and were judged with them. */
  readonly besides: readonly NetworkPolicy[];
  /** What may become of packets of a sender for a port of the pod. */
  readonly outcomes: (port: PodPort) => (sender: Sender) => Outcomes;
}

/** The policies of network plugins on a pod; those of a plugin that does not run are left over and do nothing. */
export function pluginPoliciesOn(
  pod: Pod,
  networkPolicies: readonly NetworkPolicy[],
  facts: PluginPolicyFacts,
): readonly PluginPolicies[] {
  const around = {
    networkPolicies: policiesOn(pod, networkPolicies),
    namespaces: itemsIfRead(facts.namespaces),
  };
  return [
    ...(agentsOf('Calico', facts).length > 0 ? calicoOn(pod, facts, around) : []),
    ...(agentsOf('Cilium', facts).length > 0 ? ciliumOn(pod, facts, around) : []),
  ];
}

/** False where it is known that neither of the two runs. */
export function mayEnforce(facts: PluginPolicyFacts): boolean {
  return (
    facts.daemonSets.state !== 'read' ||
    (['Calico', 'Cilium'] as const).some((product) => agentsOf(product, facts).length > 0)
  );
}

/** Under which names of plugins each runs: Canal is flannel with the policies of Calico. */
const pluginsOf = { Calico: ['Calico', 'Canal'], Cilium: ['Cilium'] } as const;

/** The DaemonSets of the agents that enforce these policies. */
export function agentsOf(
  product: PluginPolicies['product'],
  { daemonSets }: Pick<PluginPolicyFacts, 'daemonSets'>,
): readonly Workload[] {
  const names: readonly string[] = pluginsOf[product];
  return pluginAgentsIn(daemonSets)
    .filter(({ plugin }) => names.includes(plugin))
    .map(({ workload }) => workload);
}

interface Around {
  /** Those on the pod. */
  readonly networkPolicies: readonly NetworkPolicy[];
  readonly namespaces: readonly Namespace[];
}

function ciliumOn(
  pod: Pod,
  facts: PluginPolicyFacts,
  { networkPolicies, namespaces }: Around,
): readonly PluginPolicies[] {
  const policies = [
    ...itemsIfRead(facts.ciliumNetworkPolicies),
    ...itemsIfRead(facts.ciliumClusterwideNetworkPolicies),
  ];
  const specs = ciliumSpecsOn(pod, policies, namespaces);
  const outcomes: PluginPolicies['outcomes'] = (port) => {
    const kubernetes = kubernetesRules(pod, port, networkPolicies);
    const denying = specs.filter(({ deniesTheRest }) => deniesTheRest);
    const isDenied = kubernetes !== undefined || denying.some(({ isSure }) => isSure);
    const rules = [
      ...ciliumDenials(specs, port, pod),
      ...ciliumPermissions(specs, port, pod),
      ...(kubernetes ?? []),
    ];
    const otherwise = restOf(isDenied, denying.length > 0);
    return (sender) => outcomesFor(sender, { rules, otherwise });
  };
  const own = [...new Set(specs.map(({ policy }) => policy))];
  return specs.length === 0
    ? []
    : [{ product: 'Cilium', policies: own, besides: networkPolicies, outcomes }];
}

function restOf(isDenied: boolean, mayBe: boolean): readonly Action[] {
  if (isDenied) {
    return ['deny'];
  }
  return mayBe ? ['allow', 'deny'] : ['allow'];
}

function calicoOn(
  pod: Pod,
  facts: PluginPolicyFacts,
  { networkPolicies, namespaces }: Around,
): readonly PluginPolicies[] {
  const all = [
    ...itemsIfRead(facts.calicoNetworkPolicies),
    ...itemsIfRead(facts.calicoGlobalNetworkPolicies),
  ];
  const own = calicoPoliciesOn(pod, all, namespaces);
  const tiers = Map.groupBy(own, ({ policy }) => policy.spec.tier ?? usualTier);
  const outcomes: PluginPolicies['outcomes'] = (port) => {
    const others = [...tiers]
      .filter(([tier]) => tier !== usualTier)
      .map(([, policies]) => policies.flatMap((each) => calicoRules(each, port, pod)));
    const usual = usualCourses(tiers.get(usualTier) ?? [], { pod, port, networkPolicies });
    return (sender) =>
      together(
        // what becomes of the rest is a setting of the tier, which is not read
        others.map((rules) => outcomesFor(sender, { rules, otherwise: ['deny', 'pass'] })),
        usualOutcomes(sender, usual),
      );
  };
  const policies = own.map(({ policy }) => policy);
  return own.length === 0
    ? []
    : [{ product: 'Calico', policies, besides: networkPolicies, outcomes }];
}

const usualTier = 'default';
/** Calico asks NetworkPolicies of Kubernetes among its own, as if they had this order. */
const kubernetesOrder = 1000;

/** Where one has that order too, which of them comes first depends on names and on the release: both ways. */
function usualCourses(
  own: readonly SelectingPolicy[],
  {
    pod,
    port,
    networkPolicies,
  }: {
    readonly pod: Pod;
    readonly port: PodPort;
    readonly networkPolicies: readonly NetworkPolicy[];
  },
): readonly Course[] {
  const kubernetes = kubernetesRules(pod, port, networkPolicies);
  const isDenied = kubernetes !== undefined || own.some(({ isSure }) => isSure);
  const otherwise = restOf(isDenied, own.length > 0);
  const ordered = own.map((each) => ({
    order: each.policy.spec.order ?? Infinity,
    rules: calicoRules(each, port, pod),
  }));
  const courseWith = (isFirst: (order: number) => boolean): Course => ({
    rules: [
      ...ordered.filter(({ order }) => isFirst(order)).flatMap(({ rules }) => rules),
      ...(kubernetes ?? []),
      ...ordered.filter(({ order }) => !isFirst(order)).flatMap(({ rules }) => rules),
    ],
    otherwise,
  });
  return [
    courseWith((order) => order < kubernetesOrder),
    ...(ordered.some(({ order }) => order === kubernetesOrder)
      ? [courseWith((order) => order <= kubernetesOrder)]
      : []),
  ];
}

/** Behind the last tier stands the profile of the namespace, which lets everybody in. */
function usualOutcomes(sender: Sender, courses: readonly Course[]): Outcomes {
  return new Set(
    courses
      .flatMap((course) => [...outcomesFor(sender, course)])
      .map((action) => (action === 'pass' ? 'allow' : action)),
  );
}

/** In which order tiers are asked is not read: any of them may decide first. */
function together(others: readonly Outcomes[], usual: Outcomes): Outcomes {
  if (others.length === 0) {
    return usual;
  }
  const mayDeny = [...others, usual].some((each) => each.has('deny'));
  const mayAllow =
    others.some((each) => each.has('allow')) ||
    (usual.has('allow') && others.every((each) => each.has('pass')));
  return new Set<Action>([
    ...(mayAllow ? ['allow' as const] : []),
    ...(mayDeny ? ['deny' as const] : []),
  ]);
}
