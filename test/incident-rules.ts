import { BlockList, isIPv6 } from 'node:net';
import type { Incident, Recorded, Variant } from './incident-files.ts';

/** One rule that every recorded cluster keeps: the complaints, none when it holds. */
export type Rule = (recorded: Variant, incident: Incident) => readonly string[];

const familyName = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

const nameOf = ({ kind, metadata }: Recorded): string =>
  `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

/** The objects of one kind. */
export function ofKind(recorded: Variant, kind: string): readonly Recorded[] {
  return recorded.objects.filter((object) => object.kind === kind);
}

/** The addresses in the status of a Service. */
export function addressesOf(service: Recorded): readonly string[] {
  const status = service.status as
    | { loadBalancer?: { ingress?: readonly { ip?: string }[] } }
    | undefined;
  return (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => (ip === undefined ? [] : [ip]));
}

/** Values that stand more than once. */
function twice(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

/** The addresses of a pool, by Node's own arithmetic and not by ours. */
export function addressesIn(pool: Recorded): BlockList {
  const list = new BlockList();
  for (const entry of (pool.spec as { addresses: readonly string[] }).addresses) {
    const [start = '', end] = entry.split('-').map((part) => part.trim());
    if (end === undefined) {
      const [base = '', bits] = start.split('/');
      list.addSubnet(base, Number(bits), familyName(base));
    } else if (familyName(start) === familyName(end) && !reversed(start, end)) {
      list.addRange(start, end, familyName(start));
    }
  }
  return list;
}

const reversed = (start: string, end: string): boolean =>
  Number(start.split('.').at(-1)) > Number(end.split('.').at(-1));

export const uidsAreUnique: Rule = ({ objects }) =>
  twice(objects.map(({ metadata }) => metadata.uid));

export const namesAreUnique: Rule = ({ objects }) => twice(objects.map(nameOf));

export const emptyListsAreEmpty: Rule = ({ objects, emptyKinds }) =>
  emptyKinds.filter((kind) => objects.some((object) => object.kind === kind));

/** References to an object of a kind that the dump holds must find it, by name and uid. */
export const referencesResolve: Rule = ({ objects, kinds }) => {
  const known = new Set(objects.map((object) => `${nameOf(object)} ${object.metadata.uid}`));
  return objects.flatMap((object) => {
    const owners = (object.metadata.ownerReferences ?? []).map((owner) => ({
      ...owner,
      namespace: object.metadata.namespace,
    }));
    const references = object.involvedObject ? [object.involvedObject, ...owners] : owners;
    return references
      .filter(({ kind }) => kinds.has(kind))
      .map(({ kind, namespace, name, uid }) => `${kind} ${namespace ?? ''}/${name} ${uid}`)
      .filter((reference) => !known.has(reference))
      .map((reference) => `${nameOf(object)} refers to ${reference}`);
  });
};

/** Cluster addresses and node ports belong to one Service each. */
export const portsAndClusterAddressesAreUnique: Rule = (recorded) => {
  const specs = ofKind(recorded, 'Service').map(
    ({ spec }) =>
      spec as { clusterIPs?: readonly string[]; ports: readonly { nodePort?: number }[] },
  );
  const ports = specs.flatMap((spec) => spec.ports.flatMap(({ nodePort }) => nodePort ?? []));
  return [...twice(specs.flatMap((spec) => spec.clusterIPs ?? [])), ...twice(ports.map(String))];
};

/** Endpoints stand on nodes of the cluster. */
export const endpointsStandOnNodes: Rule = (recorded) => {
  const nodes = ofKind(recorded, 'Node').map(({ metadata }) => metadata.name);
  return ofKind(recorded, 'EndpointSlice')
    .flatMap(({ endpoints }) => (endpoints ?? []).map(({ nodeName }) => nodeName ?? ''))
    .filter((name) => recorded.kinds.has('Node') && !nodes.includes(name));
};

/** v0.13 reads AddressPools too. */
function poolsRead(recorded: Variant, version: string): readonly Recorded[] {
  const old = version.startsWith('v0.13.') ? ofKind(recorded, 'AddressPool') : [];
  return [...ofKind(recorded, 'IPAddressPool'), ...old];
}

/** The pool that the annotation names owns the addresses of the status. */
export const addressesLieInTheirPool: Rule = (recorded, { version }) =>
  ofKind(recorded, 'Service').flatMap((service) => {
    const annotations = service.metadata.annotations ?? {};
    const named =
      annotations['metallb.io/ip-allocated-from-pool'] ??
      annotations['metallb.universe.tf/ip-allocated-from-pool'];
    const pool = poolsRead(recorded, version).find(({ metadata }) => metadata.name === named);
    const addresses = addressesOf(service);
    if (named === undefined || addresses.length === 0 || !recorded.kinds.has('IPAddressPool')) {
      return [];
    }
    return addresses
      .filter((address) => !pool || !addressesIn(pool).check(address, familyName(address)))
      .map((address) => `${nameOf(service)}: ${address} is not in ${named}`);
  });

/** One address, one Service, unless all of its holders carry the same sharing key. */
export const addressesAreHeldOnce: Rule = (recorded) => {
  const holders = ofKind(recorded, 'Service').flatMap((service) =>
    addressesOf(service).map((address) => ({
      address,
      key:
        service.metadata.annotations?.['metallb.io/allow-shared-ip'] ??
        service.metadata.annotations?.['metallb.universe.tf/allow-shared-ip'] ??
        service.metadata.uid,
    })),
  );
  return holders
    .filter(({ address, key }) =>
      holders.some((other) => other.address === address && other.key !== key),
    )
    .map(({ address }) => address);
};

/** The counters of a pool count the distinct addresses in use. */
export const poolStatusCounts: Rule = (recorded) =>
  ofKind(recorded, 'IPAddressPool').flatMap((pool) => {
    const status = pool.status as { assignedIPv4: number; assignedIPv6: number } | undefined;
    if (status === undefined) {
      return [];
    }
    const held = new Set(ofKind(recorded, 'Service').flatMap(addressesOf));
    const inside = [...held].filter((address) =>
      addressesIn(pool).check(address, familyName(address)),
    );
    const six = inside.filter((address) => isIPv6(address)).length;
    return status.assignedIPv4 === inside.length - six && status.assignedIPv6 === six
      ? []
      : [`${nameOf(pool)} says ${status.assignedIPv4}+${status.assignedIPv6}, ${inside.join(' ')}`];
  });

const timePattern = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;

/** Nothing is newer than the recording, and the newest time is at most a minute older. */
export const timesEndAtTheRecording: Rule = ({ text, kinds, logs }, { at }) => {
  const all = [text, ...logs.flatMap(({ lines }) => lines)].flatMap(
    (part) => part.match(timePattern) ?? [],
  );
  const newest = all.toSorted().at(-1) ?? '';
  const gap = Date.parse(at) - Date.parse(newest);
  const limit = kinds.has('Node') ? 60_000 : 600_000;
  return gap >= 0 && gap <= limit ? [] : [`newest ${newest}, recorded ${at}`];
};

/** Every log belongs to a pod of the dump; its lines are in order and those that open a brace are JSON. */
export const logsFit: Rule = (recorded) => {
  const pods = ofKind(recorded, 'Pod').map(
    ({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`,
  );
  return recorded.logs.flatMap(({ path, lines }) => {
    const times = lines
      .filter((line) => line.startsWith('{'))
      .map((line) => (JSON.parse(line) as { ts: string }).ts);
    const strangers = pods.includes(path.split('/').slice(0, 2).join('/')) ? [] : [path];
    return times.join() === times.toSorted().join()
      ? strangers
      : [...strangers, `${path}: disorder`];
  });
};

/** An event says "address also in use by X" only of an X that holds the address. */
export const neighboursInEventsExist: Rule = (recorded) =>
  ofKind(recorded, 'Event').flatMap(({ message = '' }) => {
    const neighbour = / also in use by (\S+)$/.exec(message)?.[1];
    const holder = ofKind(recorded, 'Service').find(
      ({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}` === neighbour,
    );
    return neighbour === undefined || (holder && addressesOf(holder).length > 0) ? [] : [message];
  });
