import { l2Advertisement, loadBalancer, namespace, pool } from './manifest.ts';
import { failedFor, kubectl } from './situation.ts';
import type { Stage } from './situation.ts';

const asLoadBalancer = { type: 'LoadBalancer', externalTrafficPolicy: 'Cluster' };
const inside = { spec: { type: 'ClusterIP' } };

/** Services that today's API server refuses to be given, but keeps when it finds them. */
const unusable: Stage = {
  name: 'cluster IPs that cannot be used',
  objects: [
    namespace('old'),
    pool('both', ['10.26.0.0/28', '2001:db8:26::/124']),
    l2Advertisement('everything'),
  ],
  holders: [],
  troubled: [loadBalancer('old/none', inside), loadBalancer('old/headless', inside)],
  pastTheServer: new Map([
    ['old/none', { ...asLoadBalancer, clusterIP: undefined, clusterIPs: undefined }],
    ['old/headless', { ...asLoadBalancer, clusterIP: 'None', clusterIPs: ['None'] }],
  ]),
  situations: [
    {
      name: 'a Service has no cluster IP at all, and MetalLB says nothing',
      subject: 'old/none',
      cause: 'no-cluster-ip',
      event: undefined,
      says: ['no usable cluster IP'],
    },
    {
      name: 'a headless Service has been made a load balancer',
      subject: 'old/headless',
      cause: 'no-cluster-ip',
      event: failedFor('old/headless', 'IPFamilyForAddresses: Invalid address ["None"]'),
      says: ['no usable cluster IP', 'None'],
    },
  ],
};

const tooFew: Stage = {
  name: 'a cluster IP where two are needed',
  objects: [
    namespace('half'),
    pool('both', ['10.27.0.0/28', '2001:db8:27::/124']),
    l2Advertisement('everything'),
  ],
  holders: [],
  troubled: [loadBalancer('half/one', inside)],
  pastTheServer: new Map([['half/one', { ...asLoadBalancer, ipFamilyPolicy: 'RequireDualStack' }]]),
  situations: [
    {
      name: 'both families are required of a Service with one cluster IP',
      subject: 'half/one',
      cause: 'too-few-cluster-ips',
      event: undefined,
      says: ['both families', '1 cluster IP'],
      mend: [
        kubectl(
          '-n half patch service one --type=merge -p',
          JSON.stringify({ spec: { ipFamilyPolicy: 'SingleStack' } }),
        ),
      ],
    },
  ],
  // Releases before v0.15 give it both families.
  versions: ['v0.15.3', 'v0.16.1'],
};

/** Services whose cluster IPs MetalLB cannot work with. */
export const clusterIPs: readonly Stage[] = [unusable, tooFew];
