import type { Service } from '../../src/core/facts/kube-objects.ts';
import { aService, type ServiceWords } from '../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../builders/a-snapshot.ts';
import { aBackend, aBackendSlice, aLook, anAgent, aPolicy } from '../builders/backends.ts';
import {
  calicoGlobalPolicy,
  calicoPolicy,
  ciliumClusterwidePolicy,
  ciliumL2Policy,
  ciliumPolicy,
  ciliumPool,
} from '../builders/plugin-policies.ts';
import { aPod, aWorkload } from '../builders/programs.ts';
import { aPool } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';
import { announced, held } from './layer2-scenes.ts';

const subject = 'shop/web';
const ip = '10.0.11.10';

function cluster(agent: string, words: ServiceWords = {}): SnapshotBuilder {
  const ports = [{ protocol: 'TCP', port: 80, targetPort: 8080 }];
  const service: Service = aService(subject, { ip, ports, selector: { app: 'web' }, ...words });
  return aSnapshot()
    .withPool(aPool('lan', '10.0.11.10-10.0.11.19'))
    .withService(service)
    .withSlice(aBackendSlice(subject))
    .with('pods', aPod('controller'), aBackend('shop/web-1'))
    .with('daemonSets', aWorkload('speaker'), anAgent(agent));
}

const calico = cluster('calico-node');
const calicoLocal = cluster('calico-node', { local: true });
const cilium = cluster('cilium');
const ciliumLocal = cluster('cilium', { local: true });
const denyAll = calicoGlobalPolicy('default-deny', {
  namespaceSelector: 'kubernetes.io/metadata.name not in {"kube-system", "metallb-system"}',
  types: ['Ingress'],
});
const allowWeb = calicoPolicy('shop/default.web', {
  tier: 'default',
  order: 10,
  selector: "app == 'web'",
  ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: ['8000:8100'] } }],
});
const everyPod = { endpointSelector: {} };
const onlyPods = {
  endpointSelector: { matchLabels: { app: 'web' } },
  ingress: [{ fromEndpoints: [{ matchLabels: { app: 'ingress' } }] }],
};
const fromWorld = { ...everyPod, ingress: [{ fromEntities: ['world'] }] };

const allowAll = { action: 'Allow' };

const besideCalico = (denying: string) =>
  calico
    .with(
      'pods',
      aPod('controller'),
      aBackend('shop/web-1', { labels: { app: 'web', zone: 'a' } }),
      aBackend('shop/web-2', { ip: '10.244.2.10' }),
    )
    .with('networkPolicies', aPolicy(denying))
    .with(
      'calicoNetworkPolicies',
      calicoPolicy('shop/default.a', { order: 1, selector: "zone == 'a'", ingress: [allowAll] }),
    );

