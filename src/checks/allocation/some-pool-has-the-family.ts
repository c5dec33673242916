import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { RefusalCase } from '../models/allocation/refusals.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';
import { familyName, poolLines } from '../models/allocation/pool-lines.ts';

type FamilyCase = RefusalCase<'no-pool-of-family' | 'requested-pool-lacks-family'>;

/** The family of the address follows the cluster IPs; a pool without it is passed over. */
export const somePoolHasTheFamily = refusalCheck({
  id: 'MLB-A06',
  asks: `Has any pool addresses of the Service's family?`,
  cause: 'no-pool-of-family',
  reasons: ['no-pool-of-family', 'requested-pool-lacks-family'],
  groupOf: ({ reason }) => `${reason.kind} ${reason.family}`,
  tell: (found, model, facts) => {
    const { suspect, reason } = found;
    const where = placeOf(found);
    return {
      says: `it needs an ${familyName[reason.family]} address, and ${where}`,
      many: `they need an ${familyName[reason.family]} address, and ${where}`,
      details: [
        `cluster IPs of ${suspect.key}: ${suspect.service.spec.clusterIPs.join(', ')}`,
        ...poolLines(suspect.answer.pools, {
          pools: facts.ipAddressPools,
          usages: model.usages,
          facts,
        }),
      ],
      suggests: [
        {
          says: `add an ${familyName[reason.family]} range to a pool`,
          command: kubectl`-n ${model.namespace} edit ipaddresspools.metallb.io`,
          mutates: true,
        },
        {
          says: 'give the Service another family',
          command: kubectl`-n ${suspect.service.metadata.namespace ?? 'default'} get service ${suspect.service.metadata.name} -o jsonpath={.spec.ipFamilies}`,
          mutates: false,
        },
      ],
    };
  },
});

function placeOf({ reason }: FamilyCase): string {
  return reason.kind === 'requested-pool-lacks-family'
    ? `pool ${reason.pool}, which is asked for, has none`
    : 'no pool that may serve it has one';
}
