import { kubectl } from '../causes/situation.ts';
import type { Manifest } from '../causes/manifest.ts';
import { advertisement, backends, web } from './ground.ts';
import { applied, deleted, flowing, silent, told, untilSeen } from './deeds.ts';
import type { MadeCause } from './made-cause.ts';

const onlyOn = (node: string): Manifest =>
  advertisement({ nodeSelectors: [{ matchLabels: { 'kubernetes.io/hostname': node } }] });

/** Lets nobody in whom the backends' own namespace does not know. */
const closed: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'only-own', namespace: 'shop' },
  spec: {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }] }],
  },
};

/** What is wrong behind the address: endpoints, ports, and what lets nobody through. */
export const endpointCauses: readonly MadeCause[] = [
  {
    name: 'the selector of the Service has a typing error',
    everywhere: true,
    cause: 'selector-matches-no-pod',
    link: 'announced',
    says: ['app=wbe', 'shop/web'],
    made: [applied(web({ selector: { app: 'wbe' } }))],
    shown: [silent()],
  },
  {
    name: 'the backends are never ready',
    cause: 'pods-behind-not-ready',
    link: 'announced',
    says: ['shop/web'],
    made: [applied(backends({ readinessProbe: { httpGet: { port: 9999 }, periodSeconds: 1 } }))],
    shown: [
      untilSeen(kubectl('-n shop get pods --no-headers'), /^(\S+ +0\/1 +Running[^\n]*\n){2}$/),
      silent(),
    ],
  },
  {
    name: 'the Service names a port that the backends do not have',
    cause: 'target-port-missing',
    link: 'data-path',
    says: ['web-http', 'shop/web'],
    made: [applied(web({ ports: [{ name: 'http', port: 80, targetPort: 'web-http' }] }))],
    shown: [silent()],
  },
  {
    name: 'the Service sends to a number on which nobody listens',
    cause: 'port-refused',
    link: 'data-path',
    says: ['9090', '8080'],
    probes: true,
    made: [applied(web({ ports: [{ name: 'http', port: 80, targetPort: 9090 }] }))],
    shown: [silent()],
  },
  {
    name: 'the backends are scaled to none',
    cause: 'pods-behind-absent',
    link: 'announced',
    says: ['deployment/web', 'scaled to 0'],
    made: [told(kubectl('-n shop scale deployment/web --replicas=0'))],
    shown: [
      untilSeen(kubectl('-n shop get pods --no-headers'), /^(No resources found.*)?\s*$/),
      silent(),
    ],
  },
  {
    name: 'only a node without backend may announce, and the policy is Local',
    everywhere: true,
    cause: 'local-endpoints-elsewhere',
    link: 'eligible',
    says: ['node1', 'node2', 'node3'],
    made: [applied(onlyOn('node3'), web({ externalTrafficPolicy: 'Local' }))],
    shown: [silent()],
  },
  {
    name: 'a NetworkPolicy lets only the own namespace in',
    cause: 'network-policy-drops-traffic',
    link: 'data-path',
    code: 0,
    says: ['only-own'],
    made: [applied(closed)],
    // Nothing in the test bed carries policies out.
    shown: [untilSeen(kubectl('-n shop get networkpolicies'), /only-own/), flowing()],
    undone: [deleted(closed)],
  },
  {
    name: 'the Service takes clients of another range only',
    cause: 'source-ranges-keep-out',
    link: 'data-path',
    says: ['198.18.0.0/15', '192.0.2.200'],
    probes: true,
    made: [applied(web({ loadBalancerSourceRanges: ['198.18.0.0/15'] }))],
    shown: [silent()],
  },
];
