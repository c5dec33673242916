import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { familyName } from '../models/allocation/pool-lines.ts';
import { earlyRefusalCheck } from '../models/allocation/refusals.ts';

/** Requested addresses must be of exactly the families of the cluster IPs. */
export const theRequestedFamilyFits = earlyRefusalCheck({
  id: 'MLB-A14',
  asks: `Is the requested address of the Service's family?`,
  cause: 'requested-family-mismatch',
  reasons: ['requested-family-mismatch'],
  groupOf: () => 'all',
  tell: ({ suspect, reason }) => {
    const { namespace = 'default', name } = suspect.service.metadata;
    const requested = reason.requested.join(', ');
    const wanted = familyName[reason.serviceFamily];
    return {
      says: `it requests ${requested}, but the Service is ${wanted}`,
      many: 'they request addresses of another family than their own',
      details: [
        `requested: ${requested} (${familyName[reason.requestedFamily]})`,
        `cluster IPs: ${suspect.service.spec.clusterIPs.join(', ')} (${wanted})`,
        ...(reason.serviceFamily === 'dual'
          ? ['a dual-stack Service must request one address of each family, in the annotation']
          : []),
      ],
      suggests: [
        {
          says: 'request an address of the same family, or change ipFamilies of the Service',
          command: kubectl`-n ${namespace} edit service ${name}`,
          mutates: true,
        },
      ],
    };
  },
});
