import type {
  Condition,
  ConfigMap,
  EndpointSlice,
  KubeObject,
  Node,
  Pod,
  Service,
  ServiceBGPStatus,
  ServiceL2Status,
  Workload,
} from '../../facts/kube-objects.ts';
import type { ObjectRef } from '../../facts/object-ref.ts';
import type { FactKinds, FactName } from '../../facts/snapshot.ts';
import { deprecatedPrefix, newPrefix } from '../../metallb/annotations.ts';
import { fieldsOf, together, type Fields } from './fields.ts';

/** One thing to compare: most often an object, sometimes several that mean one thing together. */
export interface View {
  readonly about: ObjectRef;
  readonly fields: Fields;
}

/** Every kind that is compared field by field; events have a course of their own. */
export type ComparedFact = Exclude<FactName, 'events'>;

type Viewers = {
  readonly [K in ComparedFact]: (items: readonly FactKinds[K][]) => readonly View[];
};

/** What of each kind can matter to an address: no timestamps, no counters, nobody else's annotations. */
export const viewers: Viewers = {
  services: (items) => items.map(viewOfService),
  endpointSlices: viewsOfEndpoints,
  nodes: (items) => items.map(viewOfNode),
  namespaces: (items) =>
    items.map((item) => view(item, labelsOf(item), fieldsOf('status', item.status))),
  pods: (items) => items.map(viewOfPod),
  deployments: (items) => items.map(viewOfWorkload),
  daemonSets: (items) => items.map(viewOfWorkload),
  ipAddressPools: (items) => configured(items.filter(({ spec }) => spec.protocol === undefined)),
  addressPools: configured,
  l2Advertisements: (items) =>
    configured(items.filter(({ spec }) => spec.addressPool === undefined)),
  bgpAdvertisements: (items) =>
    configured(items.filter(({ spec }) => spec.addressPool === undefined)),
  bgpPeers: configured,
  bfdProfiles: configured,
  communities: configured,
  serviceL2Statuses: viewsOfAnnouncers,
  serviceBGPStatuses: viewsOfRoutes,
  configurationStates: (items) =>
    items.map((item) =>
      view(
        item,
        fieldsOf('status', { result: item.status.result, error: item.status.errorSummary }),
        conditionsOf(item.status.conditions),
      ),
    ),
  validatingWebhooks: (items) =>
    items.map((item) => view(item, fieldsOf('webhooks', item.webhooks))),
  configMaps: (items) =>
    items.filter(isOurs).map((item) => view(item, fieldsOf('data', item.data))),
  networkPolicies: specified,
  bgpSessionStates: (items) => items.map((item) => view(item, fieldsOf('status', item.status))),
  frrNodeStates: (items) => items.map((item) => view(item, fieldsOf('status', item.status))),
  calicoNetworkPolicies: specified,
  calicoGlobalNetworkPolicies: specified,
  ciliumNetworkPolicies: (items) => items.map((item) => view(item, fieldsOf('specs', item.specs))),
  ciliumClusterwideNetworkPolicies: (items) =>
    items.map((item) => view(item, fieldsOf('specs', item.specs))),
  ciliumLoadBalancerIPPools: specified,
  ciliumL2AnnouncementPolicies: specified,
};

function specified(items: readonly (KubeObject & { readonly spec: object })[]): readonly View[] {
  return items.map((item) => view(item, fieldsOf('spec', item.spec)));
}

function view({ kind, metadata }: KubeObject, ...fields: readonly Fields[]): View {
  const { name, namespace, deletionTimestamp } = metadata;
  return {
    about: namespace === undefined ? { kind, name } : { kind, namespace, name },
    fields: together(...fields, fieldsOf('metadata.deletionTimestamp', deletionTimestamp)),
  };
}

function labelsOf({ metadata }: KubeObject): Fields {
  return fieldsOf('metadata.labels', metadata.labels);
}

function conditionsOf(conditions: readonly Condition[]): Fields {
  return new Map(conditions.map(({ type, status }) => [`status.conditions.${type}`, status]));
}

/** Labels choose pools and nodes; everything in the spec is configuration. What an AddressPool stands for is told by it. */
function configured(items: readonly (KubeObject & { readonly spec: object })[]): readonly View[] {
  return items.map((item) => view(item, labelsOf(item), fieldsOf('spec', item.spec)));
}

function viewOfService(service: Service): View {
  const { annotations } = service.metadata;
  const read = Object.entries(annotations).filter(
    ([key]) => key.startsWith(newPrefix) || key.startsWith(deprecatedPrefix),
  );
  const { ingress, conditions } = service.status;
  return view(
    service,
    fieldsOf('spec', service.spec),
    labelsOf(service),
    new Map(read.map(([key, value]) => [`metadata.annotations.${key}`, value])),
    fieldsOf(
      'status.addresses',
      ingress.map(({ ip, hostname }) => ip ?? hostname ?? ''),
    ),
    conditionsOf(conditions),
  );
}

