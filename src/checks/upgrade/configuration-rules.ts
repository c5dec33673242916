import type { Facts } from '../../core/diagnosis/facts.ts';
import type { UpgradeWeight } from '../../core/facts/upgrade.ts';
import type { IPAddressPool } from '../../core/facts/kube-objects.ts';
import { parseRange } from '../../core/facts/ip.ts';
import { deprecatedPrefix, newPrefix } from '../../core/metallb/annotations.ts';
import { servedIn } from '../bugs/material.ts';
import { configurationOf, ownPools } from '../models/configuration/configuration.ts';
import { poolIndexOf, strayAddresses } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { keyOfService } from '../models/services.ts';
import { defineRule, type Shown, type UpgradeRule } from './rule.ts';
import { someOf } from '../../core/facts/in-words.ts';

const poolKinds = ['namespaces', 'communities'] as const;
const written = `${newPrefix}ip-allocated-from-pool`;
const writtenBefore = `${deprecatedPrefix}ip-allocated-from-pool`;

/** What releases do differently with pools, annotations and peers. */
export const configurationRules: readonly UpgradeRule[] = [
  defineRule({
    id: 'stranded-addresses',
    release: 'v0.14.2',
    reference: 'metallb#2097',
    title: 'pools are accepted although an address in use lies outside; its holder loses it',
    needs: ['services', 'ipAddressPools'],
    helps: poolKinds,
    up: (facts) => {
      const index = poolIndexOf(facts);
      const stranded = servedIn(facts).filter(
        (service) => strayAddresses(service, index).length > 0,
      );
      return stranded.length === 0 || configurationOf(facts)?.state !== 'accepted'
        ? []
        : [
            {
              weight: 'breaks' as const,
              says: `${someOf(stranded.map(keyOfService))} ${stranded.length === 1 ? 'holds an address' : 'hold addresses'} that no pool has now and ${stranded.length === 1 ? 'loses' : 'lose'} it at the first look`,
              details: stranded.map(
                (service) =>
                  `${keyOfService(service)}  ${strayAddresses(service, index).join(', ')}`,
              ),
              objects: stranded.map(refOf),
              before: [{ says: 'put the range back into a pool', mutates: false }],
            },
          ];
    },
  }),
  defineRule({
    id: 'service-allocation',
    release: 'v0.13.9',
    reference: undefined,
    title: 'pools can be reserved for some namespaces and Services from here on',
    needs: ['ipAddressPools'],
    helps: poolKinds,
    down: (facts) => {
      const pinned = ownPools(facts).filter(({ spec }) => spec.serviceAllocation !== undefined);
      return pinned.length === 0
        ? []
        : [
            {
              weight: 'breaks' as const,
              title: 'serviceAllocation is not known before this release',
              says: `${namesOf(pinned)} will be open to every Service`,
              details: [],
              objects: pinned.map(refOf),
              before: [{ says: 'set autoAssign: false on those pools', mutates: false }],
            },
          ];
    },
  }),
  defineRule({
    id: 'priority-only-pools',
    release: 'v0.15.0',
    reference: 'metallb#2714',
    title:
      'a pool with nothing but a priority is for everybody, and is tried before ordinary pools',
    needs: ['ipAddressPools'],
    helps: poolKinds,
    up: (facts) => {
      const pools = priorityOnly(ownPools(facts));
      return pools.length === 0
        ? []
        : [
            {
              weight: 'changes' as const,
              says: `${namesOf(pools)} will be used, first of all pools, by Services that name none`,
              details: [],
              objects: pools.map(refOf),
              before: [{ says: 'set autoAssign: false where that is not wanted', mutates: false }],
            },
          ];
    },
  }),
  defineRule({
    id: 'old-annotations',
    release: 'v0.14.9',
    reference: 'metallb#2495',
    title: `annotations with the prefix ${deprecatedPrefix} still work, and are warned of`,
    needs: ['services'],
    up: (facts) =>
      annotated(facts, {
        prefix: deprecatedPrefix,
        except: writtenBefore,
        weight: 'nice',
        rest: 'will get deprecatedAnnotation events',
      }),
    down: (facts) =>
      annotated(facts, {
        prefix: newPrefix,
        except: written,
        weight: 'changes',
        rest: 'ask with a prefix that is not read: what they ask for is not heeded',
      }).map((shown) => ({
        ...shown,
        title: `annotations with the prefix ${newPrefix} are not read before this release`,
      })),
  }),
  defineRule({
    id: 'mixed-ranges',
    release: 'v0.16.2',
    reference: undefined,
    title: 'a range from one family to the other is refused, and all pools with it',
    needs: ['ipAddressPools'],
    helps: poolKinds,
    up: (facts) => {
      const mixed = ownPools(facts).filter(({ spec }) => spec.addresses.some(isMixed));
      return mixed.length === 0
        ? []
        : [
            {
              weight: 'breaks' as const,
              says: `${namesOf(mixed)} will be refused; the controller then starts without any pool`,
              details: [],
              objects: mixed.map(refOf),
              before: [
                { says: 'correct the range; it has no address today either', mutates: false },
              ],
            },
          ];
    },
  }),
];

interface Prefixed {
  readonly prefix: string;
  /** The key that MetalLB writes itself. */
  readonly except: string;
  readonly weight: UpgradeWeight;
  readonly rest: string;
}

function annotated(
  facts: Facts<'services'>,
  { prefix, except, weight, rest }: Prefixed,
): readonly Shown[] {
  const services = servedIn(facts).filter(({ metadata }) =>
    Object.keys(metadata.annotations).some((key) => key.startsWith(prefix) && key !== except),
  );
  return services.length === 0
    ? []
    : [
        {
          weight,
          says: `${someOf(services.map(keyOfService))} ${rest}`,
          details: [],
          objects: services.map(refOf),
          before: [{ says: 'write the keys with both prefixes', mutates: false }],
        },
      ];
}

function priorityOnly(pools: readonly IPAddressPool[]): readonly IPAddressPool[] {
  return pools.filter(({ spec: { autoAssign, serviceAllocation } }) => {
    const named = [
      ...(serviceAllocation?.namespaces ?? []),
      ...(serviceAllocation?.namespaceSelectors ?? []),
      ...(serviceAllocation?.serviceSelectors ?? []),
    ];
    return serviceAllocation !== undefined && named.length === 0 && autoAssign !== false;
  });
}

function isMixed(entry: string): boolean {
  return entry.includes('-') && parseRange(entry).kind === 'mixed';
}

function namesOf(pools: readonly IPAddressPool[]): string {
  return `pool ${someOf(pools.map(({ metadata }) => metadata.name))}`;
}
