import { kubectl } from '../causes/situation.ts';
import { advertisement, service } from './ground.ts';
import {
  applied,
  deleted,
  flowing,
  restartedSpeakers,
  silent,
  statusPatched,
  told,
  withController,
  withoutController,
} from './deeds.ts';
import type { MadeCause } from './made-cause.ts';
import type { Scene } from './scene.ts';

const allNodes = ['node1', 'node2', 'node3'];
const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

const manualSlice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: 'manual-1',
    namespace: 'shop',
    labels: { 'kubernetes.io/service-name': 'manual' },
  },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  endpoints: [{ addresses: ['10.244.1.2'], conditions: { ready: true } }],
};

/** What the configuration and the nodes' own properties do to layer 2. */
export const advertisingCauses: readonly MadeCause[] = [
  {
    name: 'the only advertisement of the pool is deleted',
    everywhere: true,
    cause: 'pool-unadvertised',
    link: 'advertised',
    says: ['lan'],
    made: [deleted(advertisement())],
    shown: [silent()],
  },
  {
    name: 'the advertisement selects nodes that are not there',
    cause: 'advertisement-selects-nothing',
    link: 'eligible',
    says: ['lan'],
    made: [applied(advertisement({ nodeSelectors: [{ matchLabels: { rack: 'nine' } }] }))],
    shown: [silent()],
  },
  {
    name: "the advertisement's service selectors leave the Service out",
    cause: 'service-not-selected',
    link: 'advertised',
    says: ['lan', 'shop/web'],
    made: [applied(advertisement({ serviceSelectors: [{ matchLabels: { app: 'shop' } }] }))],
    shown: [silent()],
    versions: ['v0.16.1'],
  },
  {
    name: 'every node has the label that keeps load balancers away',
    everywhere: true,
    cause: 'nodes-excluded-by-label',
    link: 'eligible',
    says: [excludeLabel],
    made: [told(kubectl(`label nodes ${allNodes.join(' ')} ${excludeLabel}=false`))],
    shown: [silent()],
    undone: [told(kubectl(`label nodes ${allNodes.join(' ')} ${excludeLabel}-`))],
  },
  {
    name: 'the network of every node is said to be unavailable',
    cause: 'node-network-unavailable',
    link: 'eligible',
    says: ['NetworkUnavailable'],
    made: [networkUnavailable('True')],
    shown: [silent()],
    undone: [networkUnavailable('False')],
  },
  {
    name: 'every node is cordoned',
    cause: 'cordoned-nodes-silent',
    link: 'eligible',
    says: ['node1', 'node2', 'node3'],
    made: [told(kubectl(`cordon ${allNodes.join(' ')}`))],
    shown: [silent()],
    undone: [told(kubectl(`uncordon ${allNodes.join(' ')}`))],
    versions: ['v0.14.9'],
  },
  {
    name: 'the advertisement names an interface that no node has',
    everywhere: true,
    cause: 'interface-missing',
    link: 'announced',
    says: ['eth9', 'lan'],
    // A speaker that announces already goes on as before (seen with v0.16.1).
    made: [applied(advertisement({ interfaces: ['eth9'] })), restartedSpeakers],
    shown: [silent()],
  },
  {
    name: 'the status names a host beside the address',
    cause: 'status-not-an-address',
    link: 'announced',
    says: ['lb.example.org'],
    made: [withoutController, ingress({ ip: '192.0.2.100' }, { hostname: 'lb.example.org' })],
    shown: [silent()],
    undone: [ingress({ ip: '192.0.2.100' }), withController],
  },
  {
    name: 'the status holds addresses of two pools',
    everywhere: true,
    cause: 'addresses-of-two-pools',
    link: 'eligible',
    says: ['lan', 'routed', '203.0.113.9'],
    made: [withoutController, ingress({ ip: '192.0.2.100' }, { ip: '203.0.113.9' })],
    shown: [silent()],
    undone: [ingress({ ip: '192.0.2.100' }), withController],
  },
  {
    name: 'the status holds an address that no pool has',
    cause: 'address-outside-pools',
    link: 'advertised',
    says: ['192.0.2.77'],
    made: [withoutController, ingress({ ip: '192.0.2.77' })],
    shown: [silent()],
    undone: [ingress({ ip: '192.0.2.100' }), withController],
  },
  {
    name: 'the slices of a Service without selector name no node',
    everywhere: true,
    subject: 'shop/manual',
    cause: 'endpoints-without-node',
    link: 'eligible',
    says: ['shop/manual', 'nodeName'],
    made: [
      applied(
        service('manual', {
          asks: { 'address-pool': 'lan' },
          spec: {
            selector: null,
            ports: [{ name: 'http', port: 80, targetPort: 8080 }],
            externalTrafficPolicy: 'Local',
          },
        }),
        manualSlice,
      ),
    ],
    shown: [
      told(
        kubectl(
          '-n shop wait service/manual --for=jsonpath={.status.loadBalancer.ingress[0].ip} --timeout=180s',
        ),
      ),
      flowing(),
    ],
    undone: [told(kubectl('-n shop delete service/manual endpointslice/manual-1'))],
  },
];

/** Sets the condition on all nodes, beside those that the kubelets write. */
function networkUnavailable(status: 'True' | 'False') {
  return async ({ lab }: Scene): Promise<void> => {
    for (const name of allNodes) {
      const node = await lab.controlPlane.api.get(`/api/v1/nodes/${name}`);
      const told = node?.['status'] as { conditions?: { type: string }[] } | undefined;
      const others = (told?.conditions ?? []).filter(({ type }) => type !== 'NetworkUnavailable');
      const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
      const own = {
        type: 'NetworkUnavailable',
        status,
        reason: status === 'True' ? 'NoRouteCreated' : 'RouteCreated',
        message: 'told by the test',
        lastHeartbeatTime: at,
        lastTransitionTime: at,
      };
      await lab.controlPlane.api.patch(`/api/v1/nodes/${name}/status`, {
        status: { conditions: [...others, own] },
      });
    }
  };
}

/** Writes the status of shop/web as a foreign hand would. */
function ingress(...entries: readonly object[]) {
  return statusPatched('/api/v1/namespaces/shop/services/web', {
    loadBalancer: { ingress: entries },
  });
}
