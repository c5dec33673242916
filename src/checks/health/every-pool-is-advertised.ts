import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { IPAddressPool } from '../../core/facts/kube-objects.ts';
import type { PoolUsage } from '../../core/metallb/answer.ts';
import { advertiseRemedies } from '../models/configuration/advertise-remedies.ts';
import {
  type Advertisement,
  advertisementName,
  advertisementsOf,
  selectsPool,
  strayLines,
} from '../models/configuration/advertisements.ts';
import { allocationOf } from '../models/allocation/allocation.ts';
import {
  namespacesIfSelected,
  noPoolsToJudge,
  ownPools,
} from '../models/configuration/configuration.ts';
import {
  announcesInstead,
  insteadLines,
  insteadRemedies,
} from '../models/bgp/announces-instead.ts';
import type { OtherBGP } from '../models/bgp/other-bgp.ts';
import { refOf, serviceRef } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** An address is announced only if some advertisement selects its pool; nothing warns when none does. */
export const everyPoolIsAdvertised = defineCheck({
  id: 'MLB-H01',
  asks: 'Does an advertisement select every pool?',
  symptoms: ['health'],
  causes: ['pool-unadvertised'],
  needs: ['services', 'ipAddressPools', 'l2Advertisements', 'bgpAdvertisements'],
  helps: ['namespaces', 'communities', 'daemonSets'],
  alsoNeeds: namespacesIfSelected,
  skipWhen: noPoolsToJudge,
  run: (facts) => {
    const advertisements = advertisementsOf(facts);
    const pools = ownPools(facts);
    const usages = allocationOf(facts)?.usages ?? [];
    const instead = announcesInstead(facts);
    return pools
      .filter((pool) => !advertisements.some((each) => selectsPool(each, pool)))
      .map((pool) => {
        const usage = usages.find((each) => each.pool === pool.metadata.name);
        const strays = strayLines(pool, facts);
        return finding({ pool, pools, advertisements, strays, holders: holdersIn(usage), instead });
      });
  },
});

interface Silent {
  readonly pool: IPAddressPool;
  readonly pools: readonly IPAddressPool[];
  readonly advertisements: readonly Advertisement[];
  readonly strays: readonly string[];
  /** Services with an address of it. */
  readonly holders: readonly string[];
  readonly instead: OtherBGP | undefined;
}

function finding({ pool, pools, advertisements, strays, holders, instead }: Silent): Found {
  const { name, namespace = 'metallb-system' } = pool.metadata;
  const others = advertisements.map(advertisementName).toSorted();
  const about = refOf(pool);
  return {
    cause: 'pool-unadvertised',
    severity: holders.length > 0 && instead === undefined ? 'error' : 'warning',
    about,
    affects: holders.map(serviceRef),
    says:
      holders.length > 0
        ? `no advertisement selects pool ${name}, so nobody announces the addresses of ${someOf(holders, 5)}`
        : `no advertisement selects pool ${name}, so its addresses would not be announced`,
    details: [othersText(others, namespace), ...strays, ...insteadLines(instead)],
    because: [
      workedOut(
        about,
        'metallb/internal/config: advertisements',
        `no advertisement selects ${name}`,
      ),
    ],
    doubts: ['something else announces these addresses, such as the BGP of Calico or Cilium'],
    suggests: [...insteadRemedies(instead), ...advertiseRemedies(pool, advertisements, pools)],
  };
}

function othersText(others: readonly string[], namespace: string): string {
  if (others.length === 0) {
    return `there is no L2Advertisement and no BGPAdvertisement in ${namespace}`;
  }
  return others.length === 1
    ? `the only advertisement, ${others[0]}, selects other pools`
    : `every advertisement selects other pools: ${others.join(', ')}`;
}

function holdersIn(usage: PoolUsage | undefined): readonly string[] {
  return [...new Set(usage?.holders.flatMap((holder) => holder.services) ?? [])].toSorted();
}
