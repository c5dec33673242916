import type { Node } from '../../core/facts/kube-objects.ts';
import { memberlistIsOff, silentWithoutMemberlist } from '../models/programs/memberlist.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { speakerOf } from '../models/programs/programs.ts';
import { defineBug, type KnownBug, type Sign } from './known-bug.ts';
import { heldBy, servedIn } from './material.ts';
import { someOf } from '../../core/facts/in-words.ts';

const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';
const namesShown = 5;

/** Faults of the speakers in choosing who announces. */
export const announcingBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#2425',
    related: ['metallb#2549'],
    title: 'Without memberlist nobody announces in layer 2',
    program: 'speaker',
    ...silentWithoutMemberlist,
    severity: 'warning',
    whatGoesWrong:
      'With memberlist switched off every node should count as alive. These releases count none: no speaker ever wins, and no address of layer 2 is answered.',
    recognisedBy:
      'a speaker that starts without memberlist (its log, or no METALLB_ML_LABELS in its DaemonSet) beside an L2Advertisement',
    workaround: 'Switch memberlist on (chart: speaker.memberlist.enabled), or go to v0.15.0.',
    isForeseen: true,
    accountsFor: ['memberlist-off'],
    needs: ['l2Advertisements', 'daemonSets', 'deployments', 'pods'],
    helps: ['speakerLogs'],
    signs: (facts) => {
      const home = facts.installation?.namespace;
      const announces = facts.l2Advertisements.some(({ metadata }) => metadata.namespace === home);
      const speaker = speakerOf(facts)?.workload;
      const seen = memberlistIsOff(speaker, facts);
      return announces && seen !== undefined
        ? [
            {
              about: speaker === undefined ? undefined : refOf(speaker),
              says: 'the speakers run without memberlist, and with this release nobody announces an address in layer 2 then',
              because: [seen],
            },
          ]
        : [];
    },
  }),
  defineBug({
    bug: 'metallb#2470',
    related: ['metallb#2715'],
    title: 'A cordoned node announces nothing',
    program: 'speaker',
    since: 'v0.14.9',
    fixedIn: 'v0.15.0',
    severity: 'warning',
    whatGoesWrong:
      'This release alone takes cordoned nodes out of the choice, in layer 2 and in BGP. Cordoning a node moves its addresses at once, and with every node cordoned nobody announces.',
    recognisedBy: 'a node that is unschedulable',
    workaround: 'Uncordon a node that should announce, or go to v0.15.0.',
    accountsFor: [],
    needs: ['nodes'],
    signs: ({ nodes }) => {
      const cordoned = nodes.filter(({ spec }) => spec.unschedulable);
      return nodeSigns(cordoned, {
        path: 'spec.unschedulable',
        value: 'true',
        says: `${namesOf(cordoned)} of ${nodes.length} nodes ${isOrAre(cordoned)} cordoned and announce${cordoned.length === 1 ? 's' : ''} nothing with this release`,
      });
    },
  }),
  defineBug({
    bug: 'metallb#2021',
    related: ['metallb#2073'],
    title: 'Nodes excluded from load balancers announce all the same',
    program: 'speaker',
    since: undefined,
    fixedIn: 'v0.14.2',
    severity: 'info',
    whatGoesWrong: `These releases do not know the label ${excludeLabel}. A node that carries it announces like any other, until the upgrade to v0.14.2 silences it.`,
    recognisedBy: 'a node with that label, whatever its value',
    workaround: 'Keep such nodes out with nodeSelectors on the advertisements.',
    accountsFor: [],
    needs: ['nodes'],
    signs: ({ nodes }) => {
      const marked = excludedOf(nodes);
      return nodeSigns(marked, {
        path: `metadata.labels ${excludeLabel}`,
        value: 'set',
        says: `${namesOf(marked)} ${isOrAre(marked)} marked to stay out of load balancers, which this release does not heed`,
      });
    },
  }),
  defineBug({
    bug: 'metallb#2274',
    related: ['metallb#1765', 'metallb#2280'],
    title: 'The exclusion label silences every node and cannot be ignored',
    program: 'speaker',
    since: 'v0.14.2',
    fixedIn: 'v0.14.4',
    severity: 'warning',
    whatGoesWrong: `These releases heed the label ${excludeLabel} and have no switch against it yet. kubeadm and Talos put it on control planes; where all nodes are such, nobody announces.`,
    recognisedBy: 'the label on every node',
    workaround:
      'Take the label off the nodes that should announce, or go to v0.14.4 and use --ignore-exclude-lb.',
    accountsFor: [],
    needs: ['nodes'],
    whole: ['nodes'],
    signs: ({ nodes }) => {
      const marked = excludedOf(nodes);
      return marked.length < nodes.length
        ? []
        : nodeSigns(marked, {
            path: `metadata.labels ${excludeLabel}`,
            value: 'set',
            says: `every node (${namesOf(marked)}) is marked to stay out of load balancers: nobody announces`,
          });
    },
  }),
  defineBug({
    bug: 'metallb#2337',
    related: ['metallb#2074'],
    title: 'publishNotReadyAddresses is not heeded',
    program: 'speaker',
    since: 'v0.14.2',
    fixedIn: 'v0.14.5',
    severity: 'warning',
    whatGoesWrong:
      'These releases look at "serving" before "ready". Endpoints that are only published although they are not ready count as unable to serve, and the Service is announced by nobody.',
    recognisedBy: 'a Service with an address whose endpoints are all ready but not serving',
    workaround: 'Make the pods ready, or go to v0.14.5.',
    accountsFor: ['silent-without-endpoints'],
    needs: ['services', 'endpointSlices'],
    whole: ['endpointSlices'],
    signs: (facts) => {
      const byService = Map.groupBy(
        facts.endpointSlices,
        ({ metadata }) =>
          `${metadata.namespace ?? ''}/${metadata.labels['kubernetes.io/service-name'] ?? ''}`,
      );
      return servedIn(facts)
        .filter((service) => heldBy(service).length > 0)
        .flatMap((service) => {
          const slices = byService.get(keyOfService(service)) ?? [];
          const endpoints = slices.flatMap((slice) => slice.endpoints);
          const [slice] = slices;
          const onlyPublished = endpoints.every(
            ({ ready, serving }) => ready === true && serving === false,
          );
          return slice === undefined || endpoints.length === 0 || !onlyPublished
            ? []
            : [
                {
                  about: refOf(service),
                  says: `${keyOfService(service)} has only endpoints that are published without serving, and this release announces it from nowhere`,
                  because: [seenField(refOf(slice), 'endpoints[].conditions.serving', 'false')],
                },
              ];
        });
    },
  }),
];

/** Its own word at the start, or a DaemonSet that was given other settings of MetalLB, but not this one. */
function excludedOf(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter(({ metadata }) => Object.hasOwn(metadata.labels, excludeLabel));
}

interface NodeTelling {
  readonly path: string;
  readonly value: string;
  readonly says: string;
}

function nodeSigns(nodes: readonly Node[], { path, value, says }: NodeTelling): readonly Sign[] {
  const [first] = nodes;
  return first === undefined
    ? []
    : [
        {
          about: nodes.length === 1 ? refOf(first) : undefined,
          says,
          because: nodes.slice(0, namesShown).map((node) => seenField(refOf(node), path, value)),
        },
      ];
}

function namesOf(nodes: readonly Node[]): string {
  const names = nodes.map(({ metadata }) => metadata.name).toSorted();
  return someOf(names, namesShown);
}

function isOrAre(nodes: readonly Node[]): string {
  return nodes.length === 1 ? 'is' : 'are';
}
