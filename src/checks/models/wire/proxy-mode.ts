import type { ConfigMap } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../../core/facts/reading.ts';

/** How kube-proxy works, as far as its ConfigMap says. */
export interface ProxyMode {
  readonly mode: string;
  readonly strictARP: boolean;
}

/** The mode in kube-proxy's ConfigMap; undefined without one. An empty mode is the usual one, iptables. */
export function proxyModeIn(configMaps: Reading<ConfigMap>): ProxyMode | undefined {
  const own = itemsIfRead(configMaps).find(
    ({ metadata }) => metadata.name === 'kube-proxy' && metadata.namespace === 'kube-system',
  );
  const text = new Map(Object.entries(own?.data ?? {}))
    .get('config.conf')
    ?.replaceAll(commentLine, '');
  return text === undefined
    ? undefined
    : {
        mode: valueOf('mode', text),
        strictARP: valueOf('strictARP', text) === 'true',
      };
}

const commentLine = /^[ \t]*#.*$/gm;

/** Every node's kernel then answers for every address of a Service. */
export function isUnstrict(proxy: ProxyMode | undefined): boolean {
  return proxy?.mode === 'ipvs' && !proxy.strictARP;
}

/** Its mode is known, and is not one in which kernels answer for addresses of Services. */
export function leavesAddressesAlone(proxy: ProxyMode | undefined): boolean {
  return proxy !== undefined && proxy.mode !== 'ipvs';
}

/** The document is written by kubeadm and its like: one key per line, JSON or YAML. */
function valueOf(key: string, text: string): string {
  return (
    new RegExp(`(?:^|[\\s{,])"?${key}"?\\s*:\\s*["']?([^\\s"',}]*)`, 'm').exec(text)?.[1] ?? ''
  );
}
