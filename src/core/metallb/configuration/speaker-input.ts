import type {
  BFDProfile,
  BGPAdvertisement,
  BGPPeer,
  Community,
  IPAddressPool,
  L2Advertisement,
  Namespace,
  Node,
} from '../../facts/kube-objects.ts';

/** What is known of a Secret that a BGPPeer names. */
export interface PeerSecret {
  readonly type: string;
  readonly hasPassword: boolean;
}

/** Everything a speaker makes its configuration of. Objects outside `namespace` are left out as MetalLB does. */
export interface SpeakerInput {
  readonly pools: readonly IPAddressPool[];
  readonly l2Advertisements: readonly L2Advertisement[];
  readonly bgpAdvertisements: readonly BGPAdvertisement[];
  readonly bgpPeers: readonly BGPPeer[];
  readonly bfdProfiles: readonly BFDProfile[];
  readonly communities: readonly Community[];
  readonly namespaces: readonly Namespace[];
  readonly nodes: readonly Node[];
  /** By name, in MetalLB's namespace; undefined when Secrets were not looked at, and then none is missed. */
  readonly secrets: ReadonlyMap<string, PeerSecret> | undefined;
  /** MetalLB's own namespace. */
  readonly namespace: string;
  /** `v0.15.3`; undefined is taken for the newest known. */
  readonly version: string | undefined;
  /** `METALLB_BGP_TYPE`; MetalLB takes undefined for `native`. */
  readonly bgpType: string | undefined;
}

/** The same, without what lives in other namespaces, each list by name. */
export function ownObjects(input: SpeakerInput): SpeakerInput {
  return {
    ...input,
    pools: ownOf(input.pools, input.namespace),
    l2Advertisements: ownOf(input.l2Advertisements, input.namespace),
    bgpAdvertisements: ownOf(input.bgpAdvertisements, input.namespace),
    bgpPeers: ownOf(input.bgpPeers, input.namespace),
    bfdProfiles: ownOf(input.bfdProfiles, input.namespace),
    communities: ownOf(input.communities, input.namespace),
  };
}

function ownOf<Kind extends { readonly metadata: { name: string; namespace?: string } }>(
  objects: readonly Kind[],
  namespace: string,
): readonly Kind[] {
  return objects
    .filter(({ metadata }) => metadata.namespace === namespace)
    .toSorted((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
}
