import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aNode, aPool } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';

const lan = aPool('lan', '10.4.11.10-10.4.11.19');
const worker = aNode('worker-1', '192.0.2.7');
const withPods = (range: string) => ({ ...worker, spec: { ...worker.spec, podCIDRs: [range] } });

/** Pools that hold what somebody else uses: a sick cluster and its healthy twin. */
export const claimedElsewhereCases: readonly CheckCase[] = [
  {
    check: 'MLB-H20',
    title: 'a node lives in a pool',
    sick: aSnapshot().withPool(lan).with('nodes', aNode('worker-1', '10.4.11.15')),
    healthy: aSnapshot().withPool(lan).with('nodes', aNode('worker-1', '10.4.11.20')),
    subject: undefined,
  },
  {
    check: 'MLB-H21',
    title: 'a cluster IP and a pod range lie in a pool',
    sick: aSnapshot()
      .withPool(lan)
      .with('nodes', withPods('10.4.11.16/30'))
      .withService(aService('shop/api', { type: 'ClusterIP', clusterIPs: ['10.4.11.12'] })),
    healthy: aSnapshot()
      .withPool(lan)
      .with('nodes', withPods('10.4.11.20/30'))
      .withService(aService('shop/api', { type: 'ClusterIP', clusterIPs: ['10.96.0.12'] })),
    subject: undefined,
  },
];
