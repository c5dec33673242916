import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';

/** Two cluster IPs ask for two addresses, which are only chosen under a dual-stack policy. */
export const thePolicyFitsTheClusterIPs = refusalCheck({
  id: 'MLB-A10',
  asks: `Does the family policy fit the cluster IPs?`,
  cause: 'policy-contradicts-cluster-ips',
  reasons: ['policy-contradicts-cluster-ips'],
  groupOf: () => 'all',
  tell: ({ suspect, reason }) => {
    const { namespace = 'default', name } = suspect.service.metadata;
    const policy = reason.policy ?? '(not set)';
    return {
      says: `it has two cluster IPs but ipFamilyPolicy ${policy}, and MetalLB then chooses no address`,
      many: `they have two cluster IPs but no dual-stack policy, and MetalLB then chooses no address`,
      details: [
        `clusterIPs: ${suspect.service.spec.clusterIPs.join(', ')}, ipFamilyPolicy: ${policy}`,
      ],
      suggests: [
        {
          says: 'say that two families are wanted',
          command: kubectl`-n ${namespace} patch service ${name} --type=merge -p '{"spec":{"ipFamilyPolicy":"PreferDualStack"}}'`,
          mutates: true,
        },
      ],
    };
  },
});
