import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { NetworkPolicy, Pod, Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { isLocal } from '../../core/metallb/election/serving.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { portsMissed } from '../models/traffic/ports-missed.ts';
import {
  type Barred,
  barredPort,
  barringOrder,
  type PolicyFacts,
  type PolicyScene,
  policySceneOf,
} from '../models/traffic/barred-ports.ts';
import { type Enforcement, enforcementIn } from '../models/traffic/network-plugins.ts';
import {
  mayEnforce,
  type PluginPolicyFacts,
  pluginPolicyKinds,
} from '../models/policies/plugin-policies.ts';
import { policedPods } from '../models/policies/plugin-scene.ts';
import { policiesOn } from '../models/traffic/policies.ts';
import { noSelector } from '../models/traffic/question.ts';
import { portText } from '../models/traffic/target-ports.ts';
import { plural, someOf } from '../../core/facts/in-words.ts';

/** A pod that any NetworkPolicy selects takes only what some policy lets in. */
export const networkPoliciesLetItIn = defineCheck({
  id: 'MLB-D08',
  asks: 'Do the NetworkPolicies let the traffic in to the pods behind the Service?',
  symptoms: ['no-traffic'],
  causes: ['network-policy-drops-traffic'],
  link: 'data-path',
  needs: ['networkPolicies'],
  helps: ['pods', 'daemonSets', 'nodes', 'wire', 'namespaces', ...pluginPolicyKinds],
  enoughInNamespace: ['networkPolicies', 'pods', ...pluginPolicyKinds],
  alsoNeeds: () => ['pods'],
  skipWhen: (facts, subject) => {
    const enforcement = enforcementIn(facts.daemonSets, itemsIfRead(facts.nodes));
    return (
      noSelector(facts, subject) ??
      (enforcement.kind === 'not-enforced'
        ? `${enforcement.by} alone does not enforce NetworkPolicies`
        : undefined) ??
      (subject !== undefined && areAllPoliced(policySceneOf(subject, facts), facts)
        ? 'policies of the network plugin decide together with them'
        : undefined)
    );
  },
  run: (facts, service) => {
    if (service === undefined) {
      return [];
    }
    const scene = policySceneOf(service, facts);
    const pods = unpolicedPods(scene, facts);
    const barred = service.spec.ports
      .flatMap((port) => barredPort(port, { ...scene, pods }) ?? [])
      .map((each) => ({ ...each, isForAll: each.pods.length === scene.pods.length }));
    return barred.length === 0 ? [] : [finding(barred, scene, areOthersKnown(facts))];
  },
});

/** On the others those of the network plugin decide too, and are judged together with these. */
function unpolicedPods(scene: PolicyScene, facts: PolicyFacts & PluginPolicyFacts): readonly Pod[] {
  const policed = new Set(policedPods(scene, facts).map(({ pod }) => pod));
  return scene.pods.filter((pod) => !policed.has(pod));
}

function areAllPoliced(scene: PolicyScene, facts: PolicyFacts & PluginPolicyFacts): boolean {
  return scene.pods.length > 0 && unpolicedPods(scene, facts).length === 0;
}

function areOthersKnown(facts: PluginPolicyFacts): boolean {
  return (
    !mayEnforce(facts) ||
    pluginPolicyKinds.every((kind) => ['read', 'absent'].includes(facts[kind].state))
  );
}

function finding(barred: readonly Barred[], scene: PolicyScene, areOthersKnownToo: boolean): Found {
  const { service, policies, enforcement } = scene;
  const about = refOf(service);
  const [worst] = barred.toSorted(
    (a, b) => barringOrder.indexOf(a.kind) - barringOrder.indexOf(b.kind),
  );
  const kind = worst?.kind ?? 'nobody';
  const pods = [...new Set(barred.flatMap((each) => each.pods))];
  const own = [...new Set(pods.flatMap((pod) => policiesOn(pod, policies)))].toSorted((a, b) =>
    a.metadata.name < b.metadata.name ? -1 : 1,
  );
  const names = own.map(({ metadata }) => metadata.name);
  const isForAll = barred.every((each) => each.isForAll);
  const dropped = barred.flatMap((each) => each.dropped ?? []).slice(0, 1);
  return {
    cause: 'network-policy-drops-traffic',
    severity: severityOf(kind, isForAll, {
      isNamed: scene.client !== undefined,
      isSeen: dropped.length > 0,
      isEnforced: enforcement.kind === 'enforced',
    }),
    about,
    affects: [about],
    says: `${whoText(names)} ${letText(kind, worst?.ranges ?? [])} in${notClient(kind, scene)} to ${isForAll ? 'the pods' : `${pods.length} of ${plural(scene.pods.length, 'pod')}`} behind ${keyOfService(service)} on ${barred.map(({ port }) => portText(port)).join(', ')}`,
    details: [
      ...dropped.map(triedText),
      ...portsMissed(barred, own),
      sourceText(kind, service),
      enforcementText(enforcement),
    ],
    because: [
      ...own
        .slice(0, 4)
        .map((policy) => seenField(refOf(policy), 'spec.ingress', ingressText(policy))),
      workedOut(about, 'networking/v1: ingress rules', `${plural(pods.length, 'pod')} selected`),
    ],
    doubts: doubtsOf(enforcement, areOthersKnownToo),
    suggests: remedies(own, kind),
  };
}

function whoText(names: readonly string[]): string {
  return names.length === 1
    ? `NetworkPolicy ${someOf(names)} lets`
    : `NetworkPolicies ${someOf(names)} let`;
}

function triedText({ look, hosts }: NonNullable<Barred['dropped']>): string {
  return `${look.from.host} (${hosts.join(', ')}) tried it, and nothing came back`;
}

function doubtsOf(
  { kind }: PolicyScene['enforcement'],
  areOthersKnownToo: boolean,
): readonly string[] {
  return [
    ...(kind === 'unknown' ? ['the network plugin of this cluster does not enforce policies'] : []),
    ...(areOthersKnownToo
      ? []
      : ['policies of Calico or Cilium were not read; they may allow it, or drop more']),
  ];
}

/** What is known of those who are kept out, and of whether anything keeps them out. */
interface Certainty {
  readonly isNamed: boolean;
  readonly isSeen: boolean;
  readonly isEnforced: boolean;
}

/** Whom a policy of ranges keeps out is only known of somebody who is named, or who tried. */
function severityOf(
  kind: Barred['kind'],
  isForAll: boolean,
  { isNamed, isSeen, isEnforced }: Certainty,
): Found['severity'] {
  const isClientOut = kind === 'some-clients' && isNamed;
  const isCertain =
    kind === 'nobody' ? isEnforced || isSeen : isEnforced && (isSeen || isClientOut);
  if (isForAll && isCertain) {
    return 'error';
  }
  return kind === 'some-clients' && !(isNamed && isForAll) ? 'info' : 'warning';
}

function notClient(kind: Barred['kind'], { client }: PolicyScene): string {
  return kind === 'some-clients' && client !== undefined ? `, and not ${client},` : '';
}

function letText(kind: Barred['kind'], ranges: readonly string[]): string {
  switch (kind) {
    case 'nobody':
      return 'nobody';
    case 'pods-only':
      return 'only pods of the cluster';
    case 'other-addresses':
    case 'some-clients':
      return `only ${someOf(ranges)}`;
  }
}

function sourceText(kind: Barred['kind'], service: Service): string {
  if (kind === 'nobody') {
    return 'pods that a policy selects take nothing but what a policy allows';
  }
  return isLocal(service)
    ? 'with externalTrafficPolicy Local the pods see the address of the client, so it is clients that must be let in'
    : 'with externalTrafficPolicy Cluster the pods see the address of the node that took the packet in, not that of the client: it is nodes that must be let in (most plugins let a node in to its own pods always)';
}

function enforcementText(enforcement: Enforcement): string {
  switch (enforcement.kind) {
    case 'enforced':
      return `${enforcement.by} enforces NetworkPolicies here`;
    case 'not-enforced':
      return `${enforcement.by} does not enforce NetworkPolicies`;
    case 'unknown':
      return 'whether the network plugin of this cluster enforces NetworkPolicies is not known';
  }
}

function ingressText({ spec }: NetworkPolicy): string {
  const rules = spec.ingress.length;
  return rules === 0 ? 'none' : plural(rules, 'rule');
}

function remedies(own: readonly NetworkPolicy[], kind: Barred['kind']): Found['suggests'] {
  const [first] = own;
  const namespace = first?.metadata.namespace ?? 'default';
  const names = own.map(({ metadata }) => metadata.name);
  return [
    {
      says: 'see what they allow',
      command: kubectl`-n ${namespace} describe networkpolicy ${names[0] ?? ''}`,
      mutates: false,
    },
    ...(kind === 'some-clients'
      ? []
      : [
          {
            says: 'add a NetworkPolicy that allows the ports from outside; policies only ever add, so the others can stay',
            mutates: true,
          },
        ]),
  ];
}
