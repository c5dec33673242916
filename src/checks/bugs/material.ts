import { type Facts, remembered } from '../../core/diagnosis/facts.ts';
import { parseAddress, type IpAddress, type IpFamily } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Reading } from '../../core/facts/reading.ts';
import type { LogExcerpt } from '../../core/facts/snapshot.ts';
import { type AllocationModel, allocationOf } from '../models/allocation/allocation.ts';
import { configurationOf, namespacesIfSelected } from '../models/configuration/configuration.ts';
import { type LogLine, logLines } from '../models/testimony/log-lines.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { keyOfService } from '../models/services.ts';

/** Every bug of the allocator is judged by the same facts. */
export const allocatorNeeds = ['services', 'ipAddressPools'] as const;
/** Without namespaces a pool that selects them cannot be judged; see `sureModel`. */
export const allocatorHelps = ['namespaces', 'communities', 'events'] as const;

export type AllocatorFacts = Facts<
  (typeof allocatorNeeds)[number],
  (typeof allocatorHelps)[number]
>;

/** What MetalLB would decide; undefined where that rests on something that was not read or not accepted. */
export function sureModel(facts: AllocatorFacts): AllocationModel | undefined {
  const isDark = namespacesIfSelected(facts).length > 0 && facts.namespaces.state !== 'read';
  return isDark || configurationOf(facts)?.state !== 'accepted' ? undefined : allocationOf(facts);
}

/** LoadBalancer Services of the class that this installation serves, by name. */
export const servedIn = remembered((facts: Facts<'services'>): readonly Service[] =>
  facts.services
    .filter((service) => isServedBy(facts.installation, service))
    .map((service) => ({ service, key: keyOfService(service) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ service }) => service),
);

/** The addresses in a status that can be read as such. */
export function heldBy(service: Service): readonly IpAddress[] {
  return service.status.ingress.flatMap(({ ip }) =>
    ip === undefined ? [] : (parseAddress(ip) ?? []),
  );
}

/** Both families may be wanted, but the cluster gave it one cluster IP. */
export function hasOneClusterIP(service: Service, policies: readonly string[]): boolean {
  return (
    service.spec.clusterIPs.length === 1 && policies.includes(service.spec.ipFamilyPolicy ?? '')
  );
}

/** The families a pool was given, as accepted. */
export function familiesOf(facts: AllocatorFacts, pool: string): ReadonlySet<IpFamily> {
  const found = configurationOf(facts)?.pools.find(({ name }) => name === pool);
  return new Set((found?.cidrs ?? []).map(({ family }) => family));
}

/** Lines of a program whose text matches, oldest first within one container. */
export function linesSaying(
  logs: Reading<LogExcerpt>,
  words: RegExp,
  now: string,
): readonly LogLine[] {
  return logLines(logs, now).filter(({ text }) => words.test(text));
}

/** A list of excerpts that were read, as the reading that the parsers of logs take. */
export function asReading(excerpts: readonly LogExcerpt[]): Reading<LogExcerpt> {
  return { state: 'read', items: excerpts };
}
