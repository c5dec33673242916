import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Endpoint, EndpointSlice, Pod, Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead, namespacesRead } from '../../../core/facts/reading.ts';
import { canServe } from '../../../core/metallb/election/serving.ts';
import { selects } from '../../../core/metallb/selectors.ts';
import { isOver } from '../programs/programs.ts';

/** What tells of the pods behind a Service. */
export type PodFacts = Facts<never, 'pods'>;

/** An endpoint, and the slice that holds it. */
export interface Backend {
  readonly endpoint: Endpoint;
  readonly slice: EndpointSlice;
}

/** The slices of the Service, as kube-proxy and MetalLB find them: by label. */
export function slicesOf(
  { metadata }: Service,
  { endpointSlices }: Facts<'endpointSlices'>,
): readonly EndpointSlice[] {
  return endpointSlices.filter(
    (slice) =>
      slice.metadata.namespace === metadata.namespace &&
      slice.metadata.labels['kubernetes.io/service-name'] === metadata.name,
  );
}

/** Every endpoint of the Service. */
export function backendsOf(service: Service, facts: Facts<'endpointSlices'>): readonly Backend[] {
  return slicesOf(service, facts).flatMap((slice) =>
    slice.endpoints.map((endpoint) => ({ endpoint, slice })),
  );
}

/** Those that can serve. */
export function servingOf(service: Service, facts: Facts<'endpointSlices'>): readonly Backend[] {
  return backendsOf(service, facts).filter(({ endpoint }) => canServe(endpoint));
}

/** Pods of the Service's namespace that have not ended; undefined when they are not known. */
export function podsAround({ metadata }: Service, facts: PodFacts): readonly Pod[] | undefined {
  const { pods, installation } = facts;
  if (pods.state !== 'read') {
    return undefined;
  }
  const namespace = metadata.namespace ?? '';
  const there = pods.items.filter((pod) => pod.metadata.namespace === namespace);
  // a list that does not say how far it reaches holds those of MetalLB, unless it shows others
  const isKnown =
    namespacesRead(pods)?.includes(namespace) ??
    (there.length > 0 || installation?.namespace === namespace);
  return isKnown ? there.filter((pod) => !isOver(pod)) : undefined;
}

/** Pods that the Service's selector takes, those that are being deleted among them; undefined when not known. */
export function podsBehind(service: Service, facts: PodFacts): readonly Pod[] | undefined {
  const { selector } = service.spec;
  return selector === undefined
    ? undefined
    : podsAround(service, facts)?.filter(({ metadata }) =>
        selects({ matchLabels: selector, matchExpressions: [] }, metadata.labels),
      );
}

/** Pods that the selector would take had they not ended: evicted, failed or done; they stay listed and get no traffic. */
export function endedBehind({ metadata, spec }: Service, { pods }: PodFacts): readonly Pod[] {
  const { selector } = spec;
  return selector === undefined
    ? []
    : itemsIfRead(pods).filter(
        (pod) =>
          isOver(pod) &&
          pod.metadata.namespace === metadata.namespace &&
          selects({ matchLabels: selector, matchExpressions: [] }, pod.metadata.labels),
      );
}

/** True while the pod is not being deleted. */
export function stays({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp === undefined;
}
