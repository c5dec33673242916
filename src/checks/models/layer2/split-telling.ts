import type { Found } from '../../../core/diagnosis/check.ts';
import { kubectl, shellWord } from '../../../core/diagnosis/kubectl.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Claim } from '../announcing/claims.ts';
import type { Dispute } from '../announcing/disputes.ts';
import { speakerOn, type SpeakerFacts } from '../announcing/speaker-on.ts';
import { seenLine } from '../seen.ts';
import type { MemberlistTrouble } from './memberlist-troubles.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** What is known of speakers that each announce for themselves. */
export interface Split extends Pick<Found, 'about' | 'affects'> {
  /** What they announce, in words. */
  readonly addresses: string;
  readonly claims: readonly Claim[];
  /** Speakers that delete each other's status. */
  readonly disputes: readonly Dispute[];
  /** Who announces; fewer than two where it is only feared. */
  readonly nodes: readonly string[];
  /** False when no two Services need have the same announcers among these nodes. */
  readonly isOfAll?: false;
  readonly troubles: readonly MemberlistTrouble[];
  /** Releases at work that make the memberlist key differently. */
  readonly mixed: readonly string[];
}

/** Speakers that say themselves that they do not see one another. */
export function toldAsSplit(split: Split): Found {
  const { about, affects, claims, disputes, nodes, troubles, mixed } = split;
  const isKey = troubles.some(({ kind }) => kind === 'key');
  const apart = [...new Set(troubles.flatMap(({ node }) => node ?? []))].toSorted();
  return {
    cause: 'memberlist-split',
    severity: nodes.length > 1 ? 'error' : 'warning',
    about,
    affects,
    says: splitText(split, apart),
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
    suggests: [isKey ? readTheKeyAgain : tryThePort(split, apart)],
  };
}

/** Speakers of which nothing says why more than one announces. */
export function toldAsTwo(
  { about, affects, addresses, claims, nodes, isOfAll }: Split,
  facts: SpeakerFacts,
): Found {
  const telling = nodes.filter((node) => claims.some((claim) => claim.node === node));
  return {
    cause: 'two-announcers',
    severity: 'warning',
    about,
    affects,
    says: `${whoOf(nodes, isOfAll)} say that they announce ${addresses}`,
    details: [
      ...telling.map((node) => {
        const by = claims.find((claim) => claim.node === node)?.by;
        return `${node}: by ${by === undefined ? 'its word' : sourceTexts[by]}, its speaker runs (${speakerOn(node, facts).pod?.metadata.name ?? ''})`;
      }),
      'either their speakers do not see one another (port 7946, TCP and UDP), or one of the two words is left over',
    ],
    because: evidenceOf(claims, nodes),
    doubts: ['one of the statuses was left behind when the address moved'],
    suggests: [
      ...(about.kind === 'Service'
        ? [
            {
              says: 'see who answers for the address, from a host in the same segment',
              command: `triage no-traffic ${shellWord(`${about.namespace ?? ''}/${about.name}`)} --probe`,
              mutates: false,
            },
          ]
        : []),
      {
        says: 'see what every speaker has written',
        command: kubectl`get servicel2statuses.metallb.io -A`,
        mutates: false,
      },
    ],
  };
}

const sourceTexts = { status: 'its ServiceL2Status', event: 'its event', log: 'its log' } as const;
const shown = 2;
const shownNodes = 5;

function disputeLines(disputes: readonly Dispute[]): readonly string[] {
  return disputes.length === 0
    ? []
    : [
        `each deletes the ServiceL2Status that another wrote, several times a second: so say the logs of ${disputes.map(({ line }) => line.pod).join(', ')}`,
      ];
}

/** `worker-1 and worker-2 both`, `worker-1, worker-2, worker-3 all`. */
function whoOf(nodes: readonly string[], isOfAll: Split['isOfAll']): string {
  if (isOfAll === false) {
    return `two or more of ${someOf(nodes, shownNodes)}`;
  }
  return nodes.length === 2 ? `${nodes.join(' and ')} both` : `${someOf(nodes, shownNodes)} all`;
}

const readTheKeyAgain: Remedy = {
  says: 'restart all speakers once, so that each reads the Secret as it is now',
  command: 'kubectl -n metallb-system rollout restart daemonset/speaker',
  mutates: true,
};

/** The line names whom it could not reach. */
function tryThePort({ troubles, nodes }: Split, apart: readonly string[]): Remedy {
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

function splitText({ nodes, addresses, isOfAll }: Split, apart: readonly string[]): string {
  if (nodes.length > 1) {
    return `${whoOf(nodes, isOfAll)} announce ${addresses}: their speakers do not see one another`;
  }
  const who = apart.length === 1 ? 'the speaker' : 'the speakers';
  const not = apart.length === 1 ? 'does not' : 'do not';
  return `${who} on ${someOf(apart, shownNodes)} ${not} see all the others, so two nodes may announce one address`;
}

/** The newest word of each node. */
function evidenceOf(claims: readonly Claim[], nodes: readonly string[]): readonly Evidence[] {
  return nodes.flatMap((node) => claims.find((claim) => claim.node === node)?.evidence ?? []);
}
