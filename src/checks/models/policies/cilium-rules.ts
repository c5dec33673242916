import type { IpFamily } from '../../../core/facts/ip.ts';
import type {
  CiliumPolicy,
  CiliumRule,
  LabelSelector,
  Namespace,
  Pod,
} from '../../../core/facts/kube-objects.ts';
import type { PodPort } from '../traffic/policies.ts';
import { blocksOf, every, type Match, negated, type Sender, senderIn, some } from './matching.ts';
import type { PolicyRule } from './outcome.ts';

/** A part of a policy of Cilium that selects a pod, or may do so. */
export interface SelectingSpec {
  readonly policy: CiliumPolicy;
  readonly spec: CiliumPolicy['specs'][number];
  readonly isSure: boolean;
  /** True when what none of its rules lets in is dropped. */
  readonly deniesTheRest: boolean;
}

/** What policies of Cilium say of what comes in to a pod. */
export function ciliumSpecsOn(
  pod: Pod,
  policies: readonly CiliumPolicy[],
  namespaces: readonly Namespace[],
): readonly SelectingSpec[] {
  return policies.flatMap((policy) =>
    policy.specs.flatMap((spec): readonly SelectingSpec[] => {
      const { ingress, ingressDeny, enableDefaultDeny, endpointSelector } = spec;
      const { namespace } = policy.metadata;
      const hasRules = ingress.length > 0 || ingressDeny.length > 0;
      const isOther = namespace !== undefined && namespace !== pod.metadata.namespace;
      const match = isOther ? 'no' : labelsMatch(endpointSelector, pod, namespaces);
      return match === 'no' || !(hasRules || enableDefaultDeny.ingress === true)
        ? []
        : [
            {
              policy,
              spec,
              isSure: match === 'yes',
              deniesTheRest: enableDefaultDeny.ingress ?? hasRules,
            },
          ];
    }),
  );
}

/** Rules that deny come first, whoever allows what. */
export function ciliumDenials(
  specs: readonly SelectingSpec[],
  port: PodPort,
  pod: Pod,
): readonly PolicyRule[] {
  return specs.flatMap((selecting) =>
    selecting.spec.ingressDeny.map((rule) => ruleFor('deny', { selecting, rule, port, pod })),
  );
}

/** What is let in by any of them is let in. */
export function ciliumPermissions(
  specs: readonly SelectingSpec[],
  port: PodPort,
  pod: Pod,
): readonly PolicyRule[] {
  return specs.flatMap((selecting) =>
    selecting.spec.ingress.map((rule) => ruleFor('allow', { selecting, rule, port, pod })),
  );
}

interface RuleAt {
  readonly selecting: SelectingSpec;
  readonly rule: CiliumRule;
  readonly port: PodPort;
  readonly pod: Pod;
}

function ruleFor(action: PolicyRule['action'], { selecting, rule, port, pod }: RuleAt): PolicyRule {
  const { isSure, policy } = selecting;
  const isOfCluster = policy.metadata.namespace === undefined;
  const fits = every([isSure ? 'yes' : 'perhaps', portsMatch(rule, port, pod)]);
  const about = senderMatch(rule, isOfCluster);
  return { action, about: (sender) => every([fits, about(sender)]) };
}

function portsMatch({ toPorts, asksMore }: CiliumRule, port: PodPort, pod: Pod): Match {
  const more: Match = asksMore ? 'perhaps' : 'yes';
  if (toPorts === undefined) {
    return more;
  }
  const matches = toPorts.flatMap(({ ports }) =>
    ports.length === 0 ? (['perhaps'] as const) : ports.map((each) => onePort(each, port, pod)),
  );
  return every([more, some(matches)]);
}

type WrittenPort = NonNullable<CiliumRule['toPorts']>[number]['ports'][number];

function onePort(written: WrittenPort, { port, protocol }: PodPort, { spec }: Pod): Match {
  const { protocol: wanted = 'ANY', port: text = '0', endPort } = written;
  if (wanted.toUpperCase() !== 'ANY' && wanted.toUpperCase() !== protocol) {
    return 'no';
  }
  if (/^\d+$/.test(text)) {
    const first = Number(text);
    // none of them is all of them
    return first === 0 || (first <= port && port <= (endPort ?? first)) ? 'yes' : 'no';
  }
  const isNamed = spec.containers.some(({ ports }) =>
    ports.some((each) => each.name === text && each.protocol === protocol && each.port === port),
  );
  return isNamed ? 'yes' : 'no';
}

