import type { ConfigMap } from '../../facts/kube-objects.ts';
import type { Wanted } from '../../facts/ports.ts';
import { itemsIfRead, type Reading } from '../../facts/reading.ts';
import type { FactKinds } from '../../facts/snapshot.ts';
import { kinds } from '../kinds.ts';
import type { ApiClient } from './api-client.ts';
import { listKind } from './list-kind.ts';
import { listInEach, merged } from './scopes.ts';
import { hasNoPool, type Referring } from './worth-a-call.ts';

/** What decides which ConfigMaps are worth a call. */
export type ConfigMapClues = Pick<Referring, 'ipAddressPools' | 'daemonSets'> & {
  readonly l2Advertisements: () => Promise<Reading<FactKinds['l2Advertisements']>>;
  /** The namespaces of MetalLB. */
  readonly home: () => Promise<readonly string[]>;
};

/** The ConfigMaps that are wanted: all that may matter, MetalLB's own, or those that something refers to. */
export async function readConfigMaps(
  client: ApiClient,
  { facts, factsIfSelected }: Wanted,
  clues: ConfigMapClues,
): Promise<Reading<ConfigMap>> {
  const home = await clues.home();
  if (facts.includes('configMaps')) {
    return await withKubeProxy(client, home);
  }
  if (factsIfSelected?.includes('configMaps') !== true) {
    return await listInEach(client, kinds.configMaps, home);
  }
  const isHomeWanted = (await isWithoutPools(clues)) || (await namesInterfaces(clues));
  if (await hidesItsMode(clues)) {
    return await withKubeProxy(client, isHomeWanted ? home : []);
  }
  return isHomeWanted ? await listInEach(client, kinds.configMaps, home) : notNeeded;
}

const notNeeded = {
  state: 'failed',
  reason: 'not read: nothing in this configuration refers to it',
} as const;

/** A release before v0.13 knows no pools of this kind, and keeps its own in a ConfigMap. */
async function isWithoutPools(clues: ConfigMapClues): Promise<boolean> {
  return (await clues.ipAddressPools()).state === 'absent' || (await hasNoPool(clues));
}

/** Then the list of interfaces to leave alone matters. */
async function namesInterfaces({ l2Advertisements }: ConfigMapClues): Promise<boolean> {
  return itemsIfRead(await l2Advertisements()).some(({ spec }) => spec.interfaces.length > 0);
}

/** Where layer 2 announces, the mode of kube-proxy matters: its arguments tell it, or else a ConfigMap. */
async function hidesItsMode({ l2Advertisements, daemonSets }: ConfigMapClues): Promise<boolean> {
  const proxy = itemsIfRead(await daemonSets()).find(
    ({ metadata }) => metadata.namespace === 'kube-system' && metadata.name === 'kube-proxy',
  );
  const words =
    proxy?.spec.template.containers.flatMap(({ command, args }) => [...command, ...args]) ?? [];
  return (
    proxy !== undefined &&
    !words.some((word) => word.startsWith('--proxy-mode')) &&
    itemsIfRead(await l2Advertisements()).length > 0
  );
}

/** ConfigMaps of MetalLB's namespaces, and the one of kube-proxy where there is one. */
async function withKubeProxy(
  client: ApiClient,
  home: readonly string[],
): Promise<Reading<ConfigMap>> {
  if (home.includes('kube-system')) {
    return await listInEach(client, kinds.configMaps, home);
  }
  const kubeProxy = listKind(client, kinds.configMaps, {
    namespace: 'kube-system',
    fieldSelector: 'metadata.name=kube-proxy',
  });
  const installations = await listInEach(client, kinds.configMaps, home);
  const proxy = await kubeProxy;
  if (home.length === 0) {
    return proxy.state === 'read' ? { ...proxy, within: 'kube-system' } : proxy;
  }
  if (proxy.state !== 'read') {
    return installations.state === 'read' && proxy.state === 'forbidden'
      ? { ...installations, within: home, rest: 'denied' as const }
      : installations;
  }
  return installations.state === 'forbidden'
    ? { ...proxy, within: 'kube-system' }
    : merged([installations, proxy]);
}
