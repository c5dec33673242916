import type {
  LabelSelector,
  LabelSelectorRequirement,
  ObjectMeta,
  ServicePort,
} from '../../../src/core/facts/kube-objects.ts';
import type { WorldObject } from '../../../src/core/metallb/world.ts';

/** An object of a recorded case, as plain Kubernetes JSON. */
export interface RawObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly spec?: Record<string, unknown>;
  readonly status?: Record<string, unknown>;
}

/** The recorded object in the shape the tool reasons about. */
export function worldObject(raw: RawObject): WorldObject {
  const metadata = metaOf(raw);
  const spec = raw.spec ?? {};
  switch (raw.kind) {
    case 'Namespace':
      return { kind: 'Namespace', metadata, status: {} };
    case 'Community':
      return { kind: 'Community', metadata, spec: { communities: list(spec['communities']) } };
    case 'IPAddressPool':
      return {
        kind: 'IPAddressPool',
        metadata,
        spec: {
          ...spec,
          addresses: list<string>(spec['addresses']),
          ...(spec['serviceAllocation'] === undefined
            ? {}
            : { serviceAllocation: allocationOf(spec['serviceAllocation'] as object) }),
        },
      };
    case 'Service':
      return serviceOf(metadata, spec, raw.status ?? {});
    default:
      throw new Error(`a case holds a ${raw.kind}`);
  }
}

function serviceOf(
  metadata: ObjectMeta,
  spec: Record<string, unknown>,
  status: Record<string, unknown>,
): WorldObject {
  const loadBalancer = (status['loadBalancer'] ?? {}) as { ingress?: { ip?: string }[] };
  return {
    kind: 'Service',
    metadata,
    spec: {
      type: 'ClusterIP',
      ...spec,
      clusterIPs: list(spec['clusterIPs']),
      externalIPs: [],
      ipFamilies: list(spec['ipFamilies']),
      loadBalancerSourceRanges: [],
      ports: list<ServicePort>(spec['ports']),
    },
    status: { ingress: loadBalancer.ingress ?? [], conditions: [] },
  };
}

function allocationOf(raw: object) {
  const from = raw as Record<string, unknown>;
  return {
    ...raw,
    namespaces: list<string>(from['namespaces']),
    namespaceSelectors: list<object>(from['namespaceSelectors']).map(selectorOf),
    serviceSelectors: list<object>(from['serviceSelectors']).map(selectorOf),
  };
}

function selectorOf(raw: object): LabelSelector {
  const from = raw as Record<string, unknown>;
  return {
    matchLabels: (from['matchLabels'] ?? {}) as Record<string, string>,
    matchExpressions: list<LabelSelectorRequirement>(from['matchExpressions']).map(
      ({ key, operator, values }) => ({ key, operator, values: values ?? [] }),
    ),
  };
}

function metaOf({ metadata }: RawObject): ObjectMeta {
  return {
    name: metadata.name,
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    finalizers: [],
    ownerReferences: [],
    managedFields: [],
  };
}

function list<Item>(value: unknown): readonly Item[] {
  return (value ?? []) as readonly Item[];
}
