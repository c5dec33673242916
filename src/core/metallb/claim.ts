import type { Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { ServiceKey } from './answer.ts';
import { annotationOf } from './annotations.ts';
import type { Behaviour } from './versions.ts';

/** What a Service brings to an address: its ports, and on what terms it shares. */
export interface Claim {
  readonly key: ServiceKey;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `TCP/80`, in the order of the spec, each once. */
  readonly ports: readonly string[];
  /** Value of `allow-shared-ip`; empty means it does not share. */
  readonly sharingKey: string;
  /** Empty under externalTrafficPolicy Cluster, else the selector. */
  readonly backendKey: string;
}

/** The claim this Service makes. */
export function claimOf(service: Service, behaviour: Behaviour): Claim {
  const { metadata, spec } = service;
  return {
    key: keyOf(metadata),
    namespace: metadata.namespace ?? '',
    labels: metadata.labels,
    ports: [...new Set(spec.ports.map(({ protocol, port }) => `${protocol}/${port}`))],
    sharingKey: annotationOf(service, 'allow-shared-ip', behaviour) ?? '',
    backendKey: spec.externalTrafficPolicy === 'Local' ? selectorText(spec.selector ?? {}) : '',
  };
}

/** A Local Service without selector has an empty key too, and so shares with Cluster ones (MetalLB quirk). */
function selectorText(selector: Readonly<Record<string, string>>): string {
  return Object.entries(selector)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
