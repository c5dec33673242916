import { aSnapshot } from '../builders/a-snapshot.ts';
import { aPod, aWorkload } from '../builders/programs.ts';
import { aService } from '../builders/a-service.ts';
import { aPool, anEvent, home, named } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';

const healthy = aSnapshot();
const key = 'shop/checkout';
const waiting = aSnapshot().withPool(aPool('lan', '10.4.11.10/31')).withService(aService(key));
const speakers = ['n1', 'n2', 'n3'].map((node) =>
  aPod('speaker', { name: `speaker-${node}`, node }),
);
const controller = aPod('controller');
const crashed = {
  state: 'terminated',
  exitCode: 1,
  reason: 'Error',
  finishedAt: '2026-03-14T03:09:40Z',
} as const;
const backOff = { state: 'waiting', reason: 'CrashLoopBackOff' } as const;
const noImage = {
  state: 'waiting',
  reason: 'ImagePullBackOff',
  message: 'Back-off pulling image: not found',
} as const;
const creating = { state: 'waiting', reason: 'ContainerCreating' } as const;
const offline =
  '{"level":"error","error":"Get \\"https://10.96.0.1:443/api?timeout=32s\\": dial tcp 10.96.0.1:443: i/o timeout"}';
const account = 'system:serviceaccount:metallb-system:controller';
const denied = `{"level":"error","ts":"2026-03-14T03:12:00Z","error":"failed to list *v1beta1.IPAddressPool: ipaddresspools.metallb.io is forbidden: User \\"${account}\\" cannot list resource \\"ipaddresspools\\" in API group \\"metallb.io\\" in the namespace \\"metallb-system\\""}`;
const refusedWrite = `{"level":"error","ts":"2026-03-14T03:12:00Z","op":"updateServiceStatus","msg":"failed to update service","error":"admission webhook \\"policy.example.net\\" denied the request: no"}`;
const itsName = `{"level":"error","ts":"2026-03-14T03:12:00Z","controller":"ServiceReconciler","event":"failed to handle service","name":"shop/checkout"}`;

