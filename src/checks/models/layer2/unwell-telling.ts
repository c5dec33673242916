import type { Found } from '../../../core/diagnosis/check.ts';
import { kubectl, shellWord } from '../../../core/diagnosis/kubectl.ts';
import type { Node, Service } from '../../../core/facts/kube-objects.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import { keyOfService } from '../services.ts';
import { refOf } from '../references.ts';
import { seenField } from '../seen.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** Nodes that are elected to announce addresses, and are not well. */
export interface ElectedNodes {
  /** At least one. */
  readonly nodes: readonly Node[];
  readonly services: readonly Service[];
  /** What they announce, in words. */
  readonly addresses: string;
  /** Who would announce in their place, the next first; undefined where that differs by Service. */
  readonly standIns: readonly string[] | undefined;
}

/** How a node is not Ready: `False` or `Unknown`; undefined when it is, or nobody says. */
export function unreadinessOf(node: Node): string | undefined {
  const ready = conditionOf(node)?.status;
  return ready === 'True' ? undefined : ready;
}

/** Without memberlist nobody notices that it is gone. */
export function toldAsDead(elected: ElectedNodes): Found {
  const { isOne, who } = wordsFor(elected);
  return {
    ...common(elected, 'Unknown'),
    cause: 'dead-node-elected',
    severity: 'error',
    says: `${who} elected to announce ${elected.addresses}, and ${isOne ? 'it no longer answers' : 'they no longer answer'}`,
    details: [
      'without memberlist the speakers take every node for alive, so a dead one keeps its addresses until its Node object is deleted or excluded',
    ],
  };
}

/** The election does not heed it. */
export function toldAsUnready(elected: ElectedNodes, ready: string): Found {
  const { isOne, who, names } = wordsFor(elected);
  const messages = new Set(elected.nodes.flatMap((node) => conditionOf(node)?.message ?? []));
  return {
    ...common(elected, ready),
    cause: 'unready-node-elected',
    severity: 'warning',
    says:
      ready === 'False'
        ? `${who} elected to announce ${elected.addresses}, and ${isOne ? 'it is' : 'they are'} not Ready`
        : `${names} no longer ${isOne ? 'reports' : 'report'}, and may go on announcing ${elected.addresses} all the same`,
    details: [
      ...[...messages].slice(0, shown),
      `speakers do not heed that: as long as memberlist answers there, the ${isOne && elected.services.length === 1 ? 'address stays' : 'addresses stay'} (#2514)`,
    ],
    doubts: [
      ready === 'False'
        ? `only ${isOne ? 'its kubelet is' : 'their kubelets are'} down, and ${isOne ? 'the node forwards' : 'the nodes forward'} as before`
        : `${isOne ? 'the node is' : 'the nodes are'} dead, and another one has taken over`,
    ],
  };
}

const shown = 3;

function conditionOf({ status }: Node) {
  return status.conditions.find(({ type }) => type === 'Ready');
}

function wordsFor({ nodes }: ElectedNodes) {
  const names = someOf(nodes.map(({ metadata }) => metadata.name));
  const isOne = nodes.length === 1;
  return { isOne, names, who: `${names} ${isOne ? 'is' : 'are'}` };
}

function common({ nodes, services, standIns }: ElectedNodes, ready: string) {
  const [first] = nodes;
  const name = first?.metadata.name ?? 'NODE';
  return {
    about:
      first !== undefined && nodes.length === 1
        ? refOf(first)
        : ({ kind: 'Cluster', name: 'cluster' } as const),
    affects: services.map(refOf),
    because: nodes
      .slice(0, shown)
      .map((node) => seenField(refOf(node), 'status.conditions[Ready]', ready)),
    suggests: [
      ...waysRound(name, standIns, services[0]),
      { says: 'see what ails it', command: kubectl`describe node ${name}`, mutates: false },
    ],
  };
}

/** Where nobody stands in, to take the node out of the election would only make sure of that. */
function waysRound(
  name: string,
  standIns: readonly string[] | undefined,
  service: Service | undefined,
): readonly Remedy[] {
  if (standIns?.length === 0) {
    return [
      {
        says: 'no other node that is well may announce it: see what keeps the others out, and let one in',
        command: `triage announcers ${shellWord(service === undefined ? '' : keyOfService(service))}`,
        mutates: false,
      },
    ];
  }
  const then = standIns?.[0] === undefined ? 'who else may announce' : standIns[0];
  const foreseen = {
    says: 'see whether others would take over if it goes',
    command: `triage drill --node ${shellWord(name)}`,
    mutates: false,
  };
  return [
    ...(standIns === undefined ? [foreseen] : []),
    {
      says: `take it out of the election until it is well; ${then} takes over within seconds`,
      command: kubectl`label node ${name} node.kubernetes.io/exclude-from-external-load-balancers=`,
      mutates: true,
    },
  ];
}
