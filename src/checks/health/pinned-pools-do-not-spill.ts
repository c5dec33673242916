import type { Found } from '../../core/diagnosis/check.ts';
import { remembered } from '../../core/diagnosis/facts.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { claimOf } from '../../core/metallb/claim.ts';
import type { PoolUsage, StackFamily } from '../../core/metallb/answer.ts';
import type { Pool } from '../../core/metallb/configuration.ts';
import { familyOfService } from '../../core/metallb/families.ts';
import { exclusionFrom, isReachedByPinning } from '../../core/metallb/pinning.ts';
import { addressRequestOf, poolRequestOf } from '../../core/metallb/requests.ts';
import {
  type AllocationFacts,
  type AllocationModel,
  allocationOf,
} from '../models/allocation/allocation.ts';
import { poolCheck } from '../models/allocation/pool-check.ts';
import { configurationOf } from '../models/configuration/configuration.ts';
import { isServedBy, poolIndexOf } from '../models/allocation/pool-membership.ts';
import { total } from '../models/allocation/pool-lines.ts';
import { refOf } from '../models/references.ts';
import { annotateCommand, editPool, prefixOf } from '../models/allocation/remedies.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';

const shown = 8;

interface Spilt {
  readonly service: Service;
  /** The pools that were made for it. */
  readonly own: readonly string[];
  /** Where its address is from. */
  readonly from: string;
  readonly family: StackFamily;
}

/** A Service whose pinned pools are full is served from the common ones, and nobody is told. */
export const pinnedPoolsDoNotSpill = poolCheck({
  id: 'MLB-H09',
  asks: 'Do the Services with a pool of their own have their addresses from it?',
  cause: 'pinned-pool-spill',
  run: (facts, model) =>
    [...Map.groupBy(spiltIn(facts), ({ own, from }) => `${own.join(' ')} ${from}`).values()]
      .map((group) => finding(group, model))
      .toSorted((a, b) => (a.says < b.says ? -1 : 1)),
});

const spiltIn = remembered((facts: AllocationFacts): readonly Spilt[] => {
  const model = allocationOf(facts);
  const pools = configurationOf(facts)?.pools ?? [];
  return model === undefined || !pools.some(({ pinning }) => pinning !== undefined)
    ? []
    : facts.services
        .filter((service) => isServedBy(facts.installation, service))
        .flatMap((service) => spiltFrom(service, pools, { facts, model }));
});

function spiltFrom(
  service: Service,
  pools: readonly Pool[],
  { facts, model }: { readonly facts: AllocationFacts; readonly model: AllocationModel },
): readonly Spilt[] {
  const { behaviour } = model;
  const asks =
    poolRequestOf(service, behaviour) !== undefined ||
    addressRequestOf(service, behaviour).kind !== 'none';
  const family = familyOfService(service);
  const address = addressesIn(service).flatMap((text) => parseAddress(text) ?? [])[0];
  if (asks || address === undefined || family.kind === 'unknown') {
    return [];
  }
  const [from] = poolIndexOf(facts).holding(address);
  const claim = claimOf(service, behaviour);
  const isOfFamily = (pool: Pool): boolean =>
    pool.cidrs.some((cidr) => family.family === 'dual' || cidr.family === family.family);
  const own = pools.filter(
    (pool) =>
      pool.autoAssign &&
      pool.pinning !== undefined &&
      !pool.pinning.namesNobody &&
      exclusionFrom(pool, claim) === undefined &&
      isReachedByPinning(pool, claim, behaviour) &&
      isOfFamily(pool),
  );
  return from === undefined || from.pinning !== undefined || own.length === 0
    ? []
    : [
        {
          service,
          own: own.map(({ name }) => name).toSorted(),
          from: from.name,
          family: family.family,
        },
      ];
}

function finding(group: readonly Spilt[], model: AllocationModel): Found {
  const [first] = group;
  const own = first?.own ?? [];
  const usages = model.usages.filter((usage) => own.includes(usage.pool));
  const family = first?.family ?? 'ipv4';
  const free = usages.reduce((sum, usage) => sum + roomFor(family, usage).free, 0n);
  const names = group.map(({ service }) => keyOfService(service)).toSorted();
  const whose =
    names.length === 1 ? `${names[0]} has its address` : `${names.length} Services have addresses`;
  const reserved = `${own.join(', ')}, reserved for ${names.length === 1 ? 'it' : 'them'},`;
  return {
    cause: 'pinned-pool-spill',
    severity: free <= 0n ? 'warning' : 'info',
    about: { kind: 'IPAddressPool', namespace: model.namespace, name: own[0] ?? '' },
    affects: group.map(({ service }) => refOf(service)),
    says:
      free <= 0n
        ? `${whose} from common pool ${first?.from ?? ''}, because ${reserved} is full`
        : `${whose} from common pool ${first?.from ?? ''}, although ${reserved} has ${free} free`,
    details: [
      ...linesOf(group),
      ...usages.map((usage) => {
        const { taken, usable } = roomFor(family, usage);
        return `${usage.pool}  ${taken} of ${usable} taken`;
      }),
      'firewall rules and quotas made for the reserved range do not cover these addresses; MetalLB never moves them back by itself',
    ],
    because: group.slice(0, shown).flatMap((each) => evidenceFor(each)),
    suggests: remedies(own[0] ?? '', free > 0n ? first?.service : undefined, model),
  };
}

function roomFor(family: StackFamily, usage: PoolUsage) {
  return family === 'dual' ? total(usage) : usage[family];
}

function linesOf(group: readonly Spilt[]): readonly string[] {
  const lines = group.map(
    ({ service, from }) =>
      `${keyOfService(service)}  ${addressesIn(service).join(', ')}  from ${from}`,
  );
  const more = lines.length > shown ? [`and ${lines.length - shown} more`] : [];
  return [...lines.slice(0, shown), ...more];
}

function evidenceFor({ service, own }: Spilt) {
  return [
    seenField(refOf(service), 'status.loadBalancer.ingress', addressesIn(service).join(', ')),
    workedOut(
      refOf(service),
      'metallb allocator: pinned pools first',
      `${keyOfService(service)} would be served from ${own.join(', ')} first`,
    ),
  ];
}

function remedies(pool: string, movable: Service | undefined, model: AllocationModel) {
  return movable === undefined
    ? [editPool(pool, `widen ${pool}, if the network has more addresses for it`, model)]
    : [
        {
          says: `move ${keyOfService(movable)} back by naming its pool (its address changes)`,
          command: annotateCommand(movable, `${prefixOf(model)}address-pool`, pool),
          mutates: true,
        },
      ];
}
