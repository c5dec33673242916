import type { Community, ConfigMap, ObjectMeta } from '../facts/kube-objects.ts';
import type { Failed, Reading } from '../facts/reading.ts';
import type { Installation, Readings } from '../facts/snapshot.ts';
import { longestConfiguration } from './parse/config-map.ts';
import {
  asRaw,
  flag,
  number,
  present,
  raws,
  text,
  textMap,
  texts,
  type Raw,
} from './parse/fields.ts';
import { oldPeersIn } from './old-peers.ts';
import { asOfToday, type OldPool } from './old-pools.ts';
import { withAddressPools } from './address-pools.ts';
import { yamlDocuments } from './yaml-documents.ts';

const absent = { state: 'absent' } as const;

/** Kinds that no release before v0.13 knows, and that no text stands for. */
const unknownKinds = {
  addressPools: absent,
  bfdProfiles: absent,
  serviceL2Statuses: absent,
  serviceBGPStatuses: absent,
  configurationStates: absent,
} as const;

/** What releases take that are older than the objects of today: the text of a ConfigMap, or AddressPools. */
export async function withOldConfiguration(
  readings: Readings,
  installations: readonly Installation[],
  isCovered: (namespace: string) => boolean,
): Promise<Readings> {
  const known = await withConfigMap(readings, installations, isCovered);
  return withAddressPools(known, installations);
}

/**
 * Releases before v0.13 take their pools from a ConfigMap (#1473): its pools are read as if they were the objects of
 * today, so that everything said of pools can be said of them. Other releases and other clusters stay as they are.
 * `isCovered` tells of which namespaces all ConfigMaps were read: one that is missing elsewhere may be there all the same.
 */
async function withConfigMap(
  readings: Readings,
  installations: readonly Installation[],
  isCovered: (namespace: string) => boolean,
): Promise<Readings> {
  const [installation] = installations;
  const name = installation?.configMap;
  if (installation === undefined || name === undefined) {
    return readings;
  }
  const place = `ConfigMap ${installation.namespace}/${name}`;
  const { controllerVersion = 'this release' } = installation;
  const content = contentIn(readings.configMaps, { ...installation, configMap: name }, isCovered);
  const kept =
    content.state === 'found'
      ? await poolsFrom(content.text, { place, namespace: installation.namespace, configMap: name })
      : all(
          failed(
            `MetalLB ${controllerVersion} has its pools in ${place}, which was not ${content.state}`,
          ),
        );
  return { ...readings, ...unknownKinds, ...kept };
}

type OldReadings = Pick<
  Readings,
  'ipAddressPools' | 'l2Advertisements' | 'bgpAdvertisements' | 'bgpPeers' | 'communities'
>;
type OldInstallation = Installation & { readonly configMap: string };

type Content =
  | { readonly state: 'found'; readonly text: string }
  | { readonly state: 'read' | 'collected' };

/** The text of the configuration: empty where it is known that there is none, and what was not done otherwise. */
function contentIn(
  configMaps: Reading<ConfigMap>,
  { namespace, configMap }: OldInstallation,
  isCovered: (namespace: string) => boolean,
): Content {
  if (configMaps.state !== 'read') {
    return { state: 'read' };
  }
  const found = configMaps.items.find(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === configMap,
  );
  return found === undefined && !isCovered(namespace)
    ? { state: 'collected' }
    : { state: 'found', text: new Map(Object.entries(found?.data ?? {})).get('config') ?? '' };
}

interface Home {
  readonly place: string;
  readonly namespace: string;
  readonly configMap: string;
}

async function poolsFrom(content: string, home: Home): Promise<OldReadings> {
  const { place } = home;
  if (content.length >= longestConfiguration) {
    return all(failed(`${place} is longer than triage reads, so its pools are not known`));
  }
  try {
    const [document] = await yamlDocuments(content, place);
    return poolsIn(asRaw(document), home);
  } catch (error) {
    return all(failed(error instanceof Error ? error.message : String(error)));
  }
}

function failed(reason: string): Failed {
  return { state: 'failed', reason };
}

function all(reading: Failed): OldReadings {
  return {
    ipAddressPools: reading,
    l2Advertisements: reading,
    bgpAdvertisements: reading,
    bgpPeers: reading,
    communities: reading,
  };
}

function poolsIn(document: Raw, { namespace, configMap }: Home): OldReadings {
  const { pools, l2, bgp } = asOfToday(
    raws(document, 'address-pools').map((raw) => writtenPool(raw, namespace)),
  );
  return {
    ipAddressPools: { state: 'read', items: pools },
    l2Advertisements: { state: 'read', items: l2 },
    bgpAdvertisements: { state: 'read', items: bgp },
    bgpPeers: {
      state: 'read',
      items: oldPeersIn(document, (name) => metadataOf(name, namespace)),
    },
    communities: { state: 'read', items: aliasesIn(document, metadataOf(configMap, namespace)) },
  };
}

function writtenPool(raw: Raw, namespace: string): OldPool {
  return {
    metadata: metadataOf(text(raw, 'name') ?? '', namespace),
    spec: present({
      protocol: text(raw, 'protocol'),
      addresses: texts(raw, 'addresses'),
      autoAssign: flag(raw, 'auto-assign'),
      avoidBuggyIPs: flag(raw, 'avoid-buggy-ips'),
      bgpAdvertisements: raws(raw, 'bgp-advertisements').map((each) =>
        present({
          aggregationLength: number(each, 'aggregation-length'),
          localPref: number(each, 'localpref'),
          communities: texts(each, 'communities'),
        }),
      ),
    }),
  };
}

/** The names of BGP communities, which pools refer to, are together what a Community is today. */
function aliasesIn(document: Raw, metadata: ObjectMeta): readonly Community[] {
  const communities = Object.entries(textMap(document, 'bgp-communities')).map(([name, value]) => ({
    name,
    value,
  }));
  return communities.length === 0 ? [] : [{ kind: 'Community', metadata, spec: { communities } }];
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
