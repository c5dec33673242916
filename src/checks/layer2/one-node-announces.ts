import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import { type Claim, claimsOn } from '../models/announcing/claims.ts';
import { disagreements } from '../models/announcing/disagreements.ts';
import { type Dispute, disputesOver } from '../models/announcing/disputes.ts';
import { speakerOn } from '../models/announcing/speaker-on.ts';
import {
  type AnnouncingFacts,
  announcingHelps,
  announcingNeeds,
} from '../models/announcing/speakers-at-work.ts';
import { refOf } from '../models/references.ts';
import { seenLine } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';
import {
  type MemberlistTrouble,
  memberlistTroubles,
  mixedKeys,
} from '../models/layer2/memberlist-troubles.ts';
import { layer2Scene, notInLayer2, servedOf } from '../models/layer2/scene.ts';
import { listed } from './told.ts';

/** Speakers that do not see one another each elect for themselves: then two nodes answer for one address (#740). */
export const oneNodeAnnounces = defineCheck({
  id: 'MLB-L13',
  asks: 'Does one node announce the address, and not several?',
  symptoms: ['no-traffic'],
  causes: ['memberlist-split', 'two-announcers'],
  link: 'announced',
  needs: announcingNeeds,
  helps: [...announcingHelps, 'serviceL2Statuses', 'events'],
  enoughInNamespace: ['endpointSlices'],
  basis: 'observed',
  alsoNeeds: (facts) =>
    memberlistTroubles(facts).length > 0 ? [] : servedOf(facts, ['serviceL2Statuses']),
  skipWhen: notInLayer2,
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    if (scene === undefined) {
      return [];
    }
    const { service, announcing } = scene;
    const several = disagreements(announcing, claimsOn(service, facts), facts).find(
      ({ kind }) => kind === 'several-announcers',
    );
    const live = several?.claims ?? [];
    const disputes = disputesOver(service, facts);
    const nodes = [...new Set([...live, ...disputes].map(({ node }) => node))].toSorted();
    const troubles = memberlistTroubles(facts);
    if (nodes.length < 2 && troubles.length === 0) {
      return [];
    }
    const told = { claims: live, disputes, nodes, troubles, mixed: mixedKeys(facts) };
    return [
      troubles.length + disputes.length > 0
        ? split(scene.service, told)
        : twoAnnouncers(scene.service, told, facts),
    ];
  },
});

interface Told {
  readonly claims: readonly Claim[];
  /** Speakers that delete each other's status. */
  readonly disputes: readonly Dispute[];
  readonly nodes: readonly string[];
  readonly troubles: readonly MemberlistTrouble[];
  /** Releases at work that make the memberlist key differently. */
  readonly mixed: readonly string[];
}

type Subject = NonNullable<ReturnType<typeof layer2Scene>>['service'];

function split(service: Subject, told: Told): Found {
  const { claims, disputes, nodes, troubles, mixed } = told;
  const about = refOf(service);
  const isKey = troubles.some(({ kind }) => kind === 'key');
  const apart = [...new Set(troubles.flatMap(({ node }) => node ?? []))].toSorted();
  const isSeen = nodes.length > 1;
  return {
    cause: 'memberlist-split',
    severity: isSeen ? 'error' : 'warning',
    about,
    affects: [about],
    says: splitText(service, nodes, apart),
    details: [
      ...disputeLines(disputes),
      isKey
        ? 'messages cannot be decrypted: the speakers do not use the same key'
        : `${troubles.length > 0 ? 'joining failed in part: ' : ''}port 7946 must be open between the nodes, TCP and UDP`,
      ...(mixed.length > 1
        ? [
            `speakers of ${mixed.join(' and ')} run side by side: from v0.16.2 on the key is made differently, and they cannot read each other until all are upgraded`,
          ]
        : []),
    ],
    because: [
      ...evidenceOf(claims, nodes),
      ...[...troubles.slice(0, shown), ...disputes.slice(0, shown)].map(({ line }) =>
        seenLine(line),
      ),
    ],
    doubts: ['the speakers have found one another since'],
    suggests: [isKey ? readTheKeyAgain : tryThePort(told, apart)],
  };
}

function disputeLines(disputes: readonly Dispute[]): readonly string[] {
  return disputes.length === 0
    ? []
    : [
        `each deletes the ServiceL2Status that another wrote, several times a second: so say the logs of ${disputes.map(({ line }) => line.pod).join(', ')}`,
      ];
}

/** `worker-1 and worker-2 both`, `worker-1, worker-2, worker-3 all`. */
function allOf(nodes: readonly string[]): string {
  return nodes.length === 2 ? `${nodes.join(' and ')} both` : `${listed(nodes)} all`;
}

const readTheKeyAgain: Remedy = {
  says: 'restart all speakers once, so that each reads the Secret as it is now',
  command: 'kubectl -n metallb-system rollout restart daemonset/speaker',
  mutates: true,
};

/** The line names whom it could not reach. */
function tryThePort({ troubles, nodes }: Told, apart: readonly string[]): Remedy {
  const [node = nodes[0] ?? 'one node'] = apart;
  const text = troubles.find((each) => each.node === node)?.line.text ?? '';
  const named = /dial tcp \[?([\d.a-f:]+?)\]?:7946/.exec(text)?.[1];
  const target = named ?? nodes.find((each) => each !== node);
  return {
    says: `on ${node}: see whether the other answers on 7946 (TCP; try UDP with nc -u)`,
    command: `nc -vz -w 3 ${shellWord(target ?? 'NODE')} 7946   # on ${node}`,
    mutates: false,
  };
}

function splitText(service: Subject, nodes: readonly string[], apart: readonly string[]): string {
  if (nodes.length > 1) {
    return `${allOf(nodes)} announce ${addressesIn(service).join(', ')}: their speakers do not see one another`;
  }
  const who = apart.length === 1 ? 'the speaker' : 'the speakers';
  const not = apart.length === 1 ? 'does not' : 'do not';
  return `${who} on ${listed(apart)} ${not} see all the others, so two nodes may announce one address`;
}

const shown = 2;

/** The newest word of each node. */
function evidenceOf(claims: readonly Claim[], nodes: readonly string[]): readonly Evidence[] {
  return nodes.flatMap((node) => claims.find((claim) => claim.node === node)?.evidence ?? []);
}

const sourceTexts = { status: 'its ServiceL2Status', event: 'its event', log: 'its log' } as const;

function twoAnnouncers(service: Subject, { claims, nodes }: Told, facts: AnnouncingFacts): Found {
  const about = refOf(service);
  return {
    cause: 'two-announcers',
    severity: 'error',
    about,
    affects: [about],
    says: `${allOf(nodes)} say that they announce ${addressesIn(service).join(', ')}`,
    details: [
      ...nodes.map((node) => {
        const by = claims.find((claim) => claim.node === node)?.by;
        return `${node}: by ${by === undefined ? 'its word' : sourceTexts[by]}, its speaker runs (${speakerOn(node, facts).pod?.metadata.name ?? ''})`;
      }),
      'either their speakers do not see one another (port 7946, TCP and UDP), or one of the two words is left over',
    ],
    because: evidenceOf(claims, nodes),
    doubts: ['one of the statuses was left behind when the address moved'],
    suggests: [
      {
        says: 'see who answers for the address, from a host in the same segment',
        command: kubectl`get servicel2statuses.metallb.io -A`,
        mutates: false,
      },
    ],
  };
}
