import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { CalicoPolicy, CiliumPolicy } from '../../core/facts/kube-objects.ts';
import { plural, someOf } from '../../core/facts/in-words.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { nameOf } from '../../core/facts/object-ref.ts';
import { isLocal } from '../../core/metallb/election/serving.ts';
import {
  mayEnforce,
  type PluginPolicyFacts,
  pluginPolicyKinds,
} from '../models/policies/plugin-policies.ts';
import {
  type Barring,
  barringsOf,
  clientOf,
  policedPods,
} from '../models/policies/plugin-scene.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { type PolicyScene, policySceneOf } from '../models/traffic/barred-ports.ts';
import { noSelector } from '../models/traffic/question.ts';
import { portText } from '../models/traffic/target-ports.ts';

/** Calico and Cilium have policies of their own, which decide together with those of Kubernetes. */
export const pluginPoliciesLetItIn = defineCheck({
  id: 'MLB-D21',
  asks: "Do the network plugin's own policies let the traffic in to the pods behind the Service?",
  symptoms: ['no-traffic'],
  causes: ['plugin-policy-drops-traffic'],
  link: 'data-path',
  needs: ['networkPolicies'],
  helps: [...pluginPolicyKinds, 'namespaces', 'pods', 'daemonSets', 'nodes', 'wire'],
  enoughInNamespace: ['networkPolicies', ...pluginPolicyKinds, 'pods'],
  alsoNeeds: (facts) => ['pods', 'daemonSets', ...deniedAmong(facts)],
  skipWhen: (facts, subject) => noSelector(facts, subject) ?? nothingToAsk(facts),
  run: (facts, service) => {
    if (service === undefined) {
      return [];
    }
    const scene = policySceneOf(service, facts);
    const barrings = barringsOf(policedPods(scene, facts), scene);
    const kinds = ['dropped', 'perhaps'] as const;
    const worst = kinds.find((kind) => barrings.some((each) => each.kind === kind));
    return worst === undefined
      ? []
      : [
          finding(
            worst,
            barrings.filter(({ kind }) => kind === worst),
            scene,
          ),
        ];
  },
});

type Kind = (typeof pluginPolicyKinds)[number];

/** What a plugin has here and nobody may read; a dump that lacks a kind tells nothing of it. */
function deniedAmong(facts: PluginPolicyFacts): readonly Kind[] {
  return pluginPolicyKinds.filter((kind) => facts[kind].state === 'forbidden');
}

function nothingToAsk(facts: PluginPolicyFacts): string | undefined {
  if (!mayEnforce(facts)) {
    return 'neither Calico nor Cilium runs here';
  }
  const isAny = pluginPolicyKinds.some((kind) => itemsIfRead<unknown>(facts[kind]).length > 0);
  return isAny || deniedAmong(facts).length > 0
    ? undefined
    : 'no policies of Calico or Cilium are known';
}

type Policy = CalicoPolicy | CiliumPolicy;

function finding(kind: Barring['kind'], barrings: readonly Barring[], scene: PolicyScene): Found {
  const { service } = scene;
  const about = refOf(service);
  const policed = barrings.flatMap(({ pods }) => pods);
  const pods = new Set(policed.map(({ pod }) => pod));
  const policies = [...new Set(policed.flatMap(({ by }) => by.policies))];
  const product = policed[0]?.by.product ?? 'Calico';
  const isForAll = barrings.every(
    (each) => new Set(each.pods.map(({ pod }) => pod)).size === scene.pods.length,
  );
  const ports = barrings.map(({ port }) => portText(port)).join(', ');
  const which = isForAll ? 'the pods' : `${pods.size} of ${plural(scene.pods.length, 'pod')}`;
  const names = someOf(policies.map(calledText).toSorted());
  return {
    cause: 'plugin-policy-drops-traffic',
    severity: severityOf({ kind, product, isForAll }, scene),
    about,
    affects: [about],
    says:
      kind === 'dropped'
        ? `${names}: ${whoText(scene)} let in to ${which} behind ${keyOfService(service)} on ${ports}`
        : `${names} ${policies.length === 1 ? 'selects' : 'select'} ${which} behind ${keyOfService(service)}, and may keep clients from ${ports}`,
    details: detailsOf(product, scene),
    because: policies
      .slice(0, 4)
      .map((policy) => seenField(refOf(policy), pathOf(policy), rulesText(policy))),
    doubts: doubtsOf[product],
    suggests: remediesFor(kind, product, policies),
  };
}

