import type { Found } from '../../core/diagnosis/check.ts';
import type { FRRNodeState } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { agoText } from '../models/ages.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPFacts, type BGPWay, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { reloadFailures } from '../models/bgp/reload-failures.ts';
import { sendingsAtWork } from '../models/bgp/sessions.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenLine } from '../models/seen.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** FRR keeps what it had when it cannot use what is wanted of it: FRR-K8s writes that down, in FRR mode the speaker says so. */
export const frrTakesItsConfiguration = bgpCheck({
  id: 'MLB-B13',
  asks: 'Does FRR take the configuration of the nodes that advertise the address?',
  causes: ['frr-configuration-refused'],
  link: 'announced',
  basis: 'observed',
  skip: (_, { installation, speakerLogs }) => {
    const { bgpType } = installation ?? {};
    if (bgpType === 'frr') {
      return speakerLogs.state === 'read' ? undefined : 'the logs of the speakers were not read';
    }
    return bgpType === 'frr-k8s' ? undefined : 'the speakers speak BGP themselves';
  },
  alsoNeeds: (_, { installation, frrNodeStates }) =>
    installation?.bgpType !== 'frr-k8s' || frrNodeStates.state === 'absent'
      ? []
      : ['frrNodeStates'],
  run: (way, facts) => {
    const nodes = sendingsAtWork(way, facts).map(({ node }) => node);
    if (facts.installation?.bgpType === 'frr') {
      return notReloaded(way, nodes, facts);
    }
    const refusing = itemsIfRead(facts.frrNodeStates)
      .filter(({ metadata }) => nodes.includes(metadata.name))
      .flatMap((state) => troubleOf(state) ?? []);
    const byWords = Map.groupBy(refusing, ({ field, words }) => `${field} ${words}`);
    return [...byWords.values()].flatMap((alike) =>
      findingOf(way, { alike, refusing: refusing.length, all: nodes.length }),
    );
  },
});

/** By the speakers' own words, where FRR runs in their pods. */
function notReloaded(
  way: BGPWay,
  nodes: readonly string[],
  facts: BGPFacts,
): readonly Omit<Found, 'affects'>[] {
  const { installation, takenAt } = facts;
  const failures = reloadFailures(nodes, facts);
  const [first] = failures;
  if (first === undefined) {
    return [];
  }
  const { node, line } = first;
  const namespace = installation?.namespace ?? 'metallb-system';
  const left = nodes.length - failures.length;
  return [
    {
      cause: 'frr-configuration-refused',
      severity: left === 0 ? severityOn(way) : 'warning',
      about: { kind: 'Pod', namespace, name: line.pod },
      says: `FRR does not take the configuration that the speakers write for it: ${someOf(failures.map((each) => each.node).toSorted())}`,
      details: [
        `${node}${agoText(line.at, takenAt)}: ${line.words.replaceAll('\n', '; ')}`,
        'FRR goes on with what it had before: what was advertised then still is, nothing new is',
        ...(left === 0
          ? []
          : [`${left} of ${nodes.length} nodes that advertise the address took theirs`]),
        ...otherWayLines(way),
      ],
      because: [seenLine(line)],
      doubts: ['the address was advertised before the configuration was refused'],
      suggests: [
        {
          says: 'see which line FRR does not take: an FRR of another release than the speakers, or the ConfigMap bgpextras',
          command: kubectl`-n ${namespace} logs ${line.pod} -c reloader --tail=50`,
          mutates: false,
        },
      ],
    },
  ];
}

interface Refusing {
  /** In the same words. */
  readonly alike: readonly Trouble[];
  readonly refusing: number;
  readonly all: number;
}

function findingOf(
  way: BGPWay,
  { alike, refusing, all }: Refusing,
): readonly Omit<Found, 'affects'>[] {
  const [first] = alike;
  if (first === undefined) {
    return [];
  }
  const names = alike.map(({ state }) => state.metadata.name).toSorted();
  const left = all - refusing;
  return [
    {
      cause: 'frr-configuration-refused',
      severity: left === 0 ? severityOn(way) : 'warning',
      about: refOf(first.state),
      says: `FRR-K8s cannot use the configuration of ${someOf(names)}: ${first.words}`,
      details: [
        meanings[first.field],
        'the node goes on with what FRR had before: what was advertised then still is, nothing new is',
        ...(left === 0 ? [] : [`${left} of ${all} nodes that advertise the address took theirs`]),
        ...otherWayLines(way),
      ],
      because: alike
        .slice(0, 2)
        .map(({ state, field, words }) => seenField(refOf(state), `status.${field}`, words)),
      doubts: ['the address was advertised before the configuration was refused'],
      suggests: [
        {
          says: 'find the FRRConfiguration that contradicts the one of MetalLB, and make the two agree',
          command: 'kubectl get frrconfigurations.frrk8s.metallb.io -A -o yaml',
          mutates: false,
        },
      ],
    },
  ];
}

const meanings = {
  lastConversionResult:
    'all FRRConfigurations that select a node are merged with the one of MetalLB (metallb-NODE); where two contradict each other none of them comes into force',
  lastReloadResult: 'FRR itself refused what was made of the FRRConfigurations',
} as const;

interface Trouble {
  readonly state: FRRNodeState;
  readonly field: 'lastConversionResult' | 'lastReloadResult';
  readonly words: string;
}

/** Either says `success`, or what went wrong. */
function troubleOf(state: FRRNodeState): Trouble | undefined {
  const { lastConversionResult, lastReloadResult } = state.status;
  if (isBad(lastConversionResult)) {
    return { state, field: 'lastConversionResult', words: oneLine(lastConversionResult) };
  }
  return isBad(lastReloadResult)
    ? { state, field: 'lastReloadResult', words: oneLine(lastReloadResult) }
    : undefined;
}

function isBad(result: string | undefined): result is string {
  return result !== undefined && result.trim() !== '' && !/^success/i.test(result);
}

const longest = 300;

function oneLine(words: string): string {
  const line = words.trim().replaceAll(/\s*\n\s*/g, '; ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
