import type { Told } from './case.ts';

/** What the cases of claims are told as. */
export const claimedElsewhereTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-H20 a node lives in a pool': [
    {
      cause: 'node-address-in-pool',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/lan',
      affects: [],
      says: 'pool lan contains the address of node worker-1: MetalLB would hand out what a node uses',
      details: ['10.4.11.15 of pool lan is the address of node worker-1'],
      because: ['derived: 10.4.11.15 of pool lan is the address of node worker-1'],
      against: [],
      commands: ['triage pools lan'],
    },
  ],
  'MLB-H21 a cluster IP and a pod range lie in a pool': [
    {
      cause: 'pool-overlaps-cluster-range',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/lan',
      affects: [],
      says: 'pool lan overlaps the range of cluster IPs (1 of them lies in it) and the pod ranges of 1 node',
      details: [
        '10.4.11.16-10.4.11.19 of pool lan are in the pod range of node worker-1',
        '10.4.11.12 of pool lan is the cluster IP of Service shop/api',
      ],
      because: [
        'derived: 10.4.11.16-10.4.11.19 of pool lan are in the pod range of node worker-1; 10.4.11.12 of pool lan is the cluster IP of Service shop/api',
      ],
      against: [],
      commands: ['triage pools lan'],
    },
  ],
};