function detailsOf(
  product: 'Calico' | 'Cilium',
  { service, dropped }: PolicyScene,
): readonly string[] {
  const [tried] = dropped;
  return [
    ...(tried === undefined
      ? []
      : [`${tried.look.from.host} (${tried.hosts.join(', ')}) tried it, and nothing came back`]),
    lawOf[product],
    isLocal(service)
      ? 'with externalTrafficPolicy Local the pods see the address of the client, so it is clients that must be let in'
      : 'with externalTrafficPolicy Cluster pods of other nodes see the address of the node that took the packet in: clients and nodes must be let in',
  ];
}

function remediesFor(
  kind: Barring['kind'],
  product: 'Calico' | 'Cilium',
  policies: readonly Policy[],
): Found['suggests'] {
  return [
    ...policies.slice(0, 2).map((policy) => ({
      says: 'see what it allows',
      command: commandFor(policy),
      mutates: false,
    })),
    ...(product === 'Cilium' ? [watchDrops] : []),
    {
      says:
        kind === 'dropped'
          ? 'let the port in from outside by a policy of the same kind'
          : 'allow the port from everywhere for a moment and try again: then it is the policy, or not',
      mutates: true,
    },
  ];
}

/** Cilium mostly lets the node of a pod in whatever its policies say; so with policy Cluster some packets get through. */
function severityOf(
  {
    kind,
    product,
    isForAll,
  }: {
    readonly kind: Barring['kind'];
    readonly product: 'Calico' | 'Cilium';
    readonly isForAll: boolean;
  },
  { service, dropped }: PolicyScene,
): Found['severity'] {
  const isSeen = dropped.length > 0;
  if (kind === 'perhaps') {
    return isSeen ? 'warning' : 'info';
  }
  const isCertain = product === 'Calico' || isLocal(service) || isSeen;
  return isForAll && isCertain ? 'error' : 'warning';
}

/** Kubernetes has a kind of the same name. */
function calledText(policy: Policy): string {
  const isCalicos = policy.kind === 'NetworkPolicy';
  return `${isCalicos ? 'Calico ' : ''}${nameOf(refOf(policy))}`;
}

function whoText(scene: PolicyScene): string {
  const client = clientOf(scene);
  return client === undefined ? 'nobody from outside is' : `${client} is not`;
}

const lawOf = {
  Calico:
    'Calico asks its policies by their order, those of Kubernetes among them; what no rule of a tier takes is dropped',
  Cilium:
    'of a pod that a policy of Cilium selects only what some policy allows gets in, and nothing that one denies',
} as const;

const doubtsOf = {
  Calico: ['a rule names a NetworkSet, which may hold addresses from outside'],
  Cilium: ['policyEnforcementMode is never, or the agents only audit'],
} as const;

const watchDrops = {
  says: 'watch what Cilium drops while somebody tries',
  command: kubectl`-n kube-system exec ds/cilium -- cilium-dbg monitor --type drop`,
  mutates: false,
} as const;

function pathOf(policy: Policy): string {
  return 'specs' in policy && policy.specs.length > 1 ? 'specs' : 'spec.ingress';
}

function rulesText(policy: Policy): string {
  const count =
    'specs' in policy
      ? policy.specs.reduce((sum, each) => sum + each.ingress.length + each.ingressDeny.length, 0)
      : policy.spec.ingress.length;
  return count === 0 ? 'none' : plural(count, 'rule');
}

const resources: Readonly<Record<Policy['kind'], string>> = {
  NetworkPolicy: 'networkpolicies.crd.projectcalico.org',
  GlobalNetworkPolicy: 'globalnetworkpolicies.crd.projectcalico.org',
  CiliumNetworkPolicy: 'ciliumnetworkpolicies.cilium.io',
  CiliumClusterwideNetworkPolicy: 'ciliumclusterwidenetworkpolicies.cilium.io',
};

function commandFor({ kind, metadata }: Policy): string {
  const { name, namespace } = metadata;
  return namespace === undefined
    ? kubectl`get ${resources[kind]} ${name} -o yaml`
    : kubectl`-n ${namespace} get ${resources[kind]} ${name} -o yaml`;
}
