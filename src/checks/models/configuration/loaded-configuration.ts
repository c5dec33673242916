import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { IPAddressPool, KubeObject } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { publishedCapacity } from '../../../core/metallb/capacity.ts';
import type { Pool } from '../../../core/metallb/configuration.ts';
import { ageMs } from '../ages.ts';
import { isConfigurationComplaint, logLines, type LogLine } from '../testimony/log-lines.ts';

/** A pool whose published figures do not fit its present addresses. */
export interface Miscounted {
  readonly pool: IPAddressPool;
  /** Assigned and available together, as MetalLB published them. */
  readonly counted: string;
  readonly present: string;
  readonly changedAt: string | undefined;
}

/** A controller that is well has loaded a change and written the figures long before. */
const settledMs = 120_000;
const largest = 2n ** 53n;

type HolderFacts = Facts<'ipAddressPools', 'communities' | 'controllerLogs'>;

/** Pools (v0.15.0 on) that the controller counts by other addresses than they have. */
export function poolsCountedWrong(
  facts: HolderFacts,
  pools: readonly Pool[],
): readonly Miscounted[] {
  if (mayNotWriteStatus(facts)) {
    return [];
  }
  const parsed = new Map(pools.map((pool) => [pool.name, pool]));
  return facts.ipAddressPools.flatMap((pool) => {
    const now = parsed.get(pool.metadata.name);
    const counted = countOf(pool);
    const changedAt = changeOf(pool);
    const present = now === undefined ? undefined : publishedCapacity(now);
    if (
      pool.metadata.namespace !== facts.installation?.namespace ||
      counted === undefined ||
      present === undefined ||
      (ageMs(changedAt, facts.takenAt) ?? 0) < settledMs
    ) {
      return [];
    }
    const size = present.ipv4 + present.ipv6;
    const isSure = [size, counted].every((figure) => figure >= 0n && figure < largest);
    return isSure && size !== counted
      ? [{ pool, counted: counted.toString(), present: size.toString(), changedAt }]
      : [];
  });
}

/** Assigned and available together, as MetalLB published them; undefined where it published nothing. */
export function countOf({ status }: IPAddressPool): bigint | undefined {
  const figures = [
    status?.assignedIPv4,
    status?.assignedIPv6,
    status?.availableIPv4,
    status?.availableIPv6,
  ];
  return figures.every((figure) => figure !== undefined && /^-?[0-9]+$/.test(figure))
    ? figures.reduce((sum, figure) => sum + BigInt(figure ?? 0), 0n)
    : undefined;
}

/** The last time somebody wrote to the object itself, not to its status; dumps may lack what tells it. */
export function changeOf({ metadata }: KubeObject): string | undefined {
  const times = metadata.managedFields
    .filter(({ subresource }) => subresource === undefined)
    .flatMap(({ time }) => (time === undefined ? [] : [time]));
  return (
    times.toSorted().at(-1) ?? (metadata.generation === 1 ? metadata.creationTimestamp : undefined)
  );
}

function mayNotWriteStatus(facts: HolderFacts): boolean {
  return logLines(facts.controllerLogs, facts.takenAt).some(
    ({ text }) => text.includes('ipaddresspools/status') && text.includes('forbidden'),
  );
}

/**
 * A refusal that nothing was loaded after, and that is newer than every pool and Community: so it is about the objects
 * as they are. One that is older was answered by a change, and going back to what was loaded is never logged (#2245).
 */
export function standingComplaint(facts: HolderFacts): LogLine | undefined {
  const last = logLines(facts.controllerLogs, facts.takenAt)
    .filter(({ previous }) => !previous)
    .findLast(
      (line) => isConfigurationComplaint(line) || line.values.get('event') === 'config reloaded',
    );
  if (last?.at === undefined || !isConfigurationComplaint(last)) {
    return undefined;
  }
  const changes = [...facts.ipAddressPools, ...itemsIfRead(facts.communities)]
    .filter(({ metadata }) => metadata.namespace === facts.installation?.namespace)
    .map((object) => Date.parse(changeOf(object) ?? ''));
  const saidAt = Date.parse(last.at);
  const isKnown = facts.communities.state === 'read' || !last.words.includes('community');
  return isKnown && changes.every((time) => time < saidAt) ? last : undefined;
}
