import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { type Claim, claimHelps, claimsOn } from '../models/announcing/claims.ts';
import { type Disagreement, disagreements } from '../models/announcing/disagreements.ts';
import { speakerOn } from '../models/announcing/speaker-on.ts';
import {
  type AnnouncingFacts,
  announcingHelps,
  announcingNeeds,
} from '../models/announcing/speakers-at-work.ts';
import { staleness } from '../models/announcing/standing.ts';
import { poolIndexOf, strayAddresses } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { addressesIn } from '../models/services.ts';
import { type Layer2Scene, layer2Scene, servedOf } from '../models/layer2/scene.ts';
import { noServedAddress } from '../models/one-service.ts';

/** What MetalLB's rules say against what its speakers say. */
export const theElectedNodeAnnounces = defineCheck({
  id: 'MLB-L14',
  asks: 'Does the elected node announce the address, and no other?',
  symptoms: ['no-traffic'],
  causes: [
    'announced-elsewhere',
    'withdrawn-by-the-elected',
    'stale-announcement-status',
    'speaker-on-old-configuration',
  ],
  link: 'announced',
  needs: announcingNeeds,
  helps: [...announcingHelps, ...claimHelps],
  enoughInNamespace: ['endpointSlices'],
  basis: 'inferred',
  alsoNeeds: (facts) => servedOf(facts, ['serviceL2Statuses']),
  skipWhen: noServedAddress,
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    if (scene === undefined) {
      return [];
    }
    const claims = claimsOn(scene.service, facts);
    const stray = strayAddresses(scene.service, poolIndexOf(facts));
    return [
      ...staleStatuses(scene, claims, facts),
      ...disagreements(scene.announcing, claims, facts).flatMap((each) => {
        if (each.kind === 'unforeseen-announcer' && stray.length > 0) {
          return [frozen(scene, each, stray)];
        }
        return told(scene, each, facts);
      }),
    ];
  },
});

function home({ installation }: AnnouncingFacts): string {
  return installation?.namespace ?? 'metallb-system';
}

/** A status that nobody is left to take away. */
function staleStatuses(
  { service }: Layer2Scene,
  claims: readonly Claim[],
  facts: AnnouncingFacts,
): readonly Found[] {
  return claims.flatMap((claim) => {
    const why = staleness(claim, facts);
    const { source } = claim.evidence;
    if (claim.by !== 'status' || why === undefined || source.kind !== 'field') {
      return [];
    }
    const { name, namespace = home(facts) } = source.of;
    return [
      {
        cause: 'stale-announcement-status',
        severity: 'info' as const,
        about: source.of,
        affects: [refOf(service)],
        says: `a ServiceL2Status says that ${claim.node} announces the address, and ${why}`,
        details: ['it announces nothing by itself, and misleads'],
        because: [claim.evidence],
        suggests: [
          {
            says: 'delete it; the speaker that announces writes one of its own',
            command: kubectl`-n ${namespace} delete servicel2status ${name}`,
            mutates: true,
          },
        ],
      },
    ];
  });
}

type Of<K extends Disagreement['kind']> = Extract<Disagreement, { readonly kind: K }>;

/** Speakers refuse a configuration that has no place for what they announce, and go on by the old one. */
function frozen(
  { service }: Layer2Scene,
  { node, claims }: Of<'unforeseen-announcer'>,
  stray: readonly string[],
): Found {
  const about = refOf(service);
  return {
    cause: 'speaker-on-old-configuration',
    severity: 'warning',
    about,
    affects: [about],
    addresses: stray,
    says: `${node} still announces ${stray.join(', ')}, which no pool contains`,
    details: [
      'a speaker that announces an address outside the new configuration refuses all of that: whatever else was changed does not reach it either',
      'it goes on by the old one until the controller has taken the address from the Service',
    ],
    because: claims.slice(0, shown).map(({ evidence }) => evidence),
    suggests: [
      {
        says: 'put the range back, or let the controller give the Service another address; then the speaker loads the new configuration by itself',
        command: kubectl`get configurationstates.metallb.io -A`,
        mutates: false,
      },
    ],
  };
}

const shown = 2;

/** Several announcers are told by MLB-L13, BGP by its own checks. */
function told(
  scene: Layer2Scene,
  disagreement: Disagreement,
  facts: AnnouncingFacts,
): readonly Found[] {
  switch (disagreement.kind) {
    case 'other-announcer':
      return [elsewhere(scene, disagreement, facts)];
    case 'withdrawn':
      return [withdrawn(scene, disagreement, facts)];
    case 'several-announcers':
    case 'unforeseen-announcer':
    case 'unforeseen-advertisers':
      return [];
  }
}

function elsewhere(
  { service }: Layer2Scene,
  { predicted, node, claims }: Of<'other-announcer'>,
  facts: AnnouncingFacts,
): Found {
  const about = refOf(service);
  return {
    cause: 'announced-elsewhere',
    severity: 'warning',
    about,
    affects: [about],
    says: `by MetalLB's rules ${predicted} announces ${addressesIn(service).join(', ')}, and ${node} says that it does`,
    details: [
      `the speaker on ${node} does not see ${predicted} among the members, or works by another configuration`,
      'as long as only one of them answers, traffic arrives there',
    ],
    because: claims.slice(0, shown).map(({ evidence }) => evidence),
    doubts: ['the election has just changed, and nobody has written it down yet'],
    suggests: [
      {
        says: `read what the speaker on ${predicted} says of the others`,
        command: kubectl`-n ${home(facts)} logs ${podOn(predicted, facts)} --tail=200`,
        mutates: false,
      },
    ],
  };
}

function podOn(node: string, facts: AnnouncingFacts): string {
  return speakerOn(node, facts).pod?.metadata.name ?? 'daemonset/speaker';
}

/** The last word of the elected speaker is that it gave the address up. */
function withdrawn(
  { service }: Layer2Scene,
  { predicted, reason, claims }: Of<'withdrawn'>,
  facts: AnnouncingFacts,
): Found {
  const about = refOf(service);
  return {
    cause: 'withdrawn-by-the-elected',
    severity: 'warning',
    about,
    affects: [about],
    says: `by MetalLB's rules ${predicted} announces the address, and its speaker says that it withdrew it${reason === undefined ? '' : `: ${reason}`}`,
    details: [
      ...(reason === undefined ? [] : [meanings.get(reason) ?? `its word for why is ${reason}`]),
      'nobody is known to have announced it since',
    ],
    because: claims.map(({ evidence }) => evidence),
    doubts: ['the line that says it was announced again is not among those that were read'],
    suggests: [
      {
        says: 'restart that speaker if nobody answers; the others take over meanwhile',
        command: kubectl`-n ${home(facts)} delete pod ${podOn(predicted, facts)}`,
        mutates: true,
      },
    ],
  };
}

const meanings = new Map([
  ['notOwner', 'notOwner: it saw another node in front of it, no endpoint, or was barred itself'],
  [
    'noMatchingAdvertisement',
    'noMatchingAdvertisement: no advertisement took the Service or the node',
  ],
  ['ipNotAllowed', 'ipNotAllowed: its configuration had no pool for the address'],
  ['noIPAllocated', 'noIPAllocated: the Service had lost its address'],
  ['invalidIP', 'invalidIP: an entry of the status was no address'],
]);
