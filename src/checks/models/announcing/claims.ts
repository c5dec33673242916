import { remembered, type Facts } from '../../../core/diagnosis/facts.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type {
  KubeObject,
  Service,
  ServiceBGPStatus,
  ServiceL2Status,
} from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { deprecatedPrefix, newPrefix } from '../../../core/metallb/annotations.ts';
import { refOf } from '../references.ts';
import { seenEvent, seenField, seenLine } from '../seen.ts';
import { addressesIn } from '../services.ts';
import { eventsAbout } from '../testimony/events.ts';
import { logLines, type LogLine } from '../testimony/log-lines.ts';

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
  /** True when withdrawals of its node are left out: others share the address, and nobody knows whose they are. */
  readonly endIsLeftOut?: true;
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
    ...logClaims(service, facts).toReversed(),
  ].sort((left, right) => timeOf(right) - timeOf(left));
}

/** What ServiceBGPStatus says (>= v0.15.0), newest first. It tells what a speaker means to advertise: the session may be down. */
export function bgpClaimsOn(
  { metadata }: Service,
  facts: Facts<never, 'serviceBGPStatuses'>,
): readonly Claim[] {
  const key = `${metadata.namespace ?? ''}/${metadata.name}`;
  return (bgpStatusesByService(facts).get(key) ?? [])
    .flatMap((each): readonly Claim[] => {
      const { node, peers } = each.status;
      return node === undefined
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

const bgpStatusesByService = remembered(
  ({ serviceBGPStatuses }: Facts<never, 'serviceBGPStatuses'>) =>
    Map.groupBy(itemsIfRead(serviceBGPStatuses), ({ status }) => serviceKeyIn(status)),
);

function writerOf({ metadata }: KubeObject): Pick<Claim, 'writer'> {
  const owner = metadata.ownerReferences.find(({ kind }) => kind === 'Pod');
  return owner?.uid === undefined ? {} : { writer: owner.uid };
}

function timeOf({ at }: Claim): number {
  return Date.parse(at ?? '') || 0;
}

function statusClaims({ metadata }: Service, facts: ClaimFacts): readonly Claim[] {
  const key = `${metadata.namespace ?? ''}/${metadata.name}`;
  return (statusesByService(facts).get(key) ?? []).flatMap((each): readonly Claim[] => {
    const { node } = each.status;
    return node === undefined
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

const statusesByService = remembered(({ serviceL2Statuses }: ClaimFacts) =>
  Map.groupBy(itemsIfRead(serviceL2Statuses), ({ status }) => serviceKeyIn(status)),
);

/** What a status says it is about. */
function serviceKeyIn(status: ServiceL2Status['status'] | ServiceBGPStatus['status']): string {
  return `${status.serviceNamespace ?? ''}/${status.serviceName ?? ''}`;
}

const assigned = /^announcing from node "([^"]+)"(?: with protocol "([^"]+)")?/;

/** These events hold no address: what is older than the last change of the status may be about another one. */
function eventClaims(service: Service, facts: ClaimFacts): readonly Claim[] {
  const written = statusWrittenAt(service);
  return eventsAbout(facts, refOf(service)).flatMap((event): readonly Claim[] => {
    const [, node, protocol = 'layer2'] = assigned.exec(event.message) ?? [];
    const at = event.lastAt ?? event.firstAt;
    return event.reason !== 'nodeAssigned' || node === undefined || isOlder(at, written)
      ? []
      : [
          {
            node,
            protocol: protocol === 'bgp' ? 'bgp' : 'layer2',
            by: 'event',
            announces: true,
            at,
            evidence: seenEvent(event),
          },
        ];
  });
}

/** When the status was last changed, whoever did it. */
function statusWrittenAt({ metadata }: Service): string | undefined {
  return metadata.managedFields
    .flatMap(({ subresource, time }) => (subresource === 'status' ? (time ?? []) : []))
    .toSorted()
    .at(-1);
}

function isOlder(at: string | undefined, than: string | undefined): boolean {
  return Date.parse(at ?? '') < Date.parse(than ?? '');
}

/**
 * Lines name addresses and no Service (v0.14 to v0.16): they are joined by the addresses. Where Services share one,
 * nobody knows whose withdrawal a line tells of.
 */
function logClaims(service: Service, facts: ClaimFacts): readonly Claim[] {
  const addresses = addressesIn(service);
  const mayShare = hasSharingKey(service);
  const lines = new Set(addresses.flatMap((address) => linesByAddress(facts).get(address) ?? []));
  return [...lines].flatMap(({ line, node }): readonly Claim[] => {
    const announces = line.values.get('event') === 'serviceAnnounced';
    if (!announces && mayShare) {
      return [];
    }
    const reason = line.values.get('reason');
    return [
      {
        node,
        protocol: line.values.get('protocol') === 'bgp' ? 'bgp' : 'layer2',
        by: 'log',
        announces,
        ...(mayShare && { endIsLeftOut: true }),
        ...(reason !== undefined && { reason }),
        at: line.at,
        evidence: seenLine(line),
      },
    ];
  });
}

interface TellingLine {
  readonly line: LogLine;
  readonly node: string;
}

/** `"ips":["192.0.2.7"]`, or in older releases `"ip":"192.0.2.7"`; as long as an address can be, and no longer. */
const quotedAddress = /"([0-9a-f.:]{2,45})"/gi;

/** Lines that tell of an announcement, by every address in them. */
const linesByAddress = remembered(
  ({ pods, speakerLogs, takenAt }: ClaimFacts): ReadonlyMap<string, readonly TellingLine[]> => {
    const nodes = new Map(pods.map(({ metadata, spec }) => [metadata.name, spec.nodeName]));
    const found = logLines(speakerLogs, takenAt).flatMap((line) => {
      const node = nodes.get(line.pod);
      const event = line.values.get('event');
      if (node === undefined || (event !== 'serviceAnnounced' && event !== 'serviceWithdrawn')) {
        return [];
      }
      const telling: TellingLine = { line, node };
      const named = new Set(
        [...line.text.matchAll(quotedAddress)].map(([, address = '']) => address),
      );
      return [...named].map((address) => ({ address, telling }));
    });
    return new Map(
      [...Map.groupBy(found, ({ address }) => address)].map(([address, all]) => [
        address,
        all.map(({ telling }) => telling),
      ]),
    );
  },
);

function hasSharingKey({ metadata }: Service): boolean {
  return [newPrefix, deprecatedPrefix].some((prefix) =>
    Object.hasOwn(metadata.annotations, `${prefix}allow-shared-ip`),
  );
}