const policyCases: readonly CheckCase[] = [
  {
    check: 'MLB-D21',
    title: 'a GlobalNetworkPolicy denies what no policy allows',
    sick: calico.with('calicoGlobalNetworkPolicies', denyAll),
    healthy: calico
      .with('calicoGlobalNetworkPolicies', denyAll)
      .with('calicoNetworkPolicies', allowWeb),
    subject,
  },
  {
    check: 'MLB-D21',
    title: 'a lower order denies before a NetworkPolicy of Kubernetes allows, and somebody tried',
    sick: calicoLocal
      .with('networkPolicies', aPolicy('shop/all', [{ from: [], ports: [] }]))
      .with(
        'calicoGlobalNetworkPolicies',
        calicoGlobalPolicy('quarantine', {
          order: 5,
          selector: 'has(app)',
          ingress: [{ action: 'Log' }, { action: 'Deny', source: { notNets: ['10.244.0.0/16'] } }],
        }),
      )
      .withSnapshot({
        wire: [
          aLook(ip, { ports: [{ port: 80, protocol: 'TCP', outcome: 'timeout', ms: 3_000 }] }),
        ],
      }),
    healthy: calico.with('networkPolicies', aPolicy('shop/all', [{ from: [], ports: [] }])).with(
      'calicoGlobalNetworkPolicies',
      calicoGlobalPolicy('quarantine', {
        order: 2000,
        selector: 'has(app)',
        ingress: [{ action: 'Deny' }],
      }),
    ),
    subject,
  },
  {
    check: 'MLB-D21',
    title: 'a rule of Calico that names labels may be about a NetworkSet: for information',
    sick: calico.with(
      'calicoNetworkPolicies',
      calicoPolicy('shop/default.web', {
        selector: "app == 'web'",
        ingress: [{ action: 'Allow', source: { selector: "role == 'office'" } }],
      }),
    ),
    healthy: calico.with(
      'calicoNetworkPolicies',
      calicoPolicy('shop/default.web', {
        selector: "app == 'web'",
        ingress: [{ action: 'Allow', source: { nets: ['0.0.0.0/0'] } }],
      }),
    ),
    subject,
  },
  {
    check: 'MLB-D21',
    title: 'Calico lets clients in, and of the nodes none: a warning with their names',
    sick: calico.with(
      'calicoGlobalNetworkPolicies',
      calicoGlobalPolicy('no-nodes', {
        ingress: [{ action: 'Deny', source: { nets: ['10.0.0.0/24', '10.244.0.0/16'] } }, allowAll],
      }),
    ),
    healthy: calicoLocal.with(
      'calicoGlobalNetworkPolicies',
      calicoGlobalPolicy('no-nodes', {
        ingress: [{ action: 'Deny', source: { nets: ['::/0'] } }, allowAll],
      }),
    ),
    subject,
  },
  {
    check: 'MLB-D08',
    title: 'a policy of Calico lies on one of the pods, and the other is let nobody in to',
    sick: besideCalico('shop/deny-all'),
    healthy: besideCalico('other/deny-all'),
    subject,
  },
  {
    check: 'MLB-D21',
    title: 'Cilium lets pods in, and no client is one',
    sick: ciliumLocal.with('ciliumNetworkPolicies', ciliumPolicy('shop/web', onlyPods)),
    healthy: ciliumLocal
      .with('ciliumNetworkPolicies', ciliumPolicy('shop/web', onlyPods))
      .with('ciliumClusterwideNetworkPolicies', ciliumClusterwidePolicy('outside', fromWorld)),
    subject,
  },
  {
    check: 'MLB-D21',
    title: 'the same behind policy Cluster: nodes stand in for clients, a warning',
    sick: cilium.with('ciliumNetworkPolicies', ciliumPolicy('shop/web', onlyPods)),
    healthy: cilium.with(
      'ciliumNetworkPolicies',
      ciliumPolicy('shop/web', onlyPods),
      ciliumPolicy('shop/port', {
        ...everyPod,
        ingress: [{ toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }] }],
      }),
    ),
    subject,
  },
  {
    check: 'MLB-D21',
    title: 'what Cilium denies stays out whatever allows it',
    sick: ciliumLocal.with(
      'ciliumClusterwideNetworkPolicies',
      ciliumClusterwidePolicy('no-outside', {
        endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'shop' } },
        ingress: [{ fromEntities: ['all'] }],
        ingressDeny: [{ fromEntities: ['world'] }],
      }),
    ),
    healthy: ciliumLocal.with(
      'ciliumClusterwideNetworkPolicies',
      ciliumClusterwidePolicy('no-outside', {
        endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'other' } },
        ingressDeny: [{ fromEntities: ['world'] }],
      }),
      ciliumClusterwidePolicy('watch-only', {
        ...everyPod,
        enableDefaultDeny: { ingress: false },
        ingress: [{ fromEntities: ['health'] }],
      }),
    ),
    subject,
  },
];

const announcing = announced.with('daemonSets', aWorkload('speaker'), anAgent('cilium'));

const announcerCases: readonly CheckCase[] = [
  {
    check: 'MLB-L29',
    title: 'Cilium is told to announce all Services, and has the address in a pool',
    sick: announcing
      .with('ciliumL2AnnouncementPolicies', ciliumL2Policy('all', { loadBalancerIPs: true }))
      .with(
        'ciliumLoadBalancerIPPools',
        ciliumPool('lan', '10.0.0.96/27'),
        ciliumPool('else', '10.9.0.0/24'),
      ),
    healthy: announcing.with('services', held({ labels: { team: 'shop' } })).with(
      'ciliumL2AnnouncementPolicies',
      ciliumL2Policy('external', { externalIPs: true }),
      ciliumL2Policy('labelled', {
        loadBalancerIPs: true,
        serviceSelector: { matchLabels: { team: 'web' } },
      }),
      ciliumL2Policy('nowhere', {
        loadBalancerIPs: true,
        nodeSelector: { matchLabels: { role: 'edge' } },
      }),
      ciliumL2Policy('elsewhere', {
        loadBalancerIPs: true,
        serviceSelector: { matchLabels: { 'io.kubernetes.service.namespace': 'other' } },
      }),
    ),
    subject: 'shop/search',
  },
];

/** The kinds of network plugins: their policies, and what announces beside MetalLB. */
export const pluginCases: readonly CheckCase[] = [...policyCases, ...announcerCases];
