import type { Facts } from '../../core/diagnosis/facts.ts';
import { factsFrom, materialFrom } from '../../core/diagnosis/material.ts';
import type { Drill } from '../../core/facts/drill-report.ts';
import type { MissingFact } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { glanceHelps, glanceNeeds } from '../announcers/addresses-announced.ts';
import { missingForAnnouncers } from '../announcers/announcers-standing.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { heardGlances, type HeardFacts } from '../models/announcing/at-a-glance.ts';
import { speakerOn } from '../models/announcing/speaker-on.ts';
import { speakersAtWork, uncertainNodes } from '../models/announcing/speakers-at-work.ts';
import { sessionsDown } from '../models/bgp/sessions-down.ts';
import { addressesIn, wantsAddress } from '../models/services.ts';
import type { Loss } from './after-the-loss.ts';
import { drilledAddresses } from './drilled-addresses.ts';
import { headlineFor, silenceOf } from './headline.ts';
import { nodeByNode, type NodeByNode } from './node-by-node.ts';
import { notesOn, sessionNotes } from './notes.ts';
import { splitNow } from './split-now.ts';
import { timingOf } from './timing.ts';

/** What is thought away: these nodes, their speakers alone, or every node by itself. */
export type ThoughtOf =
  | { readonly kind: 'nodes'; readonly nodes: readonly string[] }
  | { readonly kind: 'speakers'; readonly nodes: readonly string[] }
  | { readonly kind: 'each' };

const none = { addresses: [], untouched: 0, already: 0, open: 0 };

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
  const isAtWork = (node: string) => speakerOn(node, facts).state === 'running';
  const beforehand = { before, glanceAt, isAtWork };
  const loss: Loss = {
    nodes: new Set(thoughtAway.nodes),
    endpointsGo: !thoughtAway.speakersOnly,
  };
  const drilled: NodeByNode =
    thought.kind === 'each'
      ? nodeByNode(services, beforehand)
      : { ...drilledAddresses(services, loss, beforehand), nodes: [] };
  const by = new Set(services.slice(0, someServices).flatMap((service) => glanceAt(service).by));
  const timed = {
    layer2: by.has('layer2'),
    bgp: by.has('bgp'),
    speakersOnly: thoughtAway.speakersOnly,
  };
  return {
    thoughtAway,
    timing: timingOf(facts, timed),
    unknowns,
    ...foretold({ isEach: thought.kind === 'each', thoughtAway, drilled }, by, facts),
  };
}

interface Foretold {
  readonly isEach: boolean;
  readonly thoughtAway: Drill['thoughtAway'];
  readonly drilled: NodeByNode;
}

/** What comes of it, and what that rests on. */
function foretold(
  { isEach, thoughtAway, drilled }: Foretold,
  by: ReadonlySet<'layer2' | 'bgp'>,
  facts: HeardFacts & Facts<'services'>,
): Omit<Drill, 'thoughtAway' | 'timing' | 'unknowns'> {
  const { hanging, ...told } = drilled;
  const split = by.has('layer2') ? splitNow(facts) : undefined;
  const presumes = split?.presumes;
  const silence = silenceOf([...hanging.nodes], facts);
  return {
    headline: headlineFor(thoughtAway, drilled, { isEach, silence, presumes }),
    ...told,
    presumes,
    notes: [
      ...(split === undefined ? [] : [split.note]),
      ...notesOn(drilled, uncertainNodes(facts)),
      ...(by.has('bgp') ? sessionNotes(sessionsDown(facts)) : []),
    ],
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
  return {
    headline,
    thoughtAway,
    ...none,
    presumes: undefined,
    nodes: [],
    timing: [],
    notes: [],
    unknowns,
  };
}

/** Enough to know by which protocols the cluster announces. */
const someServices = 1_000;
