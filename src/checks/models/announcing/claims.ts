import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { KubeObject, Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { deprecatedPrefix, newPrefix } from '../../../core/metallb/annotations.ts';
import { refOf } from '../references.ts';
import { seenEvent, seenField, seenLine } from '../seen.ts';
import { addressesIn } from '../services.ts';
import { eventsAbout } from '../words/events.ts';
import { logLines, type LogLine } from '../words/log-lines.ts';

/** What tells who announces a Service. */
export type ClaimFacts = Facts<'pods', 'serviceL2Statuses' | 'events' | 'speakerLogs'>;

/** What a check that asks who says so declares as its helps, besides announcingNeeds. */
export const claimHelps = [
  'serviceL2Statuses',
  'serviceBGPStatuses',
  'events',
  'speakerLogs',
] as const;

/** Somebody's word that a node announces a Service, or that it ceased to. */
export interface Claim {
  readonly node: string;
  readonly protocol: 'layer2' | 'bgp';
  readonly by: 'status' | 'event' | 'log';
  /** False when the word is that it does so no longer; only logs say that. */
  readonly announces: boolean;
  /** MetalLB's reason for a withdrawal. */
  readonly reason?: string;
  /** BGPPeers that the speaker says it advertises to; only ServiceBGPStatus tells. */
  readonly peers?: readonly string[];
  /** The uid of the pod that wrote a status; it goes with its pod from v0.14.6 on, if the garbage collector works. */
  readonly writer?: string;
  /** RFC 3339; a status has no time of its own but that of its making. */
  readonly at: string | undefined;
  readonly evidence: Evidence;
}

/** All that is said of who announces the Service, newest first. A status outlives the speaker that wrote it. */
export function claimsOn(service: Service, facts: ClaimFacts): readonly Claim[] {
  return [
    ...statusClaims(service, facts),
    ...eventClaims(service, facts),
    ...logClaims(service, facts),
  ].sort((left, right) => timeOf(right) - timeOf(left));
}

/** What ServiceBGPStatus says (>= v0.15.0), newest first. It tells what a speaker means to advertise: the session may be down. */
export function bgpClaimsOn(
  { metadata }: Service,
  { serviceBGPStatuses }: Facts<never, 'serviceBGPStatuses'>,
): readonly Claim[] {
  return itemsIfRead(serviceBGPStatuses)
    .flatMap((each): readonly Claim[] => {
      const { node, serviceName, serviceNamespace, peers } = each.status;
      return node === undefined ||
        serviceName !== metadata.name ||
        serviceNamespace !== metadata.namespace
        ? []
        : [
            {
              node,
              protocol: 'bgp',
              by: 'status',
              announces: true,
              peers,
              ...writerOf(each),
              at: each.metadata.creationTimestamp,
              evidence: seenField(refOf(each), 'status.node', node),
            },
          ];
    })
    .sort((left, right) => timeOf(right) - timeOf(left));
}

function writerOf({ metadata }: KubeObject): Pick<Claim, 'writer'> {
  const owner = metadata.ownerReferences.find(({ kind }) => kind === 'Pod');
  return owner?.uid === undefined ? {} : { writer: owner.uid };
}

function timeOf({ at }: Claim): number {
  return Date.parse(at ?? '') || 0;
}

function statusClaims({ metadata }: Service, { serviceL2Statuses }: ClaimFacts): readonly Claim[] {
  return itemsIfRead(serviceL2Statuses).flatMap((each): readonly Claim[] => {
    const { node, serviceName, serviceNamespace } = each.status;
    return node === undefined ||
      serviceName !== metadata.name ||
      serviceNamespace !== metadata.namespace
      ? []
      : [
          {
            node,
            protocol: 'layer2',
            by: 'status',
            announces: true,
            ...writerOf(each),
            at: each.metadata.creationTimestamp,
            evidence: seenField(refOf(each), 'status.node', node),
          },
        ];
  });
}

const assigned = /^announcing from node "([^"]+)"(?: with protocol "([^"]+)")?/;

function eventClaims(service: Service, facts: ClaimFacts): readonly Claim[] {
  return eventsAbout(facts, refOf(service)).flatMap((event): readonly Claim[] => {
    const [, node, protocol = 'layer2'] = assigned.exec(event.message) ?? [];
    return event.reason !== 'nodeAssigned' || node === undefined
      ? []
      : [
          {
            node,
            protocol: protocol === 'bgp' ? 'bgp' : 'layer2',
            by: 'event',
            announces: true,
            at: event.lastAt ?? event.firstAt,
            evidence: seenEvent(event),
          },
        ];
  });
}

/**
 * Lines name addresses and no Service (v0.14 to v0.16): they are joined by the addresses. Where Services share one,
 * nobody knows whose withdrawal a line tells of.
 */
function logClaims(service: Service, { pods, speakerLogs, takenAt }: ClaimFacts): readonly Claim[] {
  const addresses = addressesIn(service);
  const mayShare = hasSharingKey(service);
  const nodes = new Map(pods.map(({ metadata, spec }) => [metadata.name, spec.nodeName]));
  return logLines(speakerLogs, takenAt).flatMap((line): readonly Claim[] => {
    const event = line.values.get('event');
    const node = nodes.get(line.pod);
    const tells = event === 'serviceAnnounced' || (event === 'serviceWithdrawn' && !mayShare);
    if (!tells || node === undefined || !addresses.some((address) => names(line, address))) {
      return [];
    }
    const reason = line.values.get('reason');
    return [
      {
        node,
        protocol: line.values.get('protocol') === 'bgp' ? 'bgp' : 'layer2',
        by: 'log',
        announces: event === 'serviceAnnounced',
        ...(reason !== undefined && { reason }),
        at: line.at,
        evidence: seenLine(line),
      },
    ];
  });
}

function hasSharingKey({ metadata }: Service): boolean {
  return [newPrefix, deprecatedPrefix].some((prefix) =>
    Object.hasOwn(metadata.annotations, `${prefix}allow-shared-ip`),
  );
}

/** `"ips":["192.0.2.7"]`, or in older releases `"ip":"192.0.2.7"`. */
function names({ text }: LogLine, address: string): boolean {
  return text.includes(`"${address}"`);
}
