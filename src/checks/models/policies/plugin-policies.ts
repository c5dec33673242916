import type { Facts } from '../../../core/diagnosis/facts.ts';
import type {
  CalicoPolicy,
  CiliumPolicy,
  Namespace,
  NetworkPolicy,
  Pod,
} from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import type { PodPort } from '../traffic/policies.ts';
import { calicoPoliciesOn, calicoRules, type SelectingPolicy } from './calico-rules.ts';
import { ciliumDenials, ciliumPermissions, ciliumSpecsOn } from './cilium-rules.ts';
import { kubernetesRules } from './kubernetes-rules.ts';
import type { Sender } from './matching.ts';
import { type Action, type Outcomes, outcomesFor } from './outcome.ts';

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
  /** What may become of packets of a sender for a port of the pod. */
  readonly outcomes: (port: PodPort, sender: Sender) => Outcomes;
}

/** The policies of network plugins on a pod; those of a plugin that does not run are left over and do nothing. */
export function pluginPoliciesOn(
  pod: Pod,
  networkPolicies: readonly NetworkPolicy[],
  facts: PluginPolicyFacts,
): readonly PluginPolicies[] {
  const around = { networkPolicies, namespaces: itemsIfRead(facts.namespaces) };
  return [
    ...(runs(calicoAgents, facts) ? calicoOn(pod, facts, around) : []),
    ...(runs(ciliumAgents, facts) ? ciliumOn(pod, facts, around) : []),
  ];
}

/** False where it is known that neither of the two runs. */
export function mayEnforce(facts: PluginPolicyFacts): boolean {
  return (
    facts.daemonSets.state !== 'read' || runs(calicoAgents, facts) || runs(ciliumAgents, facts)
  );
}

const calicoAgents = /^(?:calico-node|rke2-calico)|canal/;
const ciliumAgents = /^cilium(?:$|-agent)/;

function runs(agents: RegExp, { daemonSets }: PluginPolicyFacts): boolean {
  return itemsIfRead(daemonSets).some(({ metadata }) => agents.test(metadata.name));
}

interface Around {
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
  const outcomes: PluginPolicies['outcomes'] = (port, sender) => {
    const kubernetes = kubernetesRules(pod, port, networkPolicies);
    const denying = specs.filter(({ deniesTheRest }) => deniesTheRest);
    const isDenied = kubernetes !== undefined || denying.some(({ isSure }) => isSure);
    const rules = [
      ...ciliumDenials(specs, port, pod),
      ...ciliumPermissions(specs, port, pod),
      ...(kubernetes ?? []),
    ];
    return outcomesFor(sender, { rules, otherwise: restOf(isDenied, denying.length > 0) });
  };
  return specs.length === 0
    ? []
    : [{ product: 'Cilium', policies: [...new Set(specs.map(({ policy }) => policy))], outcomes }];
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
  const outcomes: PluginPolicies['outcomes'] = (port, sender) => {
    const others = [...tiers].filter(([tier]) => tier !== usualTier);
    const usual = usualOutcomes(tiers.get(usualTier) ?? [], { pod, port, sender, networkPolicies });
    return together(
      others.map(([, policies]) =>
        outcomesFor(sender, {
          rules: policies.flatMap((each) => calicoRules(each, port, pod)),
          // what becomes of the rest is a setting of the tier, which is not read
          otherwise: ['deny', 'pass'],
        }),
      ),
      usual,
    );
  };
  return own.length === 0
    ? []
    : [{ product: 'Calico', policies: own.map(({ policy }) => policy), outcomes }];
}

const usualTier = 'default';
/** Calico asks NetworkPolicies of Kubernetes among its own, as if they had this order. */
const kubernetesOrder = 1000;

function usualOutcomes(
  own: readonly SelectingPolicy[],
  {
    pod,
    port,
    sender,
    networkPolicies,
  }: {
    readonly pod: Pod;
    readonly port: PodPort;
    readonly sender: Sender;
    readonly networkPolicies: readonly NetworkPolicy[];
  },
): Outcomes {
  const kubernetes = kubernetesRules(pod, port, networkPolicies);
  const isFirst = ({ policy }: SelectingPolicy) =>
    (policy.spec.order ?? Infinity) < kubernetesOrder;
  const rulesOf = (policies: readonly SelectingPolicy[]) =>
    policies.flatMap((each) => calicoRules(each, port, pod));
  const isDenied = kubernetes !== undefined || own.some(({ isSure }) => isSure);
  const found = outcomesFor(sender, {
    rules: [
      ...rulesOf(own.filter(isFirst)),
      ...(kubernetes ?? []),
      ...rulesOf(own.filter((each) => !isFirst(each))),
    ],
    otherwise: restOf(isDenied, own.length > 0),
  });
  // behind the last tier stands the profile of the namespace, which lets everybody in
  return new Set([...found].map((action) => (action === 'pass' ? 'allow' : action)));
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
