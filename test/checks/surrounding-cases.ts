import { aSnapshot } from '../builders/a-snapshot.ts';
import { aPod, aWorkload } from '../builders/programs.ts';
import { aService } from '../builders/a-service.ts';
import { aBGPAdvertisement, aNode, anEvent, aPool, home, named } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';

const healthy = aSnapshot().withPool(aPool('lan', '10.4.11.0/28'));
const speakers = ['n1', 'n2', 'n3'].map((node) =>
  aPod('speaker', { name: `speaker-${node}`, node }),
);
const controller = aPod('controller');
const daemonSet = { kind: 'DaemonSet', namespace: home, name: 'speaker' };
const crashed = {
  state: 'terminated',
  exitCode: 1,
  reason: 'Error',
  finishedAt: '2026-03-14T03:11:40Z',
} as const;
const backOff = { state: 'waiting', reason: 'CrashLoopBackOff' } as const;
const creating = { state: 'waiting', reason: 'ContainerCreating' } as const;
const running = { state: 'running', startedAt: '2026-03-10T00:00:00Z' } as const;

const line = (at: string, words: string) =>
  JSON.stringify({ level: 'error', ts: `2026-03-14T03:${at}Z`, error: words });
const timeout = 'Get "https://10.96.0.1:443/api/v1/services": dial tcp 10.96.0.1:443: i/o timeout';
const busy = 'etcdserver: request timed out';

const application = { kind: 'Application', namespace: 'argocd', name: 'metallb' };
const called = (end: string, at = '2026-03-14T03:10:00Z') =>
  anEvent(application, 'OperationCompleted', {
    message: `Sync failed: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": ${end}`,
    at,
  });
const webhookService = aService('metallb-system/metallb-webhook-service', { type: 'ClusterIP' });
const apiService = (family: string) =>
  aService('default/kubernetes', {
    type: 'ClusterIP',
    clusterIPs: ['10.96.0.1'],
    families: [family],
  });

const bundle = {
  name: 'ipaddresspoolvalidationwebhook.metallb.io',
  failurePolicy: 'Fail',
  hasCaBundle: true,
  rules: [{ apiGroups: ['metallb.io'], resources: ['ipaddresspools'] }],
};
const webhookWrittenBy = (...writers: readonly (readonly [string, string])[]) => ({
  kind: 'ValidatingWebhookConfiguration' as const,
  metadata: named('metallb-webhook-configuration', {
    managedFields: writers.map(([manager, time]) => ({ manager, time })),
  }),
  webhooks: [bundle],
});

const template = aWorkload('controller').spec.template;
const chartController = {
  ...aWorkload('controller'),
  spec: {
    ...aWorkload('controller').spec,
    template: {
      ...template,
      containers: template.containers.map((each) => ({
        ...each,
        env: { METALLB_ML_SECRET_NAME: 'lb-gossip' },
      })),
    },
  },
};
const chartSpeaker = {
  ...aWorkload('speaker'),
  spec: {
    ...aWorkload('speaker').spec,
    template: { ...aWorkload('speaker').spec.template, memberlistSecret: 'lb-metallb-memberlist' },
  },
};
const operator = {
  ...aWorkload('controller'),
  metadata: named('metallb-operator-controller-manager', { namespace: home }),
  spec: {
    replicas: 1,
    template: {
      ...aWorkload('controller').spec.template,
      labels: {},
      containers: [
        {
          name: 'manager',
          image: 'quay.io/metallb/metallb-operator:v0.15.3',
          command: [],
          args: [],
          env: {},
          ports: [],
        },
      ],
    },
  },
};
const frrk8s = {
  ...aWorkload('speaker'),
  metadata: named('frr-k8s-daemon', { namespace: home }),
};
const routerLabels = { 'app.kubernetes.io/component': 'frr-k8s' };
const routers = {
  ...frrk8s,
  spec: { ...frrk8s.spec, template: { ...frrk8s.spec.template, labels: routerLabels } },
};
const routerPod = (node: string, state: typeof backOff | typeof running) => {
  const name = `frr-k8s-daemon-${node}`;
  const pod = aPod('speaker', { name, node, restarts: 8, state, lastState: crashed });
  const metadata = { ...pod.metadata, labels: routerLabels };
  const [own] = pod.status.containerStatuses;
  const containerStatuses = own && state.state === 'waiting' ? [{ ...own, name: 'frr' }] : [];
  return { ...pod, metadata, status: { ...pod.status, containerStatuses } };
};
const withBGP = healthy
  .withInstallation({ bgpType: 'frr-k8s' })
  .with('daemonSets', aWorkload('speaker'), routers)
  .with('bgpAdvertisements', aBGPAdvertisement('wan'));
