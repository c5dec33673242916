import type {
  BGPAdvertisement,
  ConfigMap,
  IPAddressPool,
  L2Advertisement,
  ObjectMeta,
} from '../facts/kube-objects.ts';
import type { Failed, Reading } from '../facts/reading.ts';
import type { Installation, Readings } from '../facts/snapshot.ts';
import { asRaw, flag, number, present, raws, text, texts, type Raw } from './parse/fields.ts';
import { yamlDocuments } from './yaml-documents.ts';

const absent = { state: 'absent' } as const;

/** Kinds that no release before v0.13 knows, and that no text stands for. */
const unknownKinds = {
  bgpPeers: absent,
  bfdProfiles: absent,
  communities: absent,
  serviceL2Statuses: absent,
  serviceBGPStatuses: absent,
  configurationStates: absent,
} as const;

/**
 * Releases before v0.13 take their pools from a ConfigMap (#1473): its pools are read as if they were the objects of
 * today, so that everything said of pools can be said of them. Other releases and other clusters stay as they are.
 */
export async function withOldConfiguration(
  readings: Readings,
  installations: readonly Installation[],
): Promise<Readings> {
  const [installation] = installations;
  const name = installation?.configMap;
  if (installation === undefined || name === undefined) {
    return readings;
  }
  const kept = await poolsOf(readings.configMaps, { ...installation, configMap: name });
  return { ...readings, ...unknownKinds, ...kept };
}

type OldReadings = Pick<Readings, 'ipAddressPools' | 'l2Advertisements' | 'bgpAdvertisements'>;
type OldInstallation = Installation & { readonly configMap: string };

async function poolsOf(
  configMaps: Reading<ConfigMap>,
  { namespace, configMap, controllerVersion = 'this release' }: OldInstallation,
): Promise<OldReadings> {
  const place = `ConfigMap ${namespace}/${configMap}`;
  if (configMaps.state !== 'read') {
    return all(
      failed(`MetalLB ${controllerVersion} has its pools in ${place}, which was not read`),
    );
  }
  const found = configMaps.items.find(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === configMap,
  );
  const content = new Map(Object.entries(found?.data ?? {})).get('config') ?? '';
  try {
    const [document] = await yamlDocuments(content, place);
    return poolsIn(asRaw(document), namespace);
  } catch (error) {
    return all(failed(error instanceof Error ? error.message : String(error)));
  }
}

function failed(reason: string): Failed {
  return { state: 'failed', reason };
}

function all(reading: Failed): OldReadings {
  return { ipAddressPools: reading, l2Advertisements: reading, bgpAdvertisements: reading };
}

function poolsIn(document: Raw, namespace: string): OldReadings {
  const entries = raws(document, 'address-pools').map((raw) => ({
    raw,
    metadata: metadataOf(text(raw, 'name') ?? '', namespace),
  }));
  const isOfBGP = ({ raw }: { readonly raw: Raw }): boolean => text(raw, 'protocol') === 'bgp';
  return {
    ipAddressPools: { state: 'read', items: entries.map(poolOf) },
    l2Advertisements: {
      state: 'read',
      items: entries.filter((each) => !isOfBGP(each)).map(layer2Of),
    },
    bgpAdvertisements: { state: 'read', items: entries.filter(isOfBGP).flatMap(bgpOf) },
  };
}

interface Entry {
  readonly raw: Raw;
  readonly metadata: ObjectMeta;
}

function metadataOf(name: string, namespace: string): ObjectMeta {
  return {
    name,
    namespace,
    labels: {},
    annotations: {},
    finalizers: [],
    ownerReferences: [],
    managedFields: [],
  };
}

function poolOf({ raw, metadata }: Entry): IPAddressPool {
  return {
    kind: 'IPAddressPool',
    metadata,
    spec: present({
      addresses: texts(raw, 'addresses'),
      autoAssign: flag(raw, 'auto-assign'),
      avoidBuggyIPs: flag(raw, 'avoid-buggy-ips'),
    }),
  };
}

const everyNode = { ipAddressPoolSelectors: [], nodeSelectors: [], serviceSelectors: [] } as const;

function layer2Of({ metadata }: Entry): L2Advertisement {
  return {
    kind: 'L2Advertisement',
    metadata,
    spec: { ...everyNode, ipAddressPools: [metadata.name], interfaces: [] },
  };
}

/** A pool without `bgp-advertisements` is announced as it is. */
function bgpOf({ raw, metadata }: Entry): readonly BGPAdvertisement[] {
  const written = raws(raw, 'bgp-advertisements');
  return (written.length === 0 ? [{}] : written).map((each, index) => ({
    kind: 'BGPAdvertisement' as const,
    metadata: { ...metadata, name: index === 0 ? metadata.name : `${metadata.name}-${index + 1}` },
    spec: present({
      ...everyNode,
      ipAddressPools: [metadata.name],
      aggregationLength: number(each, 'aggregation-length'),
      localPref: number(each, 'localpref'),
      communities: texts(each, 'communities'),
      peers: [],
    }),
  }));
}
