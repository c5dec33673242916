import type { BGPAdvertisement, Community, L2Advertisement } from '../../facts/kube-objects.ts';
import { asRaw, inner, number, present, raws, text, texts, type Raw } from './fields.ts';
import { parseLabelSelector, parseLabelSelectors, parseMetadata } from './metadata.ts';

/** An L2Advertisement as the API prints it, or as a snapshot holds it. */
export function parseL2Advertisement(value: unknown): L2Advertisement {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  return {
    kind: 'L2Advertisement',
    metadata: parseMetadata(object),
    spec: {
      ipAddressPools: texts(spec, 'ipAddressPools'),
      ipAddressPoolSelectors: parseLabelSelectors(spec, 'ipAddressPoolSelectors'),
      nodeSelectors: parseLabelSelectors(spec, 'nodeSelectors'),
      serviceSelectors: parseLabelSelectors(spec, 'serviceSelectors'),
      interfaces: texts(spec, 'interfaces'),
      ...preferredNodes(spec),
      ...ownOf(spec),
    },
  };
}

/** Absent in almost all of them: nothing is kept then. */
function preferredNodes(spec: Raw): Pick<L2Advertisement['spec'], 'preferredNodeSelectors'> {
  const entries = raws(spec, 'preferredNodeSelectors').map((entry) => ({
    weight: number(entry, 'weight') ?? 0,
    preference: parseLabelSelector(inner(entry, 'preference')),
  }));
  return entries.length === 0 ? {} : { preferredNodeSelectors: entries };
}

/** Only recordings know it. */
function ownOf(spec: Raw): { readonly addressPool?: string } {
  return present({ addressPool: text(spec, 'addressPool') });
}

/** A BGPAdvertisement as the API prints it, or as a snapshot holds it. */
export function parseBGPAdvertisement(value: unknown): BGPAdvertisement {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  return {
    kind: 'BGPAdvertisement',
    metadata: parseMetadata(object),
    spec: present({
      aggregationLength: number(spec, 'aggregationLength'),
      aggregationLengthV6: number(spec, 'aggregationLengthV6'),
      localPref: number(spec, 'localPref'),
      asPathPrepend: number(spec, 'asPathPrepend'),
      communities: texts(spec, 'communities'),
      ipAddressPools: texts(spec, 'ipAddressPools'),
      ipAddressPoolSelectors: parseLabelSelectors(spec, 'ipAddressPoolSelectors'),
      nodeSelectors: parseLabelSelectors(spec, 'nodeSelectors'),
      serviceSelectors: parseLabelSelectors(spec, 'serviceSelectors'),
      peers: texts(spec, 'peers'),
      ...ownOf(spec),
    }),
  };
}

/** A Community as the API prints it, or as a snapshot holds it. */
export function parseCommunity(value: unknown): Community {
  const object = asRaw(value);
  return {
    kind: 'Community',
    metadata: parseMetadata(object),
    spec: {
      communities: raws(inner(object, 'spec'), 'communities').map((community) => ({
        name: text(community, 'name') ?? '',
        value: text(community, 'value') ?? '',
      })),
    },
  };
}
