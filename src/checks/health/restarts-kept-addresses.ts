import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { KubeEvent, Service } from '../../core/facts/kube-objects.ts';
import { isOlder } from '../../core/metallb/releases.ts';
import { addressRequestOf } from '../../core/metallb/requests.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import { agoText } from '../models/ages.ts';
import { eventsAbout, noEventsToAsk } from '../models/testimony/events.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { controllerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { askCommand } from '../models/allocation/remedies.ts';
import { seenEvent, seenField } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';

type RestartFacts = Facts<'services' | 'deployments' | 'daemonSets' | 'pods', 'events'>;

const shown = 8;

interface Reassigned {
  readonly service: Service;
  readonly event: KubeEvent;
}

/** Before v0.14.2 a starting controller meets Services in any order, and a waiting one may take a held address. */
export const restartsKeptAddresses = defineCheck({
  id: 'MLB-H13',
  asks: 'Did Services keep their addresses when the controller last started?',
  symptoms: ['health'],
  causes: ['addresses-reshuffled'],
  byWordsAlone: true,
  needs: ['services', 'deployments', 'daemonSets', 'pods'],
  helps: ['events'],
  basis: 'inferred',
  skipWhen: (facts) =>
    facts.installation === undefined ? 'no MetalLB was found' : noEventsToAsk(facts),
  run: (facts) => {
    const startedAt = startOf(facts);
    const moved =
      startedAt === undefined || !isForgetful(facts.installation?.controllerVersion)
        ? []
        : reassignedSince(startedAt, facts);
    return moved.length === 0 || startedAt === undefined ? [] : [finding(moved, startedAt, facts)];
  },
});

/** Below v0.14.2 (PR 2004). */
function isForgetful(version: string | undefined): boolean {
  return version !== undefined && isOlder(version, 'v0.14.2');
}

function startOf(facts: RestartFacts): string | undefined {
  return controllerOf(facts)
    ?.pods.flatMap(({ status }) => status.containerStatuses)
    .flatMap(({ state }) => state.startedAt ?? [])
    .toSorted()
    .at(-1);
}

/** How long after its start the controller is still sorting out what it found. */
const settlingMs = 5 * 60_000;

/** Services that are older than the start and were given an address at it, all the same. */
function reassignedSince(startedAt: string, facts: RestartFacts): readonly Reassigned[] {
  const start = Date.parse(startedAt);
  return facts.services
    .filter((service) => isServedBy(facts.installation, service))
    .filter(({ metadata }) => Date.parse(metadata.creationTimestamp ?? '') < start)
    .flatMap((service) => {
      const event = eventsAbout(facts, refOf(service)).find(
        (each) => each.reason === 'IPAllocated' && isWithin(each, start),
      );
      return event === undefined || addressesIn(service).length === 0 ? [] : [{ service, event }];
    })
    .toSorted((a, b) => (keyOfService(a.service) < keyOfService(b.service) ? -1 : 1));
}

function isWithin({ firstAt, lastAt }: KubeEvent, start: number): boolean {
  const at = Date.parse(firstAt ?? lastAt ?? '');
  return at >= start && at <= start + settlingMs;
}

function finding(moved: readonly Reassigned[], startedAt: string, facts: RestartFacts): Found {
  const [first] = moved;
  const version = facts.installation?.controllerVersion ?? 'this version';
  const who =
    moved.length === 1 && first !== undefined
      ? `${keyOfService(first.service)} was given an address`
      : `${moved.length} Services were given addresses`;
  const about = first === undefined ? { kind: 'Cluster', name: 'cluster' } : refOf(first.service);
  return {
    cause: 'addresses-reshuffled',
    severity: 'warning',
    about,
    affects: moved.map(({ service }) => refOf(service)),
    says: `${who} anew when the controller started${agoText(startedAt, facts.takenAt)}; ${version} does not keep them over a start`,
    details: [
      ...moved
        .slice(0, shown)
        .map(({ service }) => `${keyOfService(service)}: now ${addressesIn(service).join(', ')}`),
      ...(moved.length > shown ? [`and ${moved.length - shown} more`] : []),
      'clients, DNS records and firewall rules may still have the addresses from before; MetalLB keeps no record of them',
    ],
    because: [
      seenField(about, 'controller startedAt', startedAt),
      ...moved.slice(0, shown).map(({ event }) => seenEvent(event)),
    ],
    doubts: ['these Services waited for an address before the start, and simply got one'],
    suggests: moved
      .filter(asksForNone(facts))
      .slice(0, 1)
      .map(({ service }) => ({
        says: 'upgrade to v0.14.2 or later; until then ask for each address that must not change',
        command: askCommand(
          service,
          addressesIn(service),
          behaviourOf(facts.installation?.controllerVersion),
        ),
        mutates: true,
      })),
  };
}

/** One that asks in its spec already would be refused for asking twice. */
function asksForNone({ installation }: RestartFacts): (moved: Reassigned) => boolean {
  const behaviour = behaviourOf(installation?.controllerVersion);
  return ({ service }) => addressRequestOf(service, behaviour).kind === 'none';
}
