import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { earlyRefusalCheck } from '../models/allocation/refusals.ts';

/** From v0.15.0 a RequireDualStack Service is given nothing before it has two cluster IPs. */
export const theClusterIPsSuffice = earlyRefusalCheck({
  id: 'MLB-A08',
  asks: 'Has a Service that requires two families two cluster IPs?',
  cause: 'too-few-cluster-ips',
  reasons: ['too-few-cluster-ips'],
  groupOf: () => 'all',
  tell: ({ suspect, reason }) => {
    const { namespace = 'default', name } = suspect.service.metadata;
    return {
      says: `it requires both families, but has ${reason.clusterIPs.length} cluster IP`,
      many: `they require both families, but have fewer than two cluster IPs`,
      details: [
        `ipFamilyPolicy: RequireDualStack, clusterIPs: ${reason.clusterIPs.join(', ') || '(none)'}`,
      ],
      suggests: [
        {
          says: 'ask for one family, unless the cluster can be made dual-stack',
          command: kubectl`-n ${namespace} patch service ${name} --type=merge -p '{"spec":{"ipFamilyPolicy":"SingleStack"}}'`,
          mutates: true,
        },
      ],
    };
  },
});
