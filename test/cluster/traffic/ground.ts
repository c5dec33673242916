import type { Lab } from '../../testbed/lab.ts';
import { SEGMENT } from '../../testbed/lab-node.ts';
import { l2Advertisement, loadBalancer, namespace, pool } from '../causes/manifest.ts';
import type { Manifest } from '../causes/manifest.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The first address of the pool of the segment: the Service shop/web has it. */
export const LAYER2_ADDRESS = '192.0.2.100';

/** The first address of the pool behind the router: the Service shop/routed has it. */
export const BGP_ADDRESS = '203.0.113.1';

/** The Service in layer 2 that the questions are about. */
export function web(spec: Fields = {}, more: { readonly app?: string } = {}): Manifest {
  return service('web', { asks: { 'address-pool': 'lan' }, spec, app: more.app });
}

/** The Service that is told by BGP. */
export function routed(spec: Fields = {}): Manifest {
  return service('routed', { asks: { 'address-pool': 'routed' }, spec });
}

/** A Service in front of the backends, with every field that a test changes. */
export function service(
  name: string,
  parts: {
    readonly asks: Readonly<Record<string, string>>;
    readonly spec?: Fields;
    readonly app?: string | undefined;
  },
): Manifest {
  return loadBalancer(`shop/${name}`, {
    asks: parts.asks,
    labels: { app: name },
    spec: {
      selector: { app: parts.app ?? 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      externalTrafficPolicy: 'Cluster',
      ...parts.spec,
    },
  });
}

/** The advertisement of the segment's pool. */
export function advertisement(spec: Fields = {}): Manifest {
  return l2Advertisement('lan', { ipAddressPools: ['lan'], ...spec });
}

/** The backends: one on node1, one on node2, none on node3. */
export function backends(container: Fields = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      strategy: { type: 'Recreate' },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 1,
          tolerations: [{ operator: 'Exists' }],
          affinity: { nodeAffinity: onNodes(['node1', 'node2']), podAntiAffinity: oneEach },
          containers: [
            {
              name: 'server',
              image: 'registry.example/web:1.0',
              ports: [{ name: 'http', containerPort: 8080 }],
              readinessProbe: { httpGet: { port: 8080 }, periodSeconds: 1 },
              ...container,
            },
          ],
        },
      },
    },
  };
}

/** The router as MetalLB knows it. */
export function peer(spec: Fields = {}): Manifest {
  return {
    apiVersion: 'metallb.io/v1beta2',
    kind: 'BGPPeer',
    metadata: { name: 'router', namespace: 'metallb-system' },
    spec: { myASN: 64_501, peerASN: 64_500, peerAddress: SEGMENT.router, ...spec },
  };
}

/** What tells the router of a pool. */
export function bgpAdvertisement(name: string, spec: Fields = {}): Manifest {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'BGPAdvertisement',
    metadata: { name, namespace: 'metallb-system' },
    spec: { ipAddressPools: ['routed'], ...spec },
  };
}

const oneEach = {
  requiredDuringSchedulingIgnoredDuringExecution: [
    { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' },
  ],
};

/** Everything that is well when nothing has been broken. */
export const ground: readonly Manifest[] = [
  namespace('shop'),
  pool('lan', '192.0.2.100-192.0.2.109'),
  pool('routed', '203.0.113.1-203.0.113.14'),
  advertisement(),
  peer(),
  bgpAdvertisement('routed'),
  backends(),
  web(),
  routed(),
];

/** The namespace of the node, for what is done past Kubernetes. */
export function namespaceOf(lab: Lab, name: string): string {
  return lab.nodes.find((node) => node.name === name)?.namespace ?? '';
}

function onNodes(names: readonly string[]): Fields {
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: names }];
  return {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
  };
}
