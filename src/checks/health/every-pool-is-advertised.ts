import { defineCheck } from '../../core/diagnosis/check.ts';
import type { PoolUsage } from '../../core/metallb/answer.ts';
import { advertisementName, advertisementsOf, selectsPool } from '../models/advertisements.ts';
import { allocationOf } from '../models/allocation.ts';
import { configurationOf, namespacesIfSelected, ownPools } from '../models/configuration.ts';
import { refOf, serviceRef } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';

/** An address is announced only if some advertisement selects its pool; nothing warns when none does. */
export const everyPoolIsAdvertised = defineCheck({
  id: 'MLB-H01',
  asks: 'Does an advertisement select every pool?',
  symptoms: ['health'],
  causes: ['pool-unadvertised'],
  needs: ['services', 'ipAddressPools', 'l2Advertisements', 'bgpAdvertisements'],
  helps: ['namespaces', 'communities'],
  alsoNeeds: namespacesIfSelected,
  skipWhen: (facts) => {
    if (facts.installation === undefined) {
      return 'no MetalLB was found';
    }
    return configurationOf(facts)?.state === 'rejected'
      ? 'MetalLB refuses its pools as they are'
      : undefined;
  },
  run: (facts) => {
    const advertisements = advertisementsOf(facts);
    return ownPools(facts)
      .filter((pool) => !advertisements.some((each) => selectsPool(each, pool)))
      .map((pool) => {
        const { name, namespace = 'metallb-system' } = pool.metadata;
        const usage = allocationOf(facts)?.usages.find((each) => each.pool === name);
        const holders = holdersIn(usage);
        const others = advertisements.map(advertisementName).toSorted();
        return {
          cause: 'pool-unadvertised',
          severity: holders.length > 0 ? ('error' as const) : ('warning' as const),
          about: refOf(pool),
          affects: holders.map(serviceRef),
          says:
            holders.length > 0
              ? `no advertisement selects pool ${name}, so nobody announces the addresses of ${countText(holders)}`
              : `no advertisement selects pool ${name}, so its addresses would not be announced`,
          details: [
            others.length === 0
              ? `there is no L2Advertisement and no BGPAdvertisement in ${namespace}`
              : `the advertisements there are select other pools: ${others.join(', ')}`,
          ],
          because: [
            workedOut(
              refOf(pool),
              'metallb/internal/config: advertisements',
              `no advertisement selects ${name}`,
            ),
          ],
          doubts: ['something else announces these addresses, such as the BGP of Calico or Cilium'],
          suggests: [
            {
              says: `advertise it, or name it in an advertisement there is`,
              command: advertiseCommand(name, namespace),
              mutates: true,
            },
          ],
        };
      });
  },
});

function holdersIn(usage: PoolUsage | undefined): readonly string[] {
  return [...new Set(usage?.holders.flatMap((holder) => holder.services) ?? [])].toSorted();
}

function countText(holders: readonly string[]): string {
  const shown = holders.slice(0, 5).join(', ');
  return holders.length > 5 ? `${shown} and ${holders.length - 5} more` : shown;
}

function advertiseCommand(pool: string, namespace: string): string {
  const manifest = {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'L2Advertisement',
    metadata: { name: pool, namespace },
    spec: { ipAddressPools: [pool] },
  };
  return `echo '${JSON.stringify(manifest)}' | kubectl apply -f -`;
}
