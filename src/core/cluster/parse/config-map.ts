import type { ConfigMap } from '../../facts/kube-objects.ts';
import { asRaw, textMap } from './fields.ts';
import { parseMetadata } from './metadata.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Long enough for any kube-proxy or FRR configuration. */
const longestValue = 65_536;

/** No ConfigMap is longer in all: the API server takes 1 MiB. A configuration of MetalLB that is so long was cut. */
export const longestConfiguration = 1_048_576;

/** The entries that say how announcing is set up. Any other ConfigMap may hold whatever an app needs. */
const telling: ReadonlyMap<string, string> = new Map([
  // up to MetalLB v0.12 this was the configuration, passwords of BGP peers in plain text; charts name it otherwise
  ['config', 'config'],
  ['metallb-excludel2', 'excludel2.yaml'],
  ['bgpextras', 'extras'],
  ['kube-proxy', 'config.conf'],
]);

/** A ConfigMap as the API prints it, or as a snapshot holds it; of most nothing but the name is kept. */
export function parseConfigMap(value: unknown): ConfigMap {
  const object = asRaw(value);
  const metadata = parseMetadata(object);
  const wanted = telling.get(metadata.name);
  const entries = Object.entries(textMap(object, 'data')).filter(
    ([key, entry]) => key === wanted || (key === 'config' && /^address-pools:/m.test(entry)),
  );
  return {
    kind: 'ConfigMap',
    metadata,
    data: Object.fromEntries(
      entries.map(([key, entry]) => [
        key,
        withoutSecrets(entry).slice(0, key === 'config' ? longestConfiguration : longestValue),
      ]),
    ),
  };
}
