import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { earlyRefusalCheck } from '../models/allocation/refusals.ts';

/** MetalLB learns the family from the cluster IP; a Service without one is passed over without a word. */
export const thereIsAClusterIP = earlyRefusalCheck({
  id: 'MLB-A09',
  asks: 'Has the Service a cluster IP?',
  cause: 'no-cluster-ip',
  reasons: ['no-cluster-ip', 'cluster-ips-unreadable'],
  groupOf: ({ reason }) => reason.kind,
  tell: ({ suspect }) => {
    const { namespace = 'default', name } = suspect.service.metadata;
    const { clusterIP, clusterIPs } = suspect.service.spec;
    return {
      says: 'it has no usable cluster IP, and MetalLB passes over such Services',
      many: 'they have no usable cluster IP, and MetalLB passes over such Services',
      details: [
        `spec.clusterIP: ${clusterIP ?? '(not set)'}, spec.clusterIPs: ${clusterIPs.join(', ') || '(none)'}`,
      ],
      suggests: [
        {
          says: 'create it anew without clusterIP: None; the field cannot be changed in place',
          command: kubectl`-n ${namespace} get service ${name} -o yaml`,
          mutates: false,
        },
      ],
    };
  },
});