const oldConfig = {
  kind: 'ConfigMap' as const,
  metadata: named('config', { namespace: home }),
  data: { config: 'address-pools:\n- name: default\n' },
};
const tainted = {
  ...aNode('n4', '10.0.0.4'),
  spec: {
    unschedulable: false,
    podCIDRs: [],
    taints: [{ key: 'dedicated', value: 'ingress', effect: 'NoSchedule' }],
  },
};
const deleted = (key: string, at: string) => {
  const service = aService(key, { ip: '10.4.11.3' });
  const metadata = {
    ...service.metadata,
    deletionTimestamp: at,
    finalizers: ['service.kubernetes.io/load-balancer-cleanup'],
  };
  return { ...service, metadata };
};
const metrics = (port: number) =>
  aService('metallb-system/speaker-monitor', {
    type: 'ClusterIP',
    ports: [{ protocol: 'TCP', port, targetPort: port }],
  });
const kustomization = { kind: 'Kustomization', namespace: 'flux-system', name: 'shop' };
const twoServices = ['shop/search', 'shop/tv'].map((key, index) =>
  aService(key, { ip: `10.4.11.${index + 1}` }),
);
const refusedByQuota = (
  about: { readonly kind: string; readonly namespace: string; readonly name: string },
  before: string,
  requested: string,
) =>
  anEvent(about, 'ReconciliationFailed', {
    message: `${before}services "checkout" is forbidden: exceeded quota: tenant, requested: ${requested}, used: ${requested.replace('1', '2')}, limited: ${requested.replace('1', '2')}`,
    at: '2026-03-14T03:05:00Z',
  });
const unseen = aService('shop/checkout', { createdAt: '2026-03-14T03:00:00Z' });
const look = (at: string, key: string, controller = 'ServiceReconciler') =>
  JSON.stringify({ controller, 'start reconcile': key, ts: `2026-03-14T${at}Z` });
const youngPool = {
  ...aPool('dmz', '10.4.12.0/28'),
  metadata: named('dmz', { namespace: home, creationTimestamp: '2026-03-14T03:00:00Z' }),
};
const started = JSON.stringify({
  msg: 'MetalLB controller starting version 0.13.12 (commit x, branch y)',
  ts: '2026-03-14T01:00:00Z',
});
const watchBroke =
  'W0314 02:30:00.100000       1 reflector.go:341] x/informers.go:7: watch of *v1beta1.IPAddressPool ended with: too old resource version: 4711 (4802)';
const with016 = healthy.withInstallation({ controllerVersion: 'v0.16.1' });
const noPools = aSnapshot().with('l2Advertisements');
const frrPod = (state: typeof backOff | typeof running) => {
  const pod = aPod('speaker', { name: 'speaker-n1', ready: state.state === 'running' });
  const [own] = pod.status.containerStatuses;
  const failing = own && {
    ...own,
    name: 'frr-metrics',
    restartCount: 8,
    state,
    lastState: crashed,
  };
  const containerStatuses = own && failing ? [own, failing] : [];
  return { ...pod, status: { ...pod.status, containerStatuses } };
};

