import type { Facts } from '../../core/diagnosis/facts.ts';
import { factsFrom, materialFrom } from '../../core/diagnosis/material.ts';
import { countText } from '../../core/facts/count-text.ts';
import type { Drill, DrilledNode } from '../../core/facts/drill-report.ts';
import type { MissingFact } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { glanceHelps, glanceNeeds } from '../announcers/addresses-announced.ts';
import { missingForAnnouncers } from '../announcers/announcers-standing.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { heardGlances } from '../models/announcing/at-a-glance.ts';
import { speakersAtWork, uncertainNodes } from '../models/announcing/speakers-at-work.ts';
import { sessionsDown, type SessionsDown } from '../models/bgp/sessions-down.ts';
import { addressesIn, wantsAddress } from '../models/services.ts';
import type { Loss } from './after-the-loss.ts';
import { drilledAddresses, type DrilledAddresses } from './drilled-addresses.ts';
import { nodeByNode, type NodeByNode } from './node-by-node.ts';
import { timingOf } from './timing.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** What is thought away: these nodes, their speakers alone, or every node by itself. */
export type ThoughtOf =
  | { readonly kind: 'nodes'; readonly nodes: readonly string[] }
  | { readonly kind: 'speakers'; readonly nodes: readonly string[] }
  | { readonly kind: 'each' };

const none: DrilledAddresses = { addresses: [], untouched: 0, already: 0, open: 0 };

/** What would happen to every address, from what was recorded; nothing is done. */
export function drill(snapshot: Snapshot, thought: ThoughtOf): Drill {
  const material = materialFrom(snapshot);
  const unknowns = missingForAnnouncers(material, undefined);
  const facts = factsFrom(material, glanceNeeds, [...glanceHelps, 'bfdProfiles']);
  const before = speakersAtWork(facts);
  const glanceAt = heardGlances(facts);
  const thoughtAway = {
    nodes: thought.kind === 'each' ? [] : thought.nodes.toSorted(),
    speakersOnly: thought.kind === 'speakers',
  };
  if (before === undefined || glanceAt === undefined || unknowns.length > 0) {
    return blind(thoughtAway, unknowns);
  }
  const services = announcedServices(facts);
  const beforehand = { before, glanceAt };
  const loss: Loss = {
    nodes: new Set(thoughtAway.nodes),
    endpointsGo: !thoughtAway.speakersOnly,
  };
  const drilled: NodeByNode =
    thought.kind === 'each'
      ? nodeByNode(services, beforehand)
      : { ...drilledAddresses(services, loss, beforehand), nodes: [] };
  const by = new Set(services.slice(0, someServices).flatMap((service) => glanceAt(service).by));
  const { speakersOnly } = thoughtAway;
  return {
    headline: headlineFor(thought, thoughtAway, drilled),
    thoughtAway,
    ...drilled,
    timing: timingOf(facts, { layer2: by.has('layer2'), bgp: by.has('bgp'), speakersOnly }),
    notes: [
      ...notesOn(drilled, uncertainNodes(facts)),
      ...(by.has('bgp') ? sessionNotes(sessionsDown(facts)) : []),
    ],
    unknowns,
  };
}

function announcedServices({ services, installation }: Facts<'services'>): readonly Service[] {
  return services.filter(
    (service) =>
      installation !== undefined &&
      isServedBy(installation, service) &&
      wantsAddress(service) &&
      addressesIn(service).length > 0,
  );
}

function blind(thoughtAway: Drill['thoughtAway'], unknowns: readonly MissingFact[]): Drill {
  const why = unknowns.length === 0 ? 'no MetalLB was found' : 'the facts it rests on are missing';
  const headline = `what would happen cannot be said: ${why}`;
  return { headline, thoughtAway, ...none, nodes: [], timing: [], notes: [], unknowns };
}

/** Enough to know by which protocols the cluster announces. */
const someServices = 1_000;

function headlineOf(
  { nodes, speakersOnly }: Drill['thoughtAway'],
  { addresses, untouched }: DrilledAddresses,
): string {
  const count = (outcome: string) => addresses.filter((each) => each.outcome === outcome).length;
  const [first = ''] = nodes;
  const what = nodes.length === 1 ? first : `${number(nodes.length)} nodes`;
  const gone = speakersOnly ? `Without the speaker on ${what}` : `Without ${what}`;
  const parts = [
    ...some(count('lost'), 'would be announced by nobody'),
    ...some(count('moves'), 'would move'),
    ...some(count('fewer-next-hops'), 'would keep fewer next hops'),
  ];
  return parts.length === 0
    ? `${gone} nothing happens to any address (${number(untouched)} looked at)`
    : `${gone}: ${parts.join(', ')}, ${number(untouched)} would stay as they are`;
}

function headlineFor(
  thought: ThoughtOf,
  thoughtAway: Drill['thoughtAway'],
  drilled: NodeByNode,
): string {
  const { addresses, untouched, already, open } = drilled;
  const others = addresses.length + untouched + open;
  if (others + already === 0) {
    return 'no Service of this MetalLB has an address, so there is nothing to lose';
  }
  if (others === 0) {
    return `${standingText(already)}, so there is nothing more to lose`;
  }
  const rest =
    thought.kind === 'each' ? headlineOfAll(drilled.nodes) : headlineOf(thoughtAway, drilled);
  return already === 0
    ? rest
    : `${standingText(already)}; of the others: ${rest.replace(/^Without/, 'without')}`;
}

/** What is lost without any drill comes first. */
function standingText(already: number): string {
  return `${number(already)} ${already === 1 ? 'address is' : 'addresses are'} announced by nobody as it is`;
}

function headlineOfAll(nodes: readonly DrilledNode[]): string {
  const bad = nodes.filter(({ lost }) => lost > 0);
  const [worst] = bad;
  return worst === undefined
    ? `any one of the ${number(nodes.length)} nodes can go: every address would still be announced`
    : `${number(bad.length)} of ${number(nodes.length)} nodes cannot go without losing an address; the worst is ${worst.node}: ${number(worst.lost)} would be announced by nobody`;
}

function some(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${number(count)} ${count === 1 ? 'address' : 'addresses'} ${what}`];
}

function number(count: number): string {
  return countText(BigInt(count));
}

/** What does not count as a next hop, and why. */
function sessionNotes({ byNode, isWithoutBackend }: SessionsDown): readonly string[] {
  const lost = [...byNode]
    .map(([node, peers]) => `${node} with ${someOf([...peers].toSorted())}`)
    .toSorted();
  return lost.length === 0
    ? []
    : [
        `no next hop by BGP sessions that are down${isWithoutBackend ? ', as no FRR is there to speak BGP' : ''}: ${someOf(lost)}`,
      ];
}

function notesOn(
  { already, open }: DrilledAddresses,
  silent: ReadonlySet<string>,
): readonly string[] {
  return [
    ...(already === 0 ? [] : [`${standingText(already)}: triage announcers`]),
    ...(open === 0
      ? []
      : [
          `of ${number(open)} ${open === 1 ? 'address' : 'addresses'} it is open who announces them now: triage announcers`,
        ]),
    ...(silent.size === 0
      ? []
      : [
          `counted as dead already, since the cluster has heard nothing of it for a while: ${someOf([...silent].toSorted(), 5)}`,
        ]),
  ];
}
