import { inMetalLB, patchPods, podsOf } from './fault.ts';
import type { Fault } from './fault.ts';
import { pool } from './manifest.ts';
import { kubectl } from './situation.ts';

const controller = 'deployment/controller';
const undo = inMetalLB(`rollout undo ${controller}`);

const statusRight = (verb: 'get' | 'update'): readonly string[] =>
  // The third rule of the role, in every release, is the one for services/status.
  kubectl(
    'patch clusterrole metallb-system:controller --type=json -p',
    JSON.stringify([{ op: 'replace', path: '/rules/2/verbs', value: [verb] }]),
  );

/** What keeps the controller from handing out addresses. */
export const controllerFaults: readonly Fault[] = [
  {
    name: 'the controller is scaled to 0',
    cause: 'controller-absent',
    strikes: true,
    breaks: [inMetalLB(`scale ${controller} --replicas=0`)],
    until: { asked: podsOf('controller'), shows: /^(No resources found.*)?\s*$/ },
    says: ['controller', 'metallb-system'],
    mends: [inMetalLB(`scale ${controller} --replicas=1`)],
  },
  {
    name: 'no node has the label that the controller selects',
    cause: 'controller-not-scheduled',
    strikes: true,
    breaks: [patchPods(controller, 'add', ['nodeSelector/disk', 'ssd'])],
    until: {
      asked: inMetalLB('get events --field-selector reason=FailedScheduling'),
      shows: /node affinity|node selector/,
    },
    says: ['0/2 nodes'],
    mends: [undo],
  },
  {
    name: "the controller's image has a tag that does not exist",
    cause: 'controller-image-pull-failing',
    strikes: true,
    breaks: [inMetalLB(`set image ${controller} controller=quay.io/metallb/controller:v9.9.9`)],
    until: { asked: podsOf('controller'), shows: /ErrImagePull|ImagePullBackOff/ },
    says: ['quay.io/metallb/controller:v9.9.9'],
    mends: [undo],
  },
  {
    name: 'the controller is started with words that it does not know',
    cause: 'controller-crash-looping',
    strikes: true,
    breaks: [patchPods(controller, 'add', ['containers/0/args/-', '--webhook-mode=sometimes'])],
    until: { asked: podsOf('controller'), shows: /CrashLoopBackOff/ },
    says: ['invalid webhookmode value'],
    mends: [undo],
  },
  {
    name: "the controller's readiness probe asks the wrong port",
    cause: 'controller-not-ready',
    // Nothing but the probe is wrong: it goes on serving.
    strikes: false,
    breaks: [patchPods(controller, 'replace', ['containers/0/readinessProbe/httpGet/port', 9])],
    until: { asked: podsOf('controller'), shows: /^\S+ +0\/1 +Running/ },
    says: ['0/1'],
    mends: [undo],
  },
  {
    name: 'the controller may not write the status of Services',
    cause: 'status-write-fails',
    strikes: true,
    breaks: [statusRight('get')],
    until: {
      asked: kubectl(
        'auth can-i update services --subresource=status --as=system:serviceaccount:metallb-system:controller',
      ),
      shows: /^no/,
    },
    logs: 'cannot update resource \\"services/status\\"',
    says: ['lacks the right', 'update services/status'],
    mends: [statusRight('update')],
  },
  {
    name: 'somebody refuses every change of a status',
    cause: 'status-write-fails',
    strikes: true,
    breaks: [],
    objects: [
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'frozen' },
        spec: {
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: [''],
                apiVersions: ['v1'],
                operations: ['UPDATE'],
                resources: ['services/status'],
              },
            ],
          },
          validations: [{ expression: 'false', message: 'no Service changes this week' }],
        },
      },
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: 'frozen' },
        spec: { policyName: 'frozen', validationActions: ['Deny'] },
      },
    ],
    until: {
      asked: kubectl(
        '-n default patch service kubernetes --subresource=status --dry-run=server -p {"status":{"loadBalancer":{}}}',
      ),
      shows: /no Service changes this week/,
    },
    logs: 'no Service changes this week',
    says: ['no Service changes this week'],
    mends: [],
  },
  {
    name: 'the controller serves a class and the Service has none',
    cause: 'class-not-handled',
    strikes: true,
    breaks: [
      patchPods(controller, 'add', ['containers/0/args/-', '--lb-class=example.com/inner']),
      inMetalLB(`rollout status ${controller} --timeout=180s`),
    ],
    until: { asked: podsOf('controller'), shows: /^\S+ +1\/1 +Running/ },
    says: ['example.com/inner'],
    mends: [undo],
  },
  {
    name: 'a pool overlaps another and no webhook refused it',
    cause: 'config-rejected',
    strikes: true,
    service: { asks: { 'address-pool': 'third' } },
    breaks: [kubectl('delete validatingwebhookconfiguration metallb-webhook-configuration')],
    objects: [pool('second', '10.25.0.16-10.25.0.40')],
    besides: [pool('third', '10.25.1.0/30', { autoAssign: false })],
    until: { asked: inMetalLB(`logs ${controller} --tail=50`), shows: /overlaps with already/ },
    logs: 'unknown pool \\"third\\"',
    says: ['second', 'lan', 'overlaps'],
    mends: [],
    restores: true,
  },
  {
    name: 'two controllers run at once',
    cause: 'several-controllers',
    strikes: false,
    breaks: [inMetalLB(`scale ${controller} --replicas=2`)],
    until: {
      asked: podsOf('controller'),
      shows: /^(\S+ +1\/1 +Running[^\n]*\n){2}$/,
    },
    says: ['2'],
    mends: [inMetalLB(`scale ${controller} --replicas=1`)],
  },
];