/** Checks of what surrounds MetalLB: a sick cluster and its healthy twin. */
export const surroundingCases: readonly CheckCase[] = [
  {
    check: 'MLB-I25',
    title: 'the webhook was called before it was up',
    sick: noPools
      .with('pods', ...speakers, aPod('controller', { ready: false }))
      .withEvent(called('dial tcp 10.96.7.7:443: connect: connection refused')),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I25',
    title: 'no pod stood behind the webhook, and there are pools: a warning',
    sick: healthy.withEvent(called('no endpoints available for service "metallb-webhook-service"')),
    // Somebody could change a pool since.
    healthy: aSnapshot()
      .withPool({
        ...aPool('lan', '10.4.11.0/28'),
        metadata: named('lan', { namespace: home, creationTimestamp: '2026-03-14T03:11:00Z' }),
      })
      .withEvent(called('no endpoints available for service "metallb-webhook-service"')),
    subject: undefined,
  },
  {
    check: 'MLB-I25',
    title: 'the way from the control plane is blocked',
    sick: healthy.withEvent(called('context deadline exceeded')),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I25',
    title: 'the API server has a proxy in its way',
    sick: healthy.withEvent(called('proxyconnect tcp: dial tcp 10.9.9.9:3128: i/o timeout')),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I25',
    title: 'the families differ',
    sick: healthy
      .withService(webhookService, apiService('IPv6'))
      .withEvent(called('dial tcp 10.96.7.7:443: connect: no route to host')),
    healthy: healthy.withService(webhookService, apiService('IPv4')),
    subject: undefined,
  },
  {
    check: 'MLB-I25',
    title: 'the CA does not fit',
    sick: healthy.withEvent(called('x509: certificate signed by unknown authority')),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I25',
    title: 'the certificate has expired',
    sick: healthy.withEvent(called('x509: certificate has expired or is not yet valid')),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I25',
    title: 'the certificate is for another name',
    sick: healthy.withEvent(
      called(
        'x509: certificate is valid for webhook-service.metallb-system.svc, not metallb-webhook-service.metallb-system.svc',
      ),
    ),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I25',
    title: 'what was said fits two reasons, for a Service that waits',
    sick: noPools
      .withService(aService('shop/checkout'))
      .withEvent(called('dial tcp 10.96.7.7:443: connect: connection refused')),
    healthy: healthy.withService(aService('shop/checkout')),
    subject: 'shop/checkout',
  },
  {
    check: 'MLB-I26',
    title: 'the Secret lacks a key',
    sick: healthy.withLog('controller-0', [
      '{"level":"error","ts":"2026-03-14T03:00:00Z","logger":"cert-rotation","msg":"secret is not well-formed, cannot update webhook configurations","error":"Cert secret is not well-formed, missing ca.crt"}',
    ]),
    healthy: healthy.withLog('controller-0', [
      '{"level":"error","ts":"2026-03-14T03:00:00Z","logger":"cert-rotation","msg":"secret is not well-formed, cannot update webhook configurations","error":"Cert secret is not well-formed, missing ca.crt"}',
      '{"level":"info","ts":"2026-03-14T03:00:20Z","logger":"cert-rotation","msg":"Ensuring CA cert"}',
    ]),
    subject: undefined,
  },
  {
    check: 'MLB-I26',
    title: 'the definition has no conversion, and the API server breaks off',
    sick: healthy
      .withInstallation({ controllerVersion: 'v0.13.12' })
      .withLog('controller-0', [
        '{"level":"error","ts":1773457200.5,"logger":"cert-rotation","msg":"Unable to inject cert to webhook.","error":"`conversion.webhook.clientConfig` field not found in CustomResourceDefinition"}',
        '2026/03/14 03:10:00 http: TLS handshake error from 10.0.0.1:39400: remote error: tls: bad certificate',
        '2026/03/14 03:11:00 http: TLS handshake error from 10.0.0.1:39412: remote error: tls: bad certificate',
      ]),
    healthy: healthy.withLog('controller-0', [
      '2026/03/14 00:58:00 http: TLS handshake error from 10.0.0.1:39398: remote error: tls: bad certificate',
      '2026/03/14 03:10:00 http: TLS handshake error from 10.0.0.1:39400: remote error: tls: bad certificate',
      '2026/03/14 03:11:00 http: TLS handshake error from 10.0.0.1:39412: EOF',
    ]),
    subject: undefined,
  },
  {
    check: 'MLB-I27',
    title: 'GitOps and the controller both write',
    sick: healthy.with(
      'validatingWebhooks',
      webhookWrittenBy(
        ['argocd-controller', '2026-03-14T03:10:00Z'],
        ['MetalLB', '2026-03-14T03:10:02Z'],
      ),
    ),
    healthy: healthy.with(
      'validatingWebhooks',
      webhookWrittenBy(
        ['argocd-controller', '2026-01-10T03:10:00Z'],
        ['MetalLB', '2026-03-14T03:10:02Z'],
      ),
    ),
    subject: undefined,
  },
  {
    check: 'MLB-I28',
    title: 'the controller cannot reach the API server, and goes on saying so',
    sick: healthy.withLog('controller-0', [line('10:00', timeout), line('11:00', timeout)]),
    healthy: healthy.withLog('controller-0', [line('01:00', timeout), line('02:00', timeout)]),
    subject: undefined,
  },
  {
    check: 'MLB-I29',
    title: 'a speaker ends on errors of the API server',
    sick: healthy
      .with(
        'pods',
        controller,
        aPod('speaker', {
          name: 'speaker-n1',
          state: backOff,
          lastState: crashed,
          restarts: 5,
        }),
      )
      .withLog('speaker-n1', [line('11:39', busy)], { previous: true }),
    // One line on a quiet log is a hiccup.
    healthy: healthy.withLog('speaker-n1', [line('11:39', busy)]),
    subject: undefined,
  },
  {
    check: 'MLB-I48',
    title: 'Flux cannot make a third LoadBalancer Service',
    sick: healthy
      .withService(...twoServices)
      .withEvent(
        refusedByQuota(
          kustomization,
          'Service/shop/checkout dry-run failed (Forbidden): ',
          'services.loadbalancers=1',
        ),
      ),
    healthy: healthy
      .withService(...twoServices, aService('shop/checkout', { ip: '10.4.11.3' }))
      .withEvent(
        refusedByQuota(
          kustomization,
          'Service/shop/checkout dry-run failed (Forbidden): ',
          'services.loadbalancers=1',
        ),
      ),
    subject: undefined,
  },
  {
    check: 'MLB-I48',
    title: 'a ClusterIP Service may not become a LoadBalancer, and nobody says in which namespace',
    sick: healthy
      .withService(...twoServices, aService('shop/checkout', { type: 'ClusterIP' }))
      .withEvent(
        refusedByQuota(
          application,
          'one or more objects failed to apply, reason: ',
          'services.loadbalancers=1',
        ),
      ),
    healthy: healthy
      .withService(...twoServices, aService('shop/checkout', { type: 'ClusterIP' }))
      .withEvent(
        refusedByQuota(
          application,
          'one or more objects failed to apply, reason: ',
          'services.loadbalancers=1',
        ),
        anEvent(application, 'OperationCompleted', {
          type: 'Normal',
          message: 'Sync operation succeeded',
          at: '2026-03-14T03:11:00Z',
        }),
      ),
    subject: 'shop/checkout',
  },
  {
    check: 'MLB-I48',
    title: 'a quota on all Services may not have hindered a LoadBalancer',
    sick: healthy.withEvent(
      refusedByQuota(
        { kind: 'Tenant', namespace: 'shop', name: 'acme' },
        'cannot reconcile: ',
        'services=1',
      ),
    ),
    healthy: healthy.withEvent(
      anEvent({ kind: 'Tenant', namespace: 'shop', name: 'acme' }, 'Failed', {
        message:
          'pods "x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2',
        at: '2026-03-14T03:05:00Z',
      }),
    ),
    subject: undefined,
  },
  {
    check: 'MLB-I47',
    title: 'a new Service never occurs in a log that reaches back further',
    sick: healthy
      .withService(unseen)
      .withLog('controller-0', [look('02:00:00', 'media/tv')])
      .withSnapshot({ receipt: { calls: 15, lists: 12, logs: 1, bytes: 0, ms: 0 } }),
    healthy: healthy
      .withService(unseen)
      .withLog('controller-0', [
        look('02:00:00', 'media/tv'),
        look('03:00:01', 'shop/checkout'),
        watchBroke,
      ]),
    subject: 'shop/checkout',
  },
  {
    check: 'MLB-I47',
    title: 'a pool was made while nobody listened',
    sick: healthy
      .withPool(youngPool)
      .withInstallation({ controllerVersion: 'v0.13.12' })
      .withLog('controller-0', [started, watchBroke]),
    healthy: healthy
      .withPool(youngPool)
      .withLog('controller-0', [
        started,
        watchBroke,
        look('03:00:01', 'metallb-system/dmz', 'PoolReconciler'),
      ]),
    subject: undefined,
  },
  {
    check: 'MLB-I30',
    title: 'Pod Security refuses the speakers',
    sick: healthy.with('pods', controller).withEvent(
      anEvent(daemonSet, 'FailedCreate', {
        message:
          'Error creating: pods "speaker-x" is forbidden: violates PodSecurity "baseline:latest": host namespaces',
        at: '2026-03-14T03:00:00Z',
      }),
    ),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I30',
    title: 'a quota refuses the controller a Service waits for',
    sick: healthy
      .withService(aService('shop/checkout'))
      .with('pods', ...speakers)
      .withEvent(
        anEvent({ kind: 'ReplicaSet', namespace: home, name: 'controller-7d9f' }, 'FailedCreate', {
          message: 'Error creating: pods is forbidden: exceeded quota: small, requested: pods=1',
          at: '2026-03-14T03:00:00Z',
        }),
      ),
    healthy: healthy.withService(aService('shop/checkout')),
    subject: 'shop/checkout',
  },
  {
    check: 'MLB-I31',
    title: 'a port is taken on one node',
    sick: healthy
      .with(
        'pods',
        controller,
        ...speakers.slice(1),
        aPod('speaker', { name: 'speaker-n1', state: backOff, lastState: crashed, restarts: 5 }),
      )
      .withLog('speaker-n1', [
        line('11:30', 'listen tcp 10.0.0.1:7946: bind: address already in use'),
      ]),
    healthy: healthy.withLog('speaker-n1', [
      line('01:30', 'listen tcp 10.0.0.1:7946: bind: address already in use'),
    ]),
    subject: undefined,
  },
  {
    check: 'MLB-I32',
    title: 'the Secret is not there',
    sick: healthy
      .with('pods', controller, aPod('speaker', { name: 'speaker-n1', state: creating }))
      .withEvent(
        anEvent({ kind: 'Pod', namespace: home, name: 'speaker-n1' }, 'FailedMount', {
          message:
            'MountVolume.SetUp failed for volume "memberlist" : secret "metallb-memberlist" not found',
          at: '2026-03-14T03:11:00Z',
        }),
      )
      .withLog('controller-0', [
        '{"level":"error","ts":"2026-03-14T03:00:00Z","op":"startup","msg":"failed to create memberlist secret","error":"deployments.apps \\"controller\\" not found"}',
      ]),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I32',
    title: 'the Secret that the speakers mount is empty',
    sick: healthy
      .with('daemonSets', chartSpeaker)
      .with(
        'pods',
        controller,
        aPod('speaker', { name: 'speaker-n1', state: creating, lastState: crashed }),
      )
      .withLog('speaker-n1', [
        line('11:20', 'memberlist secret key file is empty'),
        line('11:30', 'memberlist secret key file is empty'),
      ]),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I32',
    title: 'the Secret has the name that the chart was told',
    sick: healthy
      .with('deployments', chartController)
      .with('pods', controller, aPod('speaker', { name: 'speaker-n1', state: creating }))
      .withEvent(
        anEvent({ kind: 'Pod', namespace: home, name: 'speaker-n1' }, 'FailedMount', {
          message:
            'MountVolume.SetUp failed for volume "memberlist" : secret "lb-gossip" not found',
          at: '2026-03-14T03:11:00Z',
        }),
      ),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I33',
    title: 'the speakers may not list a kind',
    sick: healthy
      .with(
        'pods',
        controller,
        aPod('speaker', { name: 'speaker-n1', state: backOff, lastState: crashed }),
      )
      .withLog('speaker-n1', [
        line(
          '11:20',
          'servicebgpstatuses.metallb.io is forbidden: User "system:serviceaccount:metallb-system:speaker" cannot list resource "servicebgpstatuses" in API group "metallb.io" in the namespace "metallb-system"',
        ),
      ]),
    healthy: healthy.withLog('speaker-n1', [
      line(
        '01:20',
        'servicebgpstatuses.metallb.io is forbidden: User "system:serviceaccount:metallb-system:speaker" cannot list resource "servicebgpstatuses" in API group "metallb.io" in the namespace "metallb-system"',
      ),
    ]),
    subject: undefined,
  },
  {
    check: 'MLB-I34',
    title: 'a node has no room',
    sick: healthy.with(
      'pods',
      controller,
      ...speakers.slice(1),
      aPod('speaker', {
        name: 'speaker-n1',
        unscheduled: '0/3 nodes are available: 1 Insufficient cpu.',
      }),
    ),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I35',
    title: 'a taint keeps the speaker away',
    sick: healthy.with(
      'nodes',
      { ...tainted, metadata: named('n4', { labels: { 'kubernetes.io/os': 'linux' } }) },
      aNode('n1'),
      aNode('n2'),
      aNode('n3'),
    ),
    healthy: healthy.with('nodes', aNode('n1'), aNode('n2'), aNode('n3')),
    subject: undefined,
  },
  {
    check: 'MLB-I36',
    title: 'the probes of the controller hang',
    sick: healthy
      .with('pods', ...speakers, aPod('controller', { ready: false, state: running }))
      .withEvent(
        anEvent({ kind: 'Pod', namespace: home, name: 'controller-0' }, 'Unhealthy', {
          message:
            'Readiness probe failed: Get "http://10.244.1.5:7472/metrics": context deadline exceeded',
          at: '2026-03-14T03:12:00Z',
        }),
      ),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I37',
    title: 'the exporter of FRR ends again and again',
    sick: healthy.with('pods', controller, ...speakers.slice(1), frrPod(backOff)),
    healthy: healthy.with('pods', controller, ...speakers.slice(1), {
      ...frrPod(running),
      status: { ...aPod('speaker').status },
    }),
    subject: undefined,
  },
  {
    check: 'MLB-I49',
    title: 'FRR-K8s crashes on one node, and BGP needs it',
    sick: withBGP.with(
      'pods',
      controller,
      ...speakers,
      routerPod('n1', backOff),
      routerPod('n2', running),
    ),
    healthy: withBGP.with('pods', controller, ...speakers, routerPod('n1', running)),
    subject: undefined,
  },
  {
    check: 'MLB-I38',
    title: 'pools and advertisements are gone while Services hold addresses',
    sick: noPools
      .withSnapshot({ metallbDefinedAt: '2026-03-14T02:00:00Z' })
      .with('deployments', {
        ...aWorkload('controller'),
        metadata: named('controller', {
          namespace: home,
          creationTimestamp: '2026-01-01T00:00:00Z',
        }),
      })
      .withService(
        aService('shop/checkout', {
          ip: '10.4.11.3',
          annotations: { 'metallb.io/ip-allocated-from-pool': 'lan' },
        }),
      ),
    healthy: noPools,
    subject: undefined,
  },
  {
    check: 'MLB-I39',
    title: 'the ConfigMap of v0.12 is still there',
    sick: noPools.with('configMaps', oldConfig),
    healthy: noPools,
    subject: undefined,
  },
  {
    check: 'MLB-I40',
    title: 'the operator has made nothing',
    sick: aSnapshot()
      .withSnapshot({ installations: [] })
      .with('deployments', operator)
      .with('daemonSets'),
    healthy: aSnapshot().with('deployments', operator, aWorkload('controller')),
    subject: undefined,
  },
  {
    check: 'MLB-I41',
    title: 'a Service asks where metrics were',
    sick: with016.withService(metrics(7472)),
    healthy: with016.withService(metrics(9120)),
    subject: undefined,
  },
  {
    check: 'MLB-I42',
    title: 'FRR-K8s without BGP',
    sick: with016.with('daemonSets', aWorkload('speaker'), frrk8s),
    healthy: with016,
    subject: undefined,
  },
  {
    check: 'MLB-I43',
    title: 'a definition was not there yet',
    sick: noPools.withEvent(
      anEvent(application, 'OperationCompleted', {
        message: 'Sync failed: no matches for kind "IPAddressPool" in version "metallb.io/v1beta1"',
        at: '2026-03-14T02:00:00Z',
      }),
    ),
    healthy: noPools.withEvent(
      anEvent(application, 'OperationCompleted', {
        message: 'Sync failed: no matches for kind "IPAddressPool" in version "metallb.io/v1beta1"',
        at: '2026-03-14T02:00:00Z',
      }),
      {
        ...anEvent(application, 'Synced', {
          message: 'Sync succeeded',
          at: '2026-03-14T02:10:00Z',
          type: 'Normal',
        }),
      },
    ),
    subject: undefined,
  },
  {
    check: 'MLB-I44',
    title: 'a finalizer holds a Service',
    sick: healthy.withService(deleted('shop/checkout', '2026-03-14T01:12:40Z')),
    healthy: healthy.withService(deleted('shop/checkout', '2026-03-14T03:11:40Z')),
    subject: undefined,
  },
  {
    check: 'MLB-I45',
    title: 'the last writer is somebody else, and no pool could be read',
    sick: aSnapshot()
      .forbidding('ipAddressPools')
      .withService(
        aService('shop/checkout', { ip: '10.9.0.7', writer: 'cilium-operator-generic' }),
      ),
    healthy: aSnapshot()
      .forbidding('ipAddressPools')
      .withService(aService('shop/checkout', { ip: '10.9.0.7', writer: 'controller' })),
    subject: undefined,
  },
  {
    check: 'MLB-I46',
    title: 'the controller waits for the Secret of its webhook',
    sick: healthy.with('pods', ...speakers, aPod('controller', { state: creating })).withEvent(
      anEvent({ kind: 'Pod', namespace: home, name: 'controller-0' }, 'FailedMount', {
        message:
          'MountVolume.SetUp failed for volume "cert" : secret "metallb-webhook-cert" not found',
        at: '2026-03-14T03:11:00Z',
      }),
    ),
    healthy,
    subject: undefined,
  },
];
