import type {
  CalicoEntity,
  CalicoPolicy,
  CalicoRule,
  Namespace,
  Pod,
} from '../../../core/facts/kube-objects.ts';
import type { PodPort } from '../traffic/policies.ts';
import { calicoSelects, type LabelLookup } from './calico-selector.ts';
import { blocksOf, every, type Match, negated, senderIn, some } from './matching.ts';
import type { Action, PolicyRule } from './outcome.ts';

/** A policy of Calico that selects a pod for what comes in, or may do so. */
export interface SelectingPolicy {
  readonly policy: CalicoPolicy;
  readonly isSure: boolean;
}

/** The policies of Calico on a pod, in the order in which Calico asks them within a tier. */
export function calicoPoliciesOn(
  pod: Pod,
  policies: readonly CalicoPolicy[],
  namespaces: readonly Namespace[],
): readonly SelectingPolicy[] {
  return policies
    .filter(({ spec }) => spec.types.includes('Ingress') && !spec.isForHosts)
    .map((policy) => ({ policy, match: selection(pod, policy, namespaces) }))
    .filter(({ match }) => match !== 'no')
    .map(({ policy, match }) => ({ policy, isSure: match === 'yes' }))
    .toSorted(byOrder);
}

function byOrder({ policy: left }: SelectingPolicy, { policy: right }: SelectingPolicy): number {
  const [a, b] = [left.spec.order ?? Infinity, right.spec.order ?? Infinity];
  if (a === b) {
    return left.metadata.name < right.metadata.name ? -1 : 1;
  }
  return a < b ? -1 : 1;
}

function selection(pod: Pod, { metadata, spec }: CalicoPolicy, namespaces: readonly Namespace[]) {
  const { namespace = '' } = pod.metadata;
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
    return 'no';
  }
  return every([
    calicoSelects(spec.selector ?? '', labelsOf(pod)),
    calicoSelects(spec.namespaceSelector ?? '', labelsOfNamespace(namespace, namespaces)),
    spec.serviceAccountSelector === undefined ? 'yes' : 'perhaps',
  ]);
}

/** Calico adds labels of its own to those of a pod. */
function labelsOf({ metadata }: Pod): LabelLookup {
  const labels = new Map([
    ...Object.entries(metadata.labels),
    ['projectcalico.org/namespace', metadata.namespace ?? ''],
    ['projectcalico.org/orchestrator', 'k8s'],
  ]);
  return (name) =>
    /^pc(?:ns|sa)\.|^projectcalico\.org\/serviceaccount$/.test(name)
      ? undefined
      : [labels.get(name) ?? []].flat();
}

function labelsOfNamespace(namespace: string, namespaces: readonly Namespace[]): LabelLookup {
  const known = namespaces.find(({ metadata }) => metadata.name === namespace);
  const labels = new Map([
    ...Object.entries(known?.metadata.labels ?? {}),
    ['projectcalico.org/name', namespace],
    ['kubernetes.io/metadata.name', namespace],
  ]);
  return (name) => {
    const value = labels.get(name);
    return value === undefined && known === undefined ? undefined : [value ?? []].flat();
  };
}

const actions = new Map<string, Action>([
  ['Allow', 'allow'],
  ['Deny', 'deny'],
  ['Pass', 'pass'],
]);

/** The rules of a policy for one port of a pod; what is only logged goes on to the next. */
export function calicoRules(
  { policy, isSure }: SelectingPolicy,
  port: PodPort,
  pod: Pod,
): readonly PolicyRule[] {
  return policy.spec.ingress.flatMap((rule): readonly PolicyRule[] => {
    const action = actions.get(rule.action);
    const fits = every([isSure ? 'yes' : 'perhaps', portMatch(rule, port, pod)]);
    const about = senderMatch(rule);
    return action === undefined || fits === 'no'
      ? []
      : [{ action, about: (sender) => every([fits, about(sender)]) }];
  });
}

function portMatch(rule: CalicoRule, port: PodPort, pod: Pod): Match {
  const { protocol, notProtocol, destination, asksMore } = rule;
  const { ports, notPorts, nets, notNets, selector, notSelector, namespaceSelector } = destination;
  const isNarrower =
    [nets, notNets].some((each) => each.length > 0) ||
    [selector, notSelector, namespaceSelector].some((each) => each !== undefined) ||
    destination.hasAccounts ||
    destination.hasNames ||
    asksMore;
  return every([
    protocol === undefined ? 'yes' : protocolMatch(protocol, port),
    notProtocol === undefined ? 'yes' : negated(protocolMatch(notProtocol, port)),
    ports.length === 0 ? 'yes' : some(ports.map((each) => onePort(each, port, pod))),
    notPorts.length === 0 ? 'yes' : negated(some(notPorts.map((each) => onePort(each, port, pod)))),
    isNarrower ? 'perhaps' : 'yes',
  ]);
}

const numbers = new Map([
  ['6', 'TCP'],
  ['17', 'UDP'],
  ['132', 'SCTP'],
]);

function protocolMatch(text: string, port: PodPort): Match {
  return (numbers.get(text) ?? text.toUpperCase()) === port.protocol ? 'yes' : 'no';
}

function onePort(written: string | number, { port, protocol }: PodPort, { spec }: Pod): Match {
  const [, first, last = first] = /^(\d+)(?::(\d+))?$/.exec(String(written)) ?? [];
  if (first !== undefined) {
    return Number(first) <= port && port <= Number(last) ? 'yes' : 'no';
  }
  const isNamed = spec.containers.some(({ ports }) =>
    ports.some((each) => each.name === written && each.protocol === protocol && each.port === port),
  );
  return isNamed ? 'yes' : 'no';
}

/** Selectors find pods, and network sets too, which may hold any address: these are not read. */
function senderMatch({ source, ipVersion }: CalicoRule): PolicyRule['about'] {
  const { nets, notNets, ports, notPorts, selector, notSelector, namespaceSelector } = source;
  const isBySet = [selector, notSelector, namespaceSelector].some((each) => each !== undefined);
  const isNarrower = isBySet || ports.length > 0 || notPorts.length > 0 || source.hasNames;
  const [inside, outside] = [plainBlocks(nets), plainBlocks(notNets)];
  return (sender) =>
    every([
      source.hasAccounts ? 'no' : 'yes',
      ipVersion === undefined || `ipv${ipVersion}` === sender.family ? 'yes' : 'no',
      nets.length === 0 ? 'yes' : senderIn(sender, inside),
      notNets.length === 0 ? 'yes' : negated(senderIn(sender, outside)),
      isNarrower ? 'perhaps' : 'yes',
    ]);
}

function plainBlocks(texts: CalicoEntity['nets']): ReturnType<typeof blocksOf> {
  return blocksOf(texts.map((cidr) => ({ cidr, except: [] })));
}
