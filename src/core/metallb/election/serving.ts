import type { Endpoint, EndpointSlice, Service } from '../../facts/kube-objects.ts';
import type { ElectionRules } from './election-rules.ts';

/** Where a Service has endpoints that can take traffic. */
export interface Serving {
  /** True when any endpoint can, wherever it is. */
  readonly anywhere: boolean;
  /** Nodes with one of their own; hand-made slices without nodeName are on no node. */
  readonly nodes: ReadonlySet<string>;
}

/** Ready, or not said to be unready, or still serving while it terminates (v0.14.5, #2337). */
export function canServe({ ready, serving }: Endpoint): boolean {
  return ready !== false || serving === true;
}

/** The endpoints as the speakers of a release read them: where they ask for `serving` first, it is what `ready` is to others. */
export function slicesAsRead(
  slices: readonly EndpointSlice[],
  { asksServingFirst }: Pick<ElectionRules, 'asksServingFirst'>,
): readonly EndpointSlice[] {
  return asksServingFirst
    ? slices.map((slice) => ({
        ...slice,
        endpoints: slice.endpoints.map((each) =>
          each.serving === undefined ? each : { ...each, ready: each.serving },
        ),
      }))
    : slices;
}

/** Slices by the Service they belong to, `namespace/name`. */
export function slicesByService(
  slices: readonly EndpointSlice[],
): ReadonlyMap<string, readonly EndpointSlice[]> {
  return Map.groupBy(
    slices,
    ({ metadata }) =>
      `${metadata.namespace ?? ''}/${metadata.labels['kubernetes.io/service-name'] ?? ''}`,
  );
}

/** What layer 2 makes of the endpoints. */
export function servingIn(slices: readonly EndpointSlice[]): Serving {
  const serving = slices.flatMap(({ endpoints }) => endpoints).filter(canServe);
  return { anywhere: serving.length > 0, nodes: nodesOf(serving) };
}

/** What BGP makes of them: an endpoint without an address is none, and before v0.16.0 an address must serve in all its entries. */
export function servingForBGP(
  slices: readonly EndpointSlice[],
  trustsOneEntry: boolean,
): BGPServing {
  const endpoints = slices.flatMap((slice) => slice.endpoints);
  if (trustsOneEntry) {
    const serving = endpoints.filter((each) => canServe(each) && each.addresses.length > 0);
    const nodes = nodesOf(serving);
    return { anywhere: serving.length > 0, on: (node) => nodes.has(node) };
  }
  return {
    anywhere: hasHealthyAddress(endpoints),
    on: (node) => hasHealthyAddress(endpoints.filter(({ nodeName }) => nodeName === node)),
  };
}

/** Asked node by node. */
export interface BGPServing {
  readonly anywhere: boolean;
  readonly on: (node: string) => boolean;
}

function hasHealthyAddress(endpoints: readonly Endpoint[]): boolean {
  const unhealthy = new Set(
    endpoints.filter((each) => !canServe(each)).flatMap(({ addresses }) => addresses),
  );
  return endpoints.some(({ addresses }) => addresses.some((address) => !unhealthy.has(address)));
}

function nodesOf(endpoints: readonly Endpoint[]): ReadonlySet<string> {
  return new Set(endpoints.flatMap(({ nodeName }) => (nodeName === undefined ? [] : [nodeName])));
}

/** True when only nodes with an endpoint of their own may announce it. */
export function isLocal({ spec }: Service): boolean {
  return spec.externalTrafficPolicy === 'Local';
}
