import { itemsIfRead, type Reading } from '../../facts/reading.ts';
import type { FactKinds, FactName } from '../../facts/snapshot.ts';
import { findInstallations } from '../recognise/find-installations.ts';

type Deciding =
  | 'ipAddressPools'
  | 'addressPools'
  | 'bgpAdvertisements'
  | 'deployments'
  | 'daemonSets';

/** The readers of the kinds that decide whether another is worth a call. */
export type Referring = {
  readonly [K in Deciding]: () => Promise<Reading<FactKinds[K]>>;
};

/**
 * True when something refers to a kind: to namespaces pools that select them by label, to all other such kinds a
 * BGPAdvertisement, and to those of FRR-K8s only speakers that leave BGP to it.
 */
export async function isWorthACall(fact: FactName, referring: Referring): Promise<boolean> {
  if (fact === 'namespaces') {
    return itemsIfRead(await referring.ipAddressPools()).some(
      ({ spec }) => (spec.serviceAllocation?.namespaceSelectors ?? []).length > 0,
    );
  }
  if (fact === 'configMaps') {
    // which of them are is decided where they are read
    return true;
  }
  if (!(await isAdvertisedByBGP(referring))) {
    return false;
  }
  return !ofFRRK8s.includes(fact) || (await mayUseFRRK8s(referring));
}

/** True when anything is to be advertised by BGP. */
async function isAdvertisedByBGP({
  bgpAdvertisements,
  addressPools,
}: Pick<Referring, 'bgpAdvertisements' | 'addressPools'>): Promise<boolean> {
  return (
    itemsIfRead(await bgpAdvertisements()).length > 0 ||
    itemsIfRead(await addressPools()).some(({ spec }) => spec.protocol === 'bgp')
  );
}

/** True when it is known that there is no pool of today's kind; most releases read no other. */
export async function hasNoPool({
  ipAddressPools,
}: Pick<Referring, 'ipAddressPools'>): Promise<boolean> {
  const pools = await ipAddressPools();
  return pools.state === 'read' && pools.items.length === 0;
}

const ofFRRK8s: readonly FactName[] = ['bgpSessionStates', 'frrNodeStates'];

/** False where every speaker that is found speaks BGP otherwise; without one nothing is ruled out. */
async function mayUseFRRK8s({ deployments, daemonSets }: Referring): Promise<boolean> {
  const unread = { state: 'absent' } as const;
  const readings = {
    deployments: await deployments(),
    daemonSets: await daemonSets(),
    pods: unread,
    ipAddressPools: unread,
    validatingWebhooks: unread,
  };
  const speaking = findInstallations({ readings, logs: [] }, undefined).filter(
    ({ speaker }) => speaker !== undefined,
  );
  return speaking.length === 0 || speaking.some(({ bgpType }) => bgpType === 'frr-k8s');
}
