import type { Cause } from '../../core/diagnosis/cause.ts';

/** What is wrong although every Service may have its address. */
export const healthCauses: readonly Cause[] = [
  {
    id: 'duplicate-address',
    title: 'Two Services hold the same address without sharing it',
    stage: 'health',
    law: 'An address belongs to one Service, or to several that share it by the same key.',
    looksLike: 'Traffic reaches the wrong one, or changes sides after a restart.',
    why: 'Two controllers, a pool that was deleted and created again, or a Service whose cluster IP MetalLB could not parse when it started, so that its address counted as free.',
    howToBeSure: 'Compare the status of all Services.',
    whatToDo:
      'Make the controller look at the younger one again, by any change to it (kubectl -n NAMESPACE annotate service NAME looked-at=now): it clears the address and gives another one.',
    whatItIsNot: 'Not sharing: sharers carry metallb.io/allow-shared-ip.',
    explains: [],
  },
  {
    id: 'address-outside-pools',
    title: 'A Service holds an address that no pool contains',
    stage: 'health',
    law: 'The controller clears an address that no pool contains as soon as it looks at the Service.',
    looksLike:
      'The Service still shows an address; nobody announces it, or it is lost at the next restart.',
    why: 'The pool was changed or removed and the controller has not looked yet, is down, or another controller wrote the address.',
    howToBeSure: 'Compare the address with every range; see who wrote the status.',
    whatToDo: 'Widen the pool before anything restarts the controller, or accept a new address.',
    whatItIsNot: 'Not a Service of another load balancer class.',
    explains: [],
  },
  {
    id: 'memberlist-off',
    title: 'Without memberlist nobody announces in layer 2',
    stage: 'health',
    law: 'Of all live nodes one announces an address of layer 2. Speakers without memberlist count every node as alive; from v0.14.0 until v0.15.0 they count none (#2425).',
    looksLike:
      'Services have addresses, every pod is Ready, and nobody answers ARP or NDP for any address. Addresses announced by BGP work.',
    why: 'Memberlist was switched off (chart: speaker.memberlist.enabled=false), or METALLB_ML_LABELS was taken out of the DaemonSet.',
    howToBeSure:
      'The log of a speaker says "not starting fast dead node detection" when it starts.',
    whatToDo: 'Switch memberlist on again, or go to v0.15.0.',
    whatItIsNot: 'Not the reason for a pending Service: the controller needs no memberlist.',
    explains: ['addresses-announced-by-nobody'],
  },
  {
    id: 'pool-unadvertised',
    title: 'No advertisement selects the pool',
    stage: 'health',
    law: 'An address is announced only if an L2Advertisement or BGPAdvertisement selects its pool; nothing warns when none does.',
    looksLike: 'Services have addresses and nobody answers.',
    why: 'The advertisement was never made, names another pool, or its selector matches no pool.',
    howToBeSure:
      'Compare ipAddressPools and ipAddressPoolSelectors of every advertisement with the pool.',
    whatToDo:
      'If an advertisement still names the pool as it was called before, correct that name: it keeps its nodes and interfaces. Otherwise create one for the pool; one without any selector takes all pools.',
    whatItIsNot: 'Not the reason for a pending Service.',
    explains: [],
  },
  {
    id: 'advertisement-selects-nothing',
    title: 'An advertisement selects nothing',
    stage: 'health',
    law: 'Unknown pool names and selectors without a match are accepted in silence.',
    looksLike: 'The advertisement is there and changes nothing.',
    why: 'A pool or label was renamed, or a typing error.',
    howToBeSure: 'Compare its names and selectors with pools and nodes.',
    whatToDo: 'Correct or remove it.',
    whatItIsNot: 'Harmless by itself as long as another advertisement covers the pool.',
    explains: ['addresses-announced-by-nobody'],
  },
  {
    id: 'pool-nearly-full',
    title: 'A pool is nearly full',
    stage: 'health',
    law: 'A full pool refuses the next Service.',
    looksLike: 'Nothing yet.',
    why: 'Few addresses are left in a pool that serves automatically.',
    howToBeSure: 'Count the holders.',
    whatToDo: 'Free addresses that have no endpoints, or widen the pool, while it is quiet.',
    whatItIsNot: 'Not an outage.',
    explains: [],
  },
];
