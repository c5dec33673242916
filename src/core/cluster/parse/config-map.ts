import type { ConfigMap } from '../../facts/kube-objects.ts';
import { asRaw, textMap } from './fields.ts';
import { parseMetadata } from './metadata.ts';

/** Long enough for any kube-proxy or FRR configuration. */
const longestValue = 65_536;

/** A ConfigMap as the API prints it, or as a snapshot holds it. */
export function parseConfigMap(value: unknown): ConfigMap {
  const object = asRaw(value);
  return {
    kind: 'ConfigMap',
    metadata: parseMetadata(object),
    data: Object.fromEntries(
      Object.entries(textMap(object, 'data')).map(([key, entry]) => [
        key,
        entry.slice(0, longestValue),
      ]),
    ),
  };
}
