import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { PortAttempt, PortOutcome } from '../../core/facts/wire.ts';
import { isLocal } from '../../core/metallb/election/serving.ts';
import { refOf } from '../models/references.ts';
import { seenOnWire } from '../models/seen.ts';
import { seeEndpoints } from '../models/service-remedies.ts';
import { askHealthPort } from '../models/traffic/health-port.ts';
import { whyNotTried } from '../models/wire/elected.ts';
import { looksAt, type NamedLook } from '../models/wire/looks.ts';
import { answererText, doubtsIn, placeText } from '../models/wire/words.ts';

/** What becomes of a connection tells where it ends: refused by a node or a pod, dropped on the way, or cut. */
export const thePortsAreOpen = defineCheck({
  id: 'MLB-W05',
  asks: 'Does a connection to each port of the addresses come about?',
  symptoms: ['no-traffic'],
  causes: ['port-refused', 'port-unanswered', 'port-unreachable', 'connection-reset'],
  needs: ['wire', 'nodes'],
  helps: ['endpointSlices'],
  enoughInNamespace: ['endpointSlices'],
  link: 'data-path',
  basis: 'observed',
  skipWhen: (facts, service) => whyNotTried(service, facts),
  run: (facts, service) => {
    if (service === undefined) {
      return [];
    }
    const healthPort = healthPortOf(service, facts);
    return looksAt(service, facts).flatMap((look) =>
      outcomes.flatMap((outcome) => {
        const attempts = failedIn(look, outcome);
        const more = outcome === 'timeout' ? healthPort : [];
        return attempts.length === 0 ? [] : [finding(service, { look, outcome, attempts, more })];
      }),
    );
  },
});

/** What is right there follows from the endpoints. */
function healthPortOf(
  service: Service,
  facts: Facts<'nodes', 'endpointSlices'>,
): readonly Remedy[] {
  const { endpointSlices } = facts;
  return endpointSlices.state === 'read'
    ? askHealthPort(service, { ...facts, endpointSlices: endpointSlices.items })
    : [];
}

const outcomes = ['refused', 'timeout', 'unreachable', 'reset'] as const;

type Failed = (typeof outcomes)[number];

/** Silence of UDP says nothing; and an HTTP request repeats what its connection showed. */
function failedIn({ look }: NamedLook, outcome: PortOutcome): readonly PortAttempt[] {
  return look.ports.filter(
    (attempt) =>
      attempt.outcome === outcome &&
      (attempt.protocol === 'TCP' || (attempt.protocol === 'UDP' && outcome === 'refused')),
  );
}

interface Seen {
  readonly look: NamedLook;
  readonly outcome: Failed;
  readonly attempts: readonly PortAttempt[];
  /** Further ways to look. */
  readonly more: Found['suggests'];
}

interface Meaning {
  readonly cause: string;
  readonly says: (ports: string, address: string) => string;
  readonly means: (service: Service) => readonly string[];
}

const meanings: Readonly<Record<Failed, Meaning>> = {
  refused: {
    cause: 'port-refused',
    says: (ports, address) => `connections to ${address} on ${ports} are refused`,
    means: () => [
      'kube-proxy refuses where the Service has no ready endpoint, or not such a port; a pod refuses where nothing listens on targetPort',
    ],
  },
  timeout: {
    cause: 'port-unanswered',
    says: (ports, address) => `nothing comes back from ${address} on ${ports}`,
    means: (service) => [
      `something drops the packets without a word: a firewall on the node or before it, a NetworkPolicy, ${service.spec.loadBalancerSourceRanges.length > 0 ? 'loadBalancerSourceRanges, ' : ''}or the answer takes a way on which it is lost`,
      ...(isLocal(service)
        ? ['with externalTrafficPolicy Local a node without an endpoint of its own drops them too']
        : []),
    ],
  },
  unreachable: {
    cause: 'port-unreachable',
    says: (ports, address) => `${address} cannot be reached on ${ports}`,
    means: () => [
      'the host itself, a router or a firewall says so by ICMP: no route, nobody who answers ARP, or a rule that rejects',
    ],
  },
  reset: {
    cause: 'connection-reset',
    says: (ports, address) => `connections to ${address} on ${ports} are cut as soon as they stand`,
    means: () => [
      'the program behind the port closes them, or packets of one connection reach two nodes, the second of which knows nothing of it',
    ],
  },
};

function finding(service: Service, { look: named, outcome, attempts, more }: Seen): Found {
  const { address, look } = named;
  const { cause, says, means } = meanings[outcome];
  const ports = portsText(attempts);
  const isFromNode = look.from.node !== undefined;
  const isWholly = look.ports.every((each) => each.outcome !== 'open');
  return {
    cause,
    severity: isFromNode || isAstray(named) || !isWholly ? 'warning' : 'error',
    about: refOf(service),
    affects: [refOf(service)],
    addresses: [address],
    says: `${says(ports, address)}, seen from ${placeText(look)}`,
    details: [
      ...attempts.map(attemptText),
      ...wayTo(named),
      ...means(service),
      ...fromNode(isFromNode),
      ...astray(named),
    ],
    because: attempts.map((attempt) => seenOnWire(look, attemptText(attempt))),
    doubts: doubtsIn(named),
    suggests: [...remediesFor(outcome, service, address), ...more],
  };
}

function wayTo({ answers }: NamedLook): readonly string[] {
  const nodes = answers.filter(({ node }) => node !== undefined);
  return nodes.length === 0
    ? []
    : [
        `${nodes.map(answererText).join(' and ')} answers for the address, so packets reach that node`,
      ];
}

function fromNode(isFromNode: boolean): readonly string[] {
  return isFromNode
    ? ['it was tried from a node: there kube-proxy takes the packets before they reach the wire']
    : [];
}

/** Nobody was found who holds the address, and no node either: what is sent from there reaches nobody. */
function isAstray({ sight, answers }: NamedLook): boolean {
  return sight === 'unproven' && answers.length === 0;
}

function astray(named: NamedLook): readonly string[] {
  return isAstray(named)
    ? ['no node answers there for its own address either, so it may not be their segment']
    : [];
}

/** `TCP 80 and TCP 443`. */
function portsText(attempts: readonly PortAttempt[]): string {
  return [...new Set(attempts.map(({ protocol, port }) => `${protocol} ${port}`))].join(' and ');
}

function attemptText({ protocol, port, outcome, ms, says }: PortAttempt): string {
  const words = says === undefined ? '' : ` (${says})`;
  // who does not measure says 0
  const time = ms === 0 ? '' : ` after ${Math.round(ms)} ms`;
  return `${protocol} ${port}: ${outcome}${time}${words}`;
}

function remediesFor(outcome: Failed, service: Service, address: string): Found['suggests'] {
  const { namespace = 'default' } = service.metadata;
  const endpoints = seeEndpoints(
    service,
    'the endpoints, which of them are ready, and their ports',
  );
  switch (outcome) {
    case 'refused':
    case 'reset':
      return [endpoints];
    case 'timeout':
      return [
        {
          says: 'on the node that answers: do the packets arrive, do they go on to a pod, and does an answer leave?',
          command: `tcpdump -eni any host ${shellWord(address)}`,
          mutates: false,
        },
        {
          says: 'the policies of its namespace',
          command: kubectl`-n ${namespace} get networkpolicies`,
          mutates: false,
        },
        endpoints,
      ];
    case 'unreachable':
      return [
        {
          says: 'on the host that looked: which way goes it?',
          command: `ip route get ${shellWord(address)}`,
          mutates: false,
        },
      ];
  }
}
