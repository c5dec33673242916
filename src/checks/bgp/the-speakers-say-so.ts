import type { Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { ServiceBGPStatus } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { isAtLeast } from '../../core/metallb/releases.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { otherWayLines, type BGPWay, severityOn } from '../models/bgp/bgp-way.ts';
import { sendingsOf } from '../models/bgp/sessions.ts';
import { speakerOn } from '../models/announcing/speaker-on.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Each speaker that hands an address to its sessions says so in a ServiceBGPStatus (v0.15.0). */
export const theSpeakersSaySo = bgpCheck({
  id: 'MLB-B17',
  asks: 'Do the nodes that should advertise the address say that they do, and no others?',
  causes: ['bgp-advertisers-differ'],
  link: 'announced',
  basis: 'observed',
  skip: (_, { installation, serviceBGPStatuses }) =>
    !isAtLeast(installation?.speakerVersion, 'v0.15.0') || serviceBGPStatuses.state === 'absent'
      ? 'speakers before v0.15.0 keep no status of it'
      : undefined,
  alsoNeeds: () => ['serviceBGPStatuses'],
  run: (way, facts) => {
    const statuses = itemsIfRead(facts.serviceBGPStatuses).filter((each) => isOf(each, way));
    const told = new Set(statuses.flatMap(({ status }) => status.node ?? []));
    const expected = sendingsOf(way)
      .map(({ node }) => node)
      .filter((node) => speakerOn(node, facts).state === 'running');
    const silent = expected.filter((node) => !told.has(node));
    const extra = statuses.filter(
      ({ status: { node } }) =>
        node !== undefined && way.announcing.bgp.get(node)?.advertises !== true,
    );
    return silent.length === 0 && extra.length === 0
      ? []
      : [
          findingOf(
            way,
            { silent, extra, isNobody: isNobody(expected, told, facts) },
            facts.installation?.namespace ?? 'metallb-system',
          ),
        ];
  },
});

interface Differing {
  /** Nodes that should advertise it and do not say so. */
  readonly silent: readonly string[];
  /** What others say who should not. */
  readonly extra: readonly ServiceBGPStatus[];
  /** True when no node says so at all, and their speakers do write of other Services. */
  readonly isNobody: boolean;
}

/** Speakers that cannot write are silent of every Service: these write of others. */
function isNobody(
  expected: readonly string[],
  told: ReadonlySet<string>,
  { serviceBGPStatuses }: Facts<never, 'serviceBGPStatuses'>,
): boolean {
  const writers = new Set(
    itemsIfRead(serviceBGPStatuses).flatMap(({ status }) => status.node ?? []),
  );
  return told.size === 0 && expected.every((node) => writers.has(node));
}

function findingOf(
  way: BGPWay,
  { silent, extra, isNobody }: Differing,
  home: string,
): Omit<Found, 'affects'> {
  const about = refOf(way.service);
  return {
    cause: 'bgp-advertisers-differ',
    severity: isNobody ? severityOn(way) : 'warning',
    about,
    says: isNobody
      ? `no node says that it advertises ${keyOfService(way.service)}, and ${someOf(silent)} should`
      : differenceText(keyOfService(way.service), silent, nodesOf(extra)),
    details: [
      isNobody
        ? 'the speakers there say so of other Services: they run, and can write'
        : 'a speaker there works with another configuration than this one, or cannot write, or is no longer there',
      ...otherWayLines(way),
    ],
    because: [
      ...extra
        .slice(0, 2)
        .map((each) => seenField(refOf(each), 'status.node', each.status.node ?? '')),
      ...(silent.length === 0
        ? []
        : [
            workedOut(
              about,
              'metallb/speaker: ServiceBGPStatus (v0.15.0)',
              `none from ${someOf(silent)}`,
            ),
          ]),
    ],
    doubts: ['the statuses were read while the speakers were still writing them'],
    suggests: [seeWhatTheyWorkWith(home)],
  };
}

function seeWhatTheyWorkWith(home: string): Remedy {
  return {
    says: 'see what each speaker says it works with, and read the log of those that differ',
    command: kubectl`-n ${home} get configurationstates.metallb.io,servicebgpstatuses.metallb.io -o wide`,
    mutates: false,
  };
}

function differenceText(key: string, silent: readonly string[], extra: readonly string[]): string {
  const missing = `${someOf(silent)} should advertise ${key} and ${silent.length === 1 ? 'does' : 'do'} not say so`;
  const surplus = `${someOf(extra)} ${extra.length === 1 ? 'says that it advertises' : 'say that they advertise'} ${key} and should not`;
  return [...(silent.length === 0 ? [] : [missing]), ...(extra.length === 0 ? [] : [surplus])].join(
    '; ',
  );
}

function isOf({ status }: ServiceBGPStatus, { service }: BGPWay): boolean {
  return (
    status.serviceName === service.metadata.name &&
    status.serviceNamespace === service.metadata.namespace
  );
}

function nodesOf(statuses: readonly ServiceBGPStatus[]): readonly string[] {
  return [...new Set(statuses.flatMap(({ status }) => status.node ?? []))].toSorted();
}