/** Checks of the installation: a sick cluster and its healthy twin. */
export const installationCases: readonly CheckCase[] = [
  {
    check: 'MLB-I01',
    title: 'no MetalLB at all',
    sick: aSnapshot()
      .withSnapshot({ installations: [] })
      .with('deployments')
      .with('daemonSets')
      .withReading('ipAddressPools', { state: 'absent' }),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I02',
    title: 'the controller is scaled to zero',
    sick: aSnapshot()
      .with('deployments', aWorkload('controller', { replicas: 0 }))
      .with('pods', ...speakers),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I02',
    title: 'there is no controller Deployment',
    sick: aSnapshot()
      .with('deployments')
      .with('pods', ...speakers),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I02',
    title: 'the Deployment wants a pod and none is made',
    sick: aSnapshot()
      .with('pods', ...speakers)
      .withEvent(
        anEvent({ kind: 'Deployment', namespace: home, name: 'controller' }, 'FailedCreate', {
          message: 'exceeded quota',
          at: '2026-03-14T03:00:00Z',
        }),
      ),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I03',
    title: 'no node takes the controller',
    sick: aSnapshot().with(
      'pods',
      aPod('controller', { unscheduled: '0/3 nodes are available: 3 had taints.' }),
    ),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I04',
    title: 'the image of the controller cannot be pulled',
    sick: aSnapshot().with('pods', aPod('controller', { state: noImage, version: 'v9.9.9' })),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I05',
    title: 'the controller crashes, with its last words',
    sick: aSnapshot()
      .with('pods', aPod('controller', { state: backOff, lastState: crashed, restarts: 7 }))
      .withLog('controller-0', ['{"level":"error","error":"no route to host"}', 'bye'], {
        previous: true,
      }),
    healthy: aSnapshot().with(
      'pods',
      aPod('controller', {
        restarts: 1,
        lastState: { ...crashed, finishedAt: '2026-03-13T00:00:00Z' },
      }),
    ),
    subject: undefined,
  },
  {
    check: 'MLB-I05',
    title: 'a controller without a way to the API server crashes on account of the network',
    sick: aSnapshot()
      .with('pods', aPod('controller', { state: backOff, lastState: crashed, node: 'w7' }))
      .withLog('controller-0', [offline], { previous: true }),
    healthy: aSnapshot(),
    subject: undefined,
  },
  {
    check: 'MLB-I06',
    title: 'the controller is not ready',
    sick: aSnapshot().with('pods', aPod('controller', { ready: false })),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I07',
    title: 'the controller may not list pools',
    sick: aSnapshot().withLog('controller-0', [denied]),
    healthy: aSnapshot().withLog('controller-0', [
      denied.replace('2026-03-14T03:12', '2026-03-13T03:12'),
    ]),
    subject: undefined,
  },
  {
    check: 'MLB-I08',
    title: 'two controllers at once',
    sick: aSnapshot()
      .with('deployments', aWorkload('controller', { replicas: 2 }))
      .with('pods', controller, aPod('controller', { name: 'controller-1' })),
    healthy: aSnapshot().with('pods', controller, aPod('controller', { name: 'controller-1' })),
    subject: undefined,
  },
  {
    check: 'MLB-I09',
    title: 'two pools overlap',
    sick: aSnapshot().withPool(aPool('lan', '10.4.11.0/24'), aPool('lan-2', '10.4.11.16/28')),
    healthy: aSnapshot().withPool(aPool('lan', '10.4.11.0/28'), aPool('lan-2', '10.4.11.16/28')),
    subject: undefined,
  },
  {
    check: 'MLB-I19',
    title: 'an old version keeps its pools for an address in use',
    sick: waiting
      .withService(aService('shop/search', { ip: '10.9.9.9' }))
      .withInstallation({ controllerVersion: 'v0.13.12' }),
    healthy: waiting.withInstallation({ controllerVersion: 'v0.13.12' }),
    subject: key,
  },
  {
    check: 'MLB-I11',
    title: 'a webhook refuses the status',
    sick: waiting.withLog('controller-0', [refusedWrite, itsName]),
    healthy: waiting.withLog('controller-0', [
      refusedWrite.replace(/admission.*no/, 'Operation cannot be fulfilled: conflict'),
    ]),
    subject: key,
  },
  {
    check: 'MLB-I12',
    title: 'no speaker',
    sick: aSnapshot()
      .with('pods', controller)
      .with('daemonSets', aWorkload('speaker', { replicas: 0 })),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I13',
    title: 'a speaker crashes',
    sick: aSnapshot().with(
      'pods',
      controller,
      ...speakers.slice(1),
      aPod('speaker', { name: 'speaker-n1', state: backOff, lastState: crashed, restarts: 4 }),
    ),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I14',
    title: 'one speaker of three is not ready: a warning',
    sick: aSnapshot().with(
      'pods',
      controller,
      ...speakers.slice(1),
      aPod('speaker', { name: 'speaker-n1', state: creating }),
    ),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I15',
    title: `the speakers' image cannot be pulled`,
    sick: aSnapshot().with('pods', controller, aPod('speaker', { state: noImage })),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I16',
    title: 'controller and speakers of two versions',
    sick: aSnapshot()
      .withInstallation({ speakerVersion: 'v0.14.9' })
      .with('pods', controller, aPod('speaker', { version: 'v0.14.9' })),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I17',
    title: 'a kind of this version is not served',
    sick: aSnapshot().withSnapshot({
      metallbResources: [
        'ipaddresspools',
        'l2advertisements',
        'bgpadvertisements',
        'bgppeers',
        'bfdprofiles',
        'communities',
        'servicel2statuses',
        'servicebgpstatuses',
      ].map((resource) => `v1beta1/${resource}`),
    }),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-I18',
    title: 'a webhook without a CA bundle',
    sick: aSnapshot().with('validatingWebhooks', webhook(false)),
    healthy: aSnapshot().with('validatingWebhooks', webhook(true)),
    subject: undefined,
  },
];

function webhook(hasCaBundle: boolean) {
  return {
    kind: 'ValidatingWebhookConfiguration',
    metadata: named('metallb-webhook-configuration'),
    webhooks: [
      {
        name: 'ipaddresspoolvalidationwebhook.metallb.io',
        failurePolicy: 'Fail',
        hasCaBundle,
        rules: [{ apiGroups: ['metallb.io'], resources: ['ipaddresspools'] }],
      },
    ],
  } as const;
}
