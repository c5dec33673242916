import type { Cause } from '../../core/diagnosis/cause.ts';

/** Why there is no configuration where there was one. */
export const lostConfigurationCauses: readonly Cause[] = [
  {
    id: 'configuration-lost',
    title: "MetalLB's whole configuration is gone",
    stage: 'configuration',
    law: 'Whoever deletes a definition (CRD) deletes all its objects; the controller then clears the status of every Service, without an event.',
    looksLike: 'All at once no pool, no advertisement and no address; MetalLB itself runs.',
    why: 'The definitions were deleted and made again: the chart stopped shipping them (crds.enabled), was uninstalled, or GitOps pruned them. The chart does not mark them as to be kept.',
    howToBeSure:
      'The creationTimestamp of the CRD ipaddresspools.metallb.io is newer than the installation.',
    whatToDo:
      'Restore pools and advertisements from Git or a backup. Services that name their address get it back; others may get another one.',
    whatItIsNot: 'Not a single pool that was deleted: then the advertisements are still there.',
    explains: ['no-pool', 'address-outside-pools', 'pool-unadvertised', 'waiting-for-retry'],
  },
  {
    id: 'old-configuration-ignored',
    title: 'The configuration still is of an older version, which nobody reads any more',
    stage: 'configuration',
    law: 'The ConfigMap config is read up to v0.12, AddressPools up to v0.14.1; since then only IPAddressPools count.',
    looksLike:
      'After an upgrade every new Service is pending, without an event; the old configuration is still there and looks right.',
    why: 'The upgrade does not convert it (#1473, #2252); in the chart configInline is refused or ignored.',
    howToBeSure:
      "A ConfigMap config in MetalLB's namespace, or AddressPools, and no IPAddressPool.",
    whatToDo:
      'Write IPAddressPools and an advertisement for each protocol; the container configmaptocrs of MetalLB does it. Without advertisement nothing is announced.',
    whatItIsNot: 'Not a pool in the wrong namespace.',
    explains: [
      'configuration-lost',
      'no-pool',
      'address-outside-pools',
      'requested-address-outside-pools',
      'requested-pool-missing',
      'waiting-for-retry',
    ],
  },
];
