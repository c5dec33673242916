import type { Found } from '../../../core/diagnosis/check.ts';
import { kubectl, shellWord } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Installation } from '../../../core/facts/snapshot.ts';
import { refOf } from '../references.ts';
import { seenField } from '../seen.ts';
import type { InterfaceTrouble } from './interface-trouble.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** Troubles of one kind with the same interfaces. */
export interface InterfaceTroubles {
  readonly first: InterfaceTrouble;
  /** All of them, the first among them. */
  readonly all: readonly InterfaceTrouble[];
  /** What nobody answers for, in words. */
  readonly addresses: string;
}

/** What the elected nodes lack to answer. */
export function toldOfInterfaces(
  troubles: InterfaceTroubles,
  installation: Installation | undefined,
): Found {
  const { first } = troubles;
  switch (first.kind) {
    case 'excluded':
      return toldAsExcluded(troubles, { ...first, installation });
    case 'missing':
      return toldAsMissing(troubles, first);
    case 'mute':
      return toldAsMute(troubles, first);
  }
}

type Of<K extends InterfaceTrouble['kind']> = Extract<InterfaceTrouble, { readonly kind: K }>;

const shownNodes = 5;
const shown = 3;

function nodesOf({ all }: InterfaceTroubles): readonly string[] {
  return [...new Set(all.map(({ node }) => node))].toSorted();
}

function affectsOf({ all }: InterfaceTroubles): Found['affects'] {
  return all.map(({ service }) => refOf(service));
}

function toldAsExcluded(
  troubles: InterfaceTroubles,
  {
    wanted,
    list,
    hits,
    installation,
  }: Of<'excluded'> & { readonly installation: Installation | undefined },
): Found {
  const { name, namespace = 'metallb-system' } = list;
  return {
    affects: affectsOf(troubles),
    cause: 'interface-excluded',
    severity: 'error',
    about: list,
    says: `the speakers are told to leave ${someOf(wanted, shownNodes)} alone, the only ${interfacesOf(wanted)} on which ${someOf(nodesOf(troubles), shownNodes)} should answer`,
    details: [
      ...hits.map((each) => `${each.name} matches ${each.pattern} in ConfigMap ${name}`),
      'the list is read once, when a speaker starts',
    ],
    because: [
      seenField(list, 'data["excludel2.yaml"]', hits.map(({ pattern }) => pattern).join(', ')),
    ],
    suggests: [
      {
        says: 'take the pattern out of the list',
        command: kubectl`-n ${namespace} edit configmap ${name}`,
        mutates: true,
      },
      {
        says: 'then restart the speakers',
        command: kubectl`-n ${namespace} rollout restart daemonset/${installation?.speaker?.name ?? 'speaker'}`,
        mutates: true,
      },
    ],
  };
}

function toldAsMissing(troubles: InterfaceTroubles, first: Of<'missing'>): Found {
  const { node, wanted, made } = first;
  const nodes = nodesOf(troubles);
  const names = someOf(nodes, shownNodes);
  const have = nodes.length === 1 ? 'is elected and has' : 'are elected and have';
  return {
    affects: affectsOf(troubles),
    cause: 'interface-missing',
    severity: 'error',
    about: aboutOf(first),
    says: `${names} ${have} no interface ${wanted.join(' or ')}, so nobody answers for ${troubles.addresses}`,
    details: [
      'the election does not look at interfaces, and no other node steps in',
      ...(made.length === 0 ? [] : [`${node} answers on ${made.join(', ')}`]),
      `the advertisements name ${wanted.join(', ')}`,
    ],
    because: evidenceIn(troubles),
    doubts: [
      `the speaker on ${node} announced the address before the interfaces were named, and was not restarted since: it goes on answering as before`,
    ],
    suggests: [...edits(first), lookAt(node)],
  };
}

function toldAsMute(troubles: InterfaceTroubles, first: Of<'mute'>): Found {
  const { node, wanted, made } = first;
  const nodes = nodesOf(troubles);
  const names = someOf(nodes, shownNodes);
  const [speaker, it] = nodes.length === 1 ? ['speaker', 'it'] : ['speakers', 'they'];
  return {
    affects: affectsOf(troubles),
    cause: 'interface-without-responder',
    severity: 'warning',
    about: aboutOf(first),
    says: `the ${speaker} on ${names} opened no responder on ${wanted.join(' or ')}, the only ${interfacesOf(wanted)} on which ${it} should answer`,
    details: [
      nodes.length === 1
        ? `it answers on ${made.join(', ')}`
        : `${node} answers on ${made.join(', ')}`,
      'an interface that is part of a bond, bridge or VRF gets none, and no event says so: name the master; nor does one that is down or has no broadcast',
    ],
    because: evidenceIn(troubles),
    doubts: ['the line about that interface is not among those that were read'],
    suggests: [lookAt(node), ...edits(first)],
  };
}

function interfacesOf(wanted: readonly string[]): string {
  return wanted.length === 1 ? 'interface' : 'interfaces';
}

function aboutOf({ advertisements, service }: InterfaceTrouble): Found['about'] {
  const [first] = advertisements;
  return first === undefined ? refOf(service) : refOf(first);
}

function evidenceIn({ all }: InterfaceTroubles): Found['because'] {
  const found = all.flatMap((each) => (each.kind === 'excluded' ? [] : [each.evidence]));
  return [...new Map(found.map((each) => [each.id, each])).values()].slice(0, shown);
}

function edits({ advertisements }: InterfaceTrouble): readonly Remedy[] {
  return advertisements.slice(0, 1).map(({ metadata: { name, namespace = 'metallb-system' } }) => ({
    says: 'correct its interfaces, or select only nodes that have them',
    command: kubectl`-n ${namespace} edit l2advertisement ${name}`,
    mutates: true,
  }));
}

function lookAt(node: string): Remedy {
  return {
    says: `see the interfaces of ${node}: "master" means that it is part of another one`,
    command: `ssh ${shellWord(node)} ip -brief link`,
    mutates: false,
  };
}
