import { defineCheck } from '../../core/diagnosis/check.ts';
import { judge } from '../../core/diagnosis/judge.ts';
import { factsFrom, materialFrom, type Material } from '../../core/diagnosis/material.ts';
import type {
  AnnouncedHere,
  AnnouncersStanding,
  NodeShare,
} from '../../core/facts/announcers-report.ts';
import type { MissingFact } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Wanted } from '../../core/facts/ports.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { noWayToAsk } from '../answer/no-way-to-ask.ts';
import { isAnnouncedBy, isServedBy } from '../models/allocation/pool-membership.ts';
import { speakerOn } from '../models/announcing/speaker-on.ts';
import {
  announcingHelps,
  announcingNeeds,
  isWithoutMemberlist,
  speakersAtWork,
  type AnnouncingFacts,
} from '../models/announcing/speakers-at-work.ts';
import type { AllSessionFacts } from '../models/bgp/all-sessions.ts';
import { sessionsDown } from '../models/bgp/sessions-down.ts';
import { isPending, wantsAddress } from '../models/services.ts';
import {
  addressesAnnounced,
  glanceHelps,
  glanceNeeds,
  type Announced,
} from './addresses-announced.ts';
import { headlineOf } from './headline.ts';
import { enoughFor, inNamespace } from './one-namespace.ts';
import { reasoningOn } from './reasoning.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** What is asked: all Services, or one. */
export interface AnnouncersQuestion {
  readonly snapshot: Snapshot;
  /** Undefined for all. */
  readonly service: Service | undefined;
  /** Of all Services those of this namespace alone. */
  readonly namespace?: string | undefined;
}

const ifSelected = [
  'namespaces',
  'bgpPeers',
  'bfdProfiles',
  'communities',
  'bgpSessionStates',
] as const;

/** What has to be read to tell who announces; of one Service also what is said of it. */
export function wantedForAnnouncers(service: Wanted['service'], namespace?: string): Wanted {
  const always = ['services', ...announcingNeeds, 'deployments', 'serviceL2Statuses'] as const;
  return {
    facts: service === undefined ? always : [...always, 'serviceBGPStatuses', 'events'],
    factsIfSelected: ifSelected,
    logs: ['speaker'],
    service,
    ...(namespace === undefined ? {} : { namespace }),
  };
}

/** Not of the catalogue: asked only to learn which of the facts are missing. */
const whatMustBeKnown = defineCheck({
  id: 'MLB-H00',
  asks: 'Is everything known that decides who announces?',
  symptoms: [],
  causes: [],
  needs: glanceNeeds,
  helps: announcingHelps,
  enoughInNamespace: ['services', 'endpointSlices'],
  alsoNeeds: ({ bgpAdvertisements, installation }) =>
    bgpAdvertisements.some(({ metadata }) => metadata.namespace === installation?.namespace)
      ? ['bgpPeers', 'communities']
      : [],
  run: () => [],
});

/** What is missing to tell who announces. */
export function missingForAnnouncers(
  material: Material,
  service: Service | undefined,
): readonly MissingFact[] {
  const { verdict } = judge(whatMustBeKnown, material, service);
  return verdict.verdict === 'unknown' ? verdict.missing : [];
}

/** Who announces what, from what was recorded and from nothing else. */
export function announcersStanding({
  snapshot,
  service,
  namespace,
}: AnnouncersQuestion): AnnouncersStanding {
  const material = materialFrom(enoughFor(namespace, snapshot));
  const unknowns = missingForAnnouncers(material, service);
  const facts = factsFrom(material, glanceNeeds, glanceHelps);
  const { installation } = facts;
  if (installation === undefined || unknowns.length > 0) {
    return blind(installation === undefined && unknowns.length === 0, unknowns);
  }
  const asked = service === undefined ? inNamespace(namespace, facts.services) : [service];
  const served = asked.filter((each) => isServedBy(installation, each));
  const holding = asked.filter((each) => isAnnouncedBy(installation, each));
  const announced = addressesAnnounced(holding, material);
  const { addresses } = announced;
  const isOfOther = service !== undefined && holding.length === 0;
  return {
    headline: headlineOf(addresses, {
      service,
      namespace,
      holding,
      notServed: isOfOther ? noWayToAsk(service, material).headline : '',
    }),
    addresses,
    nodes: isOfOther ? [] : sharesOf(announced, facts, namespace),
    refusing: refusingIn(facts),
    reasoning:
      service === undefined || holding.length === 0 ? undefined : reasoningOn(service, facts),
    notes: [
      ...notesOn(facts, { asked, served, isOne: service !== undefined }),
      ...sessionNotes(addresses, facts),
    ],
    unknowns,
  };
}

