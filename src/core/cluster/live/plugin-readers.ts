import type { Reading } from '../../facts/reading.ts';
import type { FactKinds, pluginFacts } from '../../facts/snapshot.ts';
import { kinds, type Kind } from '../kinds.ts';
import type { ApiClient } from './api-client.ts';
import type { Discovered } from './discovery.ts';
import { listKind } from './list-kind.ts';
import { listIn } from './service-scope.ts';

type PluginFact = (typeof pluginFacts)[number];

type PluginReaders = { readonly [K in PluginFact]: () => Promise<Reading<FactKinds[K]>> };

/** Readers for the kinds of network plugins: in the namespace of the Service in question, or in all. */
export function pluginReaders(
  client: ApiClient,
  discovered: Promise<Discovered>,
  namespace: string | undefined,
): PluginReaders {
  const readerOf =
    <K extends PluginFact>(fact: K) =>
    async (): Promise<Reading<FactKinds[K]>> => {
      const kind: Kind<FactKinds[K]> = kinds[fact];
      return await listOfPlugin(client, kind, {
        namespace,
        apiGroups: (await discovered).apiGroups,
      });
    };
  return {
    calicoNetworkPolicies: readerOf('calicoNetworkPolicies'),
    calicoGlobalNetworkPolicies: readerOf('calicoGlobalNetworkPolicies'),
    ciliumNetworkPolicies: readerOf('ciliumNetworkPolicies'),
    ciliumClusterwideNetworkPolicies: readerOf('ciliumClusterwideNetworkPolicies'),
    ciliumLoadBalancerIPPools: readerOf('ciliumLoadBalancerIPPools'),
    ciliumL2AnnouncementPolicies: readerOf('ciliumL2AnnouncementPolicies'),
  };
}

const groupsUnknown = {
  state: 'failed',
  reason: 'not read: which kinds the API server serves is not known',
} as const;

/**
 * Lists a kind of a network plugin, in one namespace or in all. No call is made where nothing of the plugin is served; where
 * the usual place answers that it has no such kind, the next one is asked.
 */
async function listOfPlugin<T>(
  client: ApiClient,
  kind: Kind<T>,
  {
    namespace,
    apiGroups,
  }: { readonly namespace: string | undefined } & Pick<Discovered, 'apiGroups'>,
): Promise<Reading<T>> {
  if (apiGroups === undefined) {
    return groupsUnknown;
  }
  const places = [kind, ...(kind.elsewhere ?? [])].filter(({ group }) => apiGroups.includes(group));
  for (const { group, version } of places) {
    const there = { ...kind, group, version };
    const reading =
      namespace === undefined || !kind.namespaced
        ? await listKind(client, there, {})
        : await listIn(client, there, { namespace });
    if (reading.state !== 'absent') {
      return reading;
    }
  }
  return { state: 'absent' };
}
