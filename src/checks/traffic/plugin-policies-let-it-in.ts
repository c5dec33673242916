import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { NetworkPolicy } from '../../core/facts/kube-objects.ts';
import { plural, someOf } from '../../core/facts/in-words.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { isLocal } from '../../core/metallb/election/serving.ts';
import {
  mayEnforce,
  type PluginPolicyFacts,
  pluginPolicyKinds,
} from '../models/policies/plugin-policies.ts';
import {
  commandToSee,
  type PluginPolicy as Policy,
  watchDrops,
} from '../models/policies/policy-commands.ts';
import {
  besidesText,
  calledText,
  countText,
  pathOf,
  rulesText,
} from '../models/policies/policy-words.ts';
import {
  type Barring,
  barringKinds,
  barringsOf,
  clientOf,
  policedPods,
} from '../models/policies/plugin-scene.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import {
  type PolicyFacts,
  type PolicyScene,
  policySceneOf,
} from '../models/traffic/barred-ports.ts';
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
  alsoNeeds: (facts) => ['pods', 'daemonSets', ...unseenAmong(facts)],
  skipWhen: (facts, subject) => noSelector(facts, subject) ?? nothingToAsk(facts),
  run: (facts, service) => {
    if (service === undefined) {
      return [];
    }
    const scene = policySceneOf(service, facts);
    const barrings = barringsOf(policedPods(scene, facts), scene);
    const worst = barringKinds.find((kind) => barrings.some((each) => each.kind === kind));
    const those = barrings.filter(({ kind }) => kind === worst);
    return worst === undefined ? [] : [finding(worst, those, { ...facts, scene })];
  },
});

type Kind = (typeof pluginPolicyKinds)[number];

/** What a plugin has here and could not be read; a dump that lacks a kind tells nothing of it. */
function unseenAmong(facts: PluginPolicyFacts): readonly Kind[] {
  return pluginPolicyKinds.filter((kind) => {
    const reading = facts[kind];
    return reading.state === 'forbidden' || (reading.state === 'failed' && reading.unheld !== true);
  });
}

function nothingToAsk(facts: PluginPolicyFacts): string | undefined {
  if (!mayEnforce(facts)) {
    return 'neither Calico nor Cilium runs here';
  }
  const isAny = pluginPolicyKinds.some((kind) => itemsIfRead<unknown>(facts[kind]).length > 0);
  return isAny || unseenAmong(facts).length > 0
    ? undefined
    : 'no policies of Calico or Cilium are known';
}

type Sight = PolicyFacts & PluginPolicyFacts & { readonly scene: PolicyScene };

function finding(kind: Barring['kind'], barrings: readonly Barring[], sight: Sight): Found {
  const { scene } = sight;
  const { service } = scene;
  const about = refOf(service);
  const policed = barrings.flatMap(({ pods }) => pods);
  const pods = new Set(policed.map(({ pod }) => pod));
  const policies = [...new Set(policed.flatMap(({ by }) => by.policies))];
  const besides = [...new Set(policed.flatMap(({ by }) => by.besides))];
  const product = policed[0]?.by.product ?? 'Calico';
  const isForAll = barrings.every(
    (each) => new Set(each.pods.map(({ pod }) => pod)).size === scene.pods.length,
  );
  const ports = barrings.map(({ port }) => portText(port)).join(', ');
  const which = isForAll ? 'the pods' : `${pods.size} of ${plural(scene.pods.length, 'pod')}`;
  return {
    cause: 'plugin-policy-drops-traffic',
    severity: severityOf({ kind, product, isForAll }, scene),
    about,
    affects: [about],
    says: saysOf(kind, policies, {
      which: `${which} behind ${keyOfService(service)}`,
      ports,
      who: whoText(scene),
      nodes: scene.nodes
        .map(({ metadata }) => metadata.name)
        .filter((name) => [...pods].some(({ spec }) => spec.nodeName !== name)),
    }),
    details: [...detailsOf(product, scene), ...besidesText(besides)],
    because: becauseOf(policies, besides),
    doubts: kind === 'nodes' ? [...doubtsOf[product], keptAddress] : doubtsOf[product],
    suggests: [
      ...seeing(policies, besides),
      ...(product === 'Cilium'
        ? [...pods].slice(0, 1).flatMap((pod) => watchDrops(pod, sight))
        : []),
      remedies[kind],
    ],
  };
}

interface SaysWords {
  readonly which: string;
  readonly ports: string;
  readonly who: string;
  readonly nodes: readonly string[];
}

function saysOf(
  kind: Barring['kind'],
  policies: readonly Policy[],
  { which, ports, who, nodes }: SaysWords,
): string {
  const names = someOf(policies.map(calledText).toSorted());
  switch (kind) {
    case 'dropped':
      return `${names}: ${who} let in to ${which} on ${ports}`;
    case 'nodes':
      return `${names}: ${nodes.length === 1 ? 'node' : 'nodes'} ${someOf(nodes)}, in whose name clients come, ${nodes.length === 1 ? 'is' : 'are'} not let in to ${which} on ${ports}`;
    case 'perhaps':
      return `${names} ${policies.length === 1 ? 'selects' : 'select'} ${which}, and may keep clients from ${ports}`;
  }
}

function becauseOf(
  policies: readonly Policy[],
  besides: readonly NetworkPolicy[],
): Found['because'] {
  return [
    ...policies
      .slice(0, 4)
      .map((policy) => seenField(refOf(policy), pathOf(policy), rulesText(policy))),
    ...besides
      .slice(0, 2)
      .map((policy) => seenField(refOf(policy), 'spec.ingress', countText(policy.spec.ingress))),
  ];
}

function seeing(policies: readonly Policy[], besides: readonly NetworkPolicy[]): Found['suggests'] {
  return [
    ...policies.slice(0, 2).map((policy) => ({
      says: 'see what it allows',
      command: commandToSee(policy),
      mutates: false,
    })),
    ...besides.slice(0, 1).map(({ metadata: { name, namespace = 'default' } }) => ({
      says: 'see what that of Kubernetes allows',
      command: kubectl`-n ${namespace} describe networkpolicies.networking.k8s.io ${name}`,
      mutates: false,
    })),
  ];
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

const remedies = {
  dropped: { says: 'let the port in from outside by a policy of the same kind', mutates: true },
  nodes: {
    says: 'let the nodes in to the port too, by their own addresses and those of their tunnels, or set externalTrafficPolicy: Local',
    mutates: true,
  },
  perhaps: {
    says: 'allow the port from everywhere for a moment and try again: then it is the policy, or not',
    mutates: true,
  },
} as const;

const keptAddress = 'the eBPF data path of Calico runs: it keeps the address of the client';

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
  return isForAll && isCertain && (kind === 'dropped' || isSeen) ? 'error' : 'warning';
}

function whoText(scene: PolicyScene): string {
  const client = clientOf(scene);
  return client === undefined ? 'nobody from outside is' : `${client} is not`;
}

const lawOf = {
  Calico:
    'Calico asks its policies by their order, those of Kubernetes among them; what no rule allows is dropped',
  Cilium:
    'a pod that a policy of Cilium selects takes only what some policy allows, and nothing that one denies',
} as const;

const doubtsOf = {
  Calico: ['a rule names a NetworkSet, which may hold addresses from outside'],
  Cilium: ['policyEnforcementMode is never, or the agents only audit'],
} as const;
