import type { ConfigMap } from '../../facts/kube-objects.ts';
import type { Reading } from '../../facts/reading.ts';
import { kinds } from '../kinds.ts';
import type { ApiClient } from './api-client.ts';
import { listKind } from './list-kind.ts';
import { listInEach, merged } from './scopes.ts';

/** ConfigMaps of MetalLB's namespaces, and the one of kube-proxy where there is one. */
export async function readConfigMaps(
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
  if (proxy.state !== 'read') {
    return installations.state === 'read' && proxy.state === 'forbidden'
      ? { ...installations, within: home, rest: 'denied' as const }
      : installations;
  }
  return installations.state === 'forbidden'
    ? { ...proxy, within: 'kube-system' }
    : merged([installations, proxy]);
}
