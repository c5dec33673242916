import type { Cause } from '../../core/diagnosis/cause.ts';

/** What MetalLB could load. */
export const configurationCauses: readonly Cause[] = [
  {
    id: 'config-rejected',
    title: 'MetalLB refuses its whole configuration',
    stage: 'configuration',
    law: 'Everything a program reads is parsed together; one bad object refuses it all and the last good configuration stays in force.',
    looksLike: 'A new pool or a changed range has no effect, while every pod is green.',
    why: 'An address that does not parse, a range that runs backwards, two overlapping pools, a selector with a wrong operator. The webhook would have refused it, so it was off, bypassed, or the object is older. Below v0.14.2 also: pools that leave an address in use without a pool. Speakers refuse for more, because they also read advertisements, BGPPeers and BFDProfiles: an aggregation that does not fit a pool, two peers that one FRR cannot hold, a field that native BGP does not know, a BFDProfile, Secret or community alias that is not there (these the webhook lets pass). Then Services get addresses and nothing new is announced.',
    howToBeSure:
      "ConfigurationState of v0.15.3 and later says Invalid; an error line of the controller's PoolReconciler or of a speaker's ConfigReconciler; triage parses the objects itself.",
    whatToDo:
      'Correct or remove the object that is named; triage validate judges the mended manifests beforehand. Restarting controller or speakers before that makes it worse: then they have no configuration at all.',
    whatItIsNot:
      'Not a stale metric: metallb_k8s_client_config_stale_bool can stay 1 after the fault is mended.',
    explains: ['waiting-for-retry'],
  },
  {
    id: 'no-pool',
    title: 'There is no address pool',
    stage: 'configuration',
    law: 'Addresses come from IPAddressPools in the namespace of MetalLB itself; elsewhere they are not looked at.',
    looksLike: 'Every LoadBalancer Service is pending and there is no event at all.',
    why: 'No pool was ever created, it lies in another namespace, was deleted, or the configuration still is a ConfigMap of v0.12, which is ignored since v0.13.',
    howToBeSure: "kubectl get ipaddresspools -A: nothing in MetalLB's namespace.",
    whatToDo: "Create an IPAddressPool (and an advertisement for it) in MetalLB's namespace.",
    whatItIsNot: 'Not a full pool: that records the event AllocationFailed.',
    explains: ['waiting-for-retry'],
  },
  {
    id: 'pool-refused-for-node-address',
    title: 'v0.15.0 refuses pools because of node addresses',
    stage: 'configuration',
    law: 'v0.15.0 alone checks new pools against the addresses of the nodes, and takes a range for the whole network around it.',
    looksLike:
      'Applying a pool ends with "pool cidr … contains nodeIp …", although the range leaves the node out.',
    why: 'The check was new in v0.15.0, wrong about ranges, and taken back in v0.15.1.',
    howToBeSure: "The controller's image is v0.15.0; its log repeats the refusal.",
    whatToDo:
      'Upgrade to v0.15.1 or later and apply the pool again. Until then write the range as prefixes that leave the node out.',
    whatItIsNot: 'Not a pool with a node address in it: then the refusal was right.',
    explains: [],
  },
];