function viewOfNode(node: Node): View {
  const { spec, status } = node;
  return view(
    node,
    labelsOf(node),
    fieldsOf('spec', { unschedulable: spec.unschedulable, podCIDRs: spec.podCIDRs }),
    fieldsOf('spec.taints', spec.taints.map(({ key, effect }) => `${key}:${effect}`).toSorted()),
    fieldsOf('status', { addresses: status.addresses, kubeletVersion: status.kubeletVersion }),
    conditionsOf(status.conditions),
  );
}

function viewOfPod(pod: Pod): View {
  const { ownerReferences } = pod.metadata;
  const set = ownerReferences.find(({ kind }) => kind === 'DaemonSet');
  const { nodeName } = pod.spec;
  const whole = view(
    pod,
    fieldsOf('spec', { nodeName, images: pod.spec.containers.map(({ image }) => image) }),
    fieldsOf('status.phase', pod.status.phase),
    ...pod.status.containerStatuses.map(({ name, ready, restartCount, state }) =>
      fieldsOf(`status.${name}`, {
        ready,
        restarts: restartCount,
        state: state.state,
        reason: state.reason,
      }),
    ),
  );
  // the pods of a DaemonSet replace each other under new names: the node tells which
  return set === undefined || nodeName === undefined
    ? whole
    : { ...whole, about: { ...whole.about, name: `${set.name} on ${nodeName}` } };
}

function viewOfWorkload(workload: Workload): View {
  const { spec, status } = workload;
  const { containers, nodeSelector, tolerations } = spec.template;
  return view(
    workload,
    fieldsOf('spec', {
      replicas: spec.replicas,
      strategy: spec.strategy,
      nodeSelector,
      tolerations,
    }),
    ...containers.map(({ name, image, args, env }) =>
      fieldsOf(`spec.${name}`, { image, args, env }),
    ),
    fieldsOf('status', { desired: status.desired, ready: status.ready }),
  );
}

/** Slices are cut anew all the time; what counts is which endpoints of a Service can be used. */
function viewsOfEndpoints(slices: readonly EndpointSlice[]): readonly View[] {
  const byService = grouped(slices, ({ metadata }) => ({
    namespace: metadata.namespace ?? '',
    name: metadata.labels['kubernetes.io/service-name'] ?? metadata.name,
  }));
  return byService.map(([{ namespace, name }, own]) => {
    const all = own.flatMap(({ endpoints }) => endpoints);
    const placed = (wanted: boolean) =>
      all
        .filter((each) => wanted === ((each.ready ?? true) || each.serving === true))
        .map(({ addresses, nodeName }) => `${addresses.join(' ')} on ${nodeName ?? '(no node)'}`)
        .toSorted();
    return {
      about: { kind: 'Endpoints', namespace, name },
      fields: together(fieldsOf('usable', placed(true)), fieldsOf('not usable', placed(false))),
    };
  });
}

function viewsOfAnnouncers(statuses: readonly ServiceL2Status[]): readonly View[] {
  return grouped(statuses, ofService).map(([{ namespace, name }, own]) => ({
    about: { kind: 'ServiceL2Status', namespace, name },
    fields: fieldsOf(
      'announced by',
      [...new Set(own.map(({ status }) => status.node ?? ''))].toSorted(),
    ),
  }));
}

function viewsOfRoutes(statuses: readonly ServiceBGPStatus[]): readonly View[] {
  return grouped(statuses, ofService).map(([{ namespace, name }, own]) => ({
    about: { kind: 'ServiceBGPStatus', namespace, name },
    fields: new Map(
      own.map(({ status }) => [
        `peers of ${status.node ?? ''}`,
        status.peers.toSorted().join(', '),
      ]),
    ),
  }));
}

interface Key {
  readonly namespace: string;
  readonly name: string;
}

function ofService({ status }: ServiceL2Status | ServiceBGPStatus): Key {
  return { namespace: status.serviceNamespace ?? '', name: status.serviceName ?? '' };
}

function grouped<T>(
  items: readonly T[],
  keyOf: (item: T) => Key,
): readonly (readonly [Key, readonly T[]])[] {
  const groups = new Map<string, { readonly key: Key; readonly own: T[] }>();
  for (const item of items) {
    const key = keyOf(item);
    const id = `${key.namespace}/${key.name}`;
    const group = groups.get(id) ?? { key, own: [] };
    groups.set(id, group);
    group.own.push(item);
  }
  return [...groups.values()].map(({ key, own }) => [key, own]);
}

/** The certificate that Kubernetes puts into every namespace says nothing of MetalLB. */
function isOurs({ metadata }: ConfigMap): boolean {
  return metadata.name !== 'kube-root-ca.crt';
}
