import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { earlyRefusalCheck } from '../models/allocation/refusals.ts';

/** The annotation and spec.loadBalancerIP exclude each other, even when they agree. */
export const oneRequestOnly = earlyRefusalCheck({
  id: 'MLB-A11',
  asks: 'Is an address requested in one place only?',
  cause: 'both-requests-set',
  reasons: ['both-requests-set'],
  groupOf: () => 'all',
  tell: ({ suspect, reason }) => {
    const { namespace = 'default', name } = suspect.service.metadata;
    return {
      says: 'an address is requested twice, by annotation and by spec.loadBalancerIP, and MetalLB refuses both',
      many: 'an address is requested twice, by annotation and by spec.loadBalancerIP, and MetalLB refuses both',
      details: [`annotation: ${reason.annotation}`, `spec.loadBalancerIP: ${reason.field}`],
      suggests: [
        {
          says: 'keep the annotation and empty the field (also in the chart or manifest it comes from)',
          command: kubectl`-n ${namespace} patch service ${name} --type=json -p '[{"op":"remove","path":"/spec/loadBalancerIP"}]'`,
          mutates: true,
        },
      ],
    };
  },
});