/** A rule that names nobody and no ports lets nobody in; one that names ports alone lets everybody in to them. */
function senderMatch(rule: CiliumRule, isOfCluster: boolean): PolicyRule['about'] {
  const { fromEndpoints, fromEntities, fromCIDR, fromCIDRSet, toPorts, asksMore } = rule;
  const isNamed = [fromEndpoints, fromEntities, fromCIDR, fromCIDRSet].some(Boolean);
  if (!isNamed) {
    const open: Match = toPorts === undefined ? 'no' : 'yes';
    return () => (asksMore ? 'perhaps' : open);
  }
  const endpoints = some((fromEndpoints ?? []).map((each) => endpointMatch(each, isOfCluster)));
  const isByGroup = fromCIDRSet?.some(({ cidr }) => cidr === undefined) === true;
  const blocks = blocksOf([
    ...(fromCIDR ?? []).map((cidr) => ({ cidr, except: [] })),
    ...(fromCIDRSet ?? []).flatMap(({ cidr, except }) =>
      cidr === undefined ? [] : [{ cidr, except }],
    ),
  ]);
  return (sender) =>
    some([
      endpoints,
      ...(fromEntities ?? []).map((each) => entityMatch(each, sender)),
      rangeMatch(blocks, sender),
      isByGroup ? 'perhaps' : 'no',
    ]);
}

/**
 * Labels of pods are no client's; `reserved:world` is one that every client has. Asking for none, or only for what must
 * not be there, a policy of a namespace means the pods there unless it speaks of namespaces itself; what one of the
 * cluster means by it differed between releases.
 */
function endpointMatch(
  { matchLabels, matchExpressions }: LabelSelector,
  isOfCluster: boolean,
): Match {
  const refusals = matchExpressions.filter(({ operator }) => refusing.includes(operator));
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  const isOpen =
    keys.length === refusals.length &&
    (isOfCluster || keys.some((key) => aboutNamespaces.test(sourceless(key))));
  return isOpen || keys.some((key) => key.startsWith('reserved')) ? 'perhaps' : 'no';
}

const refusing: readonly string[] = ['NotIn', 'DoesNotExist'];
const aboutNamespaces = /^io\.(?:kubernetes\.pod\.namespace$|cilium\.k8s\.namespace\.labels\.)/;

/** Labels are written with or without where they come from. */
function sourceless(key: string): string {
  return key.replace(/^(?:k8s|any)[:.]/, '');
}

const families: ReadonlyMap<string, IpFamily> = new Map([
  ['world-ipv4', 'ipv4'],
  ['world-ipv6', 'ipv6'],
]);

/** Under which of its names Cilium knows a node depends on how packets travel: any of them may be it. */
function entityMatch(entity: string, sender: Sender): Match {
  if (entity === 'all') {
    return 'yes';
  }
  const isForNodes = ['host', 'remote-node', 'cluster', 'kube-apiserver'].includes(entity);
  if (sender.kind === 'node') {
    return isForNodes || entity.startsWith('world') ? 'perhaps' : 'no';
  }
  return yesIf(entity === 'world' || families.get(entity) === sender.family);
}

/** Ranges are about addresses outside; nodes are known by other names, unless they are told to count. */
function rangeMatch(blocks: ReturnType<typeof blocksOf>, sender: Sender): Match {
  const match = senderIn(sender, blocks);
  return sender.kind === 'node' && match === 'yes' ? 'perhaps' : match;
}

const ofNamespace = 'io.kubernetes.pod.namespace';

/** Cilium adds labels of its own, and marks where each comes from. */
function labelsMatch(selector: LabelSelector, pod: Pod, namespaces: readonly Namespace[]): Match {
  const { matchLabels, matchExpressions } = selector;
  return every([
    ...Object.entries(matchLabels).map(([key, value]) =>
      valueMatch(labelOf(key, pod, namespaces), (found) => found === value),
    ),
    ...matchExpressions.map(({ key, operator, values }) => {
      const label = labelOf(key, pod, namespaces);
      const isIn = valueMatch(label, (found) => values.includes(found));
      const exists = valueMatch(label, () => true);
      const rules = new Map([
        ['In', isIn],
        ['NotIn', negated(isIn)],
        ['Exists', exists],
        ['DoesNotExist', negated(exists)],
      ]);
      return rules.get(operator) ?? 'perhaps';
    }),
  ]);
}

function valueMatch(
  found: readonly string[] | undefined,
  holds: (value: string) => boolean,
): Match {
  return found === undefined ? 'perhaps' : yesIf(found.some(holds));
}

function labelOf(
  key: string,
  { metadata }: Pod,
  namespaces: readonly Namespace[],
): readonly string[] | undefined {
  const name = sourceless(key);
  if (name === ofNamespace) {
    return [metadata.namespace ?? ''];
  }
  const ofIts = /^io\.cilium\.k8s\.namespace\.labels\.(.+)$/.exec(name)?.[1];
  if (ofIts !== undefined) {
    const own = namespaces.find((each) => each.metadata.name === metadata.namespace);
    return own && [new Map(Object.entries(own.metadata.labels)).get(ofIts) ?? []].flat();
  }
  return /^io\.cilium\.|^reserved[:.]|^[a-z-]+:/.test(name)
    ? undefined
    : [new Map(Object.entries(metadata.labels)).get(name) ?? []].flat();
}

function yesIf(is: boolean): Match {
  return is ? 'yes' : 'no';
}