/** A session that is down carries nothing, whatever the rules say. */
function sessionNotes(
  addresses: readonly AnnouncedHere[],
  facts: AllSessionFacts,
): readonly string[] {
  return sessionsDown(facts).someUnknown &&
    addresses.some(({ advertisers }) => advertisers.count > 0)
    ? [
        'BGP: sessions not seen; whether a neighbour hears it, triage no-traffic tells of one Service',
      ]
    : [];
}

/** Nodes without a configuration, on which a speaker runs. */
function refusingIn(facts: AnnouncingFacts): readonly string[] {
  return (speakersAtWork(facts)?.nodes ?? [])
    .filter(
      ({ name, speaker }) => speaker === undefined && speakerOn(name, facts).state === 'running',
    )
    .map(({ name }) => name)
    .toSorted();
}

/** How much each node announces; what it does for other namespaces than the one asked about was not counted. */
function sharesOf(
  { addresses, byBGP }: Announced,
  facts: AllSessionFacts,
  namespace: string | undefined,
): readonly NodeShare[] {
  const byLayer2 = Map.groupBy(addresses, ({ announcer }) => announcer ?? '');
  return facts.nodes
    .map(({ metadata: { name } }) => ({
      node: name,
      layer2: byLayer2.get(name)?.length ?? 0,
      bgp: byBGP.get(name) ?? 0,
      remark: remarkOn(name, facts),
    }))
    .filter(({ layer2, bgp }) => namespace === undefined || layer2 + bgp > 0)
    .toSorted((left, right) => (left.node < right.node ? -1 : 1));
}

function remarkOn(node: string, facts: AllSessionFacts): string | undefined {
  switch (speakerOn(node, facts).state) {
    case 'absent':
      return 'no speaker';
    case 'not-running':
      return 'its speaker does not run';
    case 'leaving':
      return 'its speaker is being deleted';
    case 'silent':
      return 'not heard of for a while';
    case 'running': {
      const lost = [...(sessionsDown(facts).byNode.get(node) ?? [])].toSorted();
      return lost.length === 0 ? undefined : `session down: ${someOf(lost)}`;
    }
  }
}

interface Counted {
  readonly asked: readonly Service[];
  readonly served: readonly Service[];
  readonly isOne: boolean;
}

function notesOn(facts: AnnouncingFacts, { asked, served, isOne }: Counted): readonly string[] {
  const wanting = asked.filter(wantsAddress);
  const others = wanting.length - served.filter(wantsAddress).length;
  const pending = served.filter(isPending).length;
  return [
    ...(isOne || others === 0
      ? []
      : [
          `${others} ${others === 1 ? 'Service is' : 'Services are'} of a class that this MetalLB leaves alone`,
        ]),
    ...(isOne || pending === 0
      ? []
      : [
          `${pending} ${pending === 1 ? 'Service has' : 'Services have'} no address yet: triage health`,
        ]),
    ...refusalNotes(refusingIn(facts)),
    ...(isWithoutMemberlist(facts)
      ? ['the speakers run without memberlist: nobody notices when one of them dies']
      : []),
  ];
}

function blind(isAbsent: boolean, unknowns: readonly MissingFact[]): AnnouncersStanding {
  const why = isAbsent ? 'no MetalLB was found' : 'the facts it rests on are missing';
  return {
    headline: `who announces cannot be said: ${why}`,
    addresses: [],
    nodes: [],
    refusing: [],
    reasoning: undefined,
    notes: [],
    unknowns,
  };
}

function refusalNotes(refusing: readonly string[]): readonly string[] {
  return refusing.length === 0
    ? []
    : [
        `${refusing.length === 1 ? `the speaker on ${refusing.join()} refuses its` : `the speakers on ${refusing.length} nodes refuse their`} configuration as it stands: triage health`,
      ];
}
