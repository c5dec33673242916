import type { Endpoint, Node, ServiceL2Status } from '../../src/core/facts/kube-objects.ts';
import type { ConfigMap } from '../../src/core/facts/kube-objects.ts';
import { aService, type ServiceWords } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aNode, aPool, aSlice, home, named } from '../builders/some-objects.ts';

export const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** The Service that is asked about. */
export const held = (words: ServiceWords = {}) =>
  aService('shop/search', { ip: '10.0.0.100', ...words });

/** An endpoint that is ready. */
export const endpointOn = (nodeName: string, more: Partial<Endpoint> = {}): Endpoint => ({
  addresses: ['10.244.0.7'],
  nodeName,
  ready: true,
  ...more,
});

/** A cluster in which layer 2 announces shop/search; by the hash n1, n2, n3 come in some order. */
export const announced = aSnapshot()
  .withPool(aPool('lan', '10.0.0.100-10.0.0.119'))
  .withService(held())
  .withSlice(aSlice('shop/search', [endpointOn('n2')]));

/** The same without endpoints. */
export const unserved = announced.with('endpointSlices');

/** The same with policy Local and these endpoints. */
export const local = (...endpoints: readonly Endpoint[]) =>
  announced
    .with('services', held({ local: true }))
    .with('endpointSlices', aSlice('shop/search', endpoints));

/** Three nodes, some of them with more than a name and an address. */
export const threeNodes = (more: Readonly<Record<string, (node: Node) => Node>>): readonly Node[] =>
  ['n1', 'n2', 'n3'].map((name, index) => {
    const node = aNode(name, `10.0.0.${index + 1}`);
    return new Map(Object.entries(more)).get(name)?.(node) ?? node;
  });

/** With this condition instead of any other. */
export const withCondition =
  (type: string, status: string) =>
  (node: Node): Node => ({
    ...node,
    status: {
      ...node.status,
      conditions: [
        ...node.status.conditions.filter((each) => each.type !== type),
        { type, status },
      ],
    },
  });

/** With this annotation. */
export const withAnnotation =
  (key: string, value: string) =>
  (node: Node): Node => ({
    ...node,
    metadata: { ...node.metadata, annotations: { [key]: value } },
  });

/** A selector for one label. */
export const labelled = (key: string, value: string) => ({
  matchLabels: { [key]: value },
  matchExpressions: [],
});

/** What the speaker of this node wrote of shop/search. */
export const aStatus = (node: string): ServiceL2Status => ({
  kind: 'ServiceL2Status',
  metadata: named(`l2-${node}`, { namespace: home, creationTimestamp: '2026-03-14T02:00:00Z' }),
  status: { node, serviceName: 'search', serviceNamespace: 'shop', interfaces: [] },
});

/** The settings of kube-proxy. */
export const kubeProxy = (text: string): ConfigMap => ({
  kind: 'ConfigMap',
  metadata: named('kube-proxy', { namespace: 'kube-system' }),
  data: { 'config.conf': text },
});

/** The list of interfaces that speakers leave alone. */
export const excludedInterfaces = (...patterns: readonly string[]): ConfigMap => ({
  kind: 'ConfigMap',
  metadata: named('metallb-excludel2', { namespace: home }),
  data: {
    'excludel2.yaml': [
      'announcedInterfacesToExclude:',
      ...patterns.map((each) => `- ${each}`),
    ].join('\n'),
  },
});

/** A line of a speaker. */
export const said = (words: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ level: 'info', ts: '2026-03-14T02:00:00Z', ...words });
