import { describe, expect, test } from 'vitest';
import { readingsFrom } from '../../../../src/core/cluster/assemble.ts';
import { kinds } from '../../../../src/core/cluster/kinds.ts';
import { findInstallations } from '../../../../src/core/cluster/recognise/find-installations.ts';
import type { Reading } from '../../../../src/core/facts/reading.ts';
import type { FactKinds, FactName, LogExcerpt } from '../../../../src/core/facts/snapshot.ts';
import { aPod, aPool, aWorkload } from '../sample-objects.ts';

/** The installations in a cluster of these objects; kinds that are named are forbidden. */
function found(
  objects: readonly object[],
  more: { denied?: readonly FactName[]; logs?: readonly LogExcerpt[]; asked?: string } = {},
) {
  const readings = readingsFrom(<K extends FactName>(fact: K): Reading<FactKinds[K]> => {
    const { kind, resource, parse } = kinds[fact];
    return more.denied?.includes(fact) === true
      ? { state: 'forbidden', verb: 'list', resource }
      : {
          state: 'read',
          items: objects.filter((object) => 'kind' in object && object.kind === kind).map(parse),
        };
  });
  return findInstallations({ readings, logs: more.logs ?? [] }, more.asked);
}

const helmLabels = (component: string) => ({
  'app.kubernetes.io/name': 'metallb',
  'app.kubernetes.io/instance': 'x',
  'app.kubernetes.io/component': component,
});

const controller = { kind: 'Deployment', name: 'controller' };
const speaker = { kind: 'DaemonSet', name: 'speaker' };

describe('installs in the wild', () => {
  test('Helm: any namespace, names with the release', () => {
    const objects = (['controller', 'speaker'] as const).map((role) =>
      aWorkload({ role, namespace: 'net', name: `x-metallb-${role}`, labels: helmLabels(role) }),
    );
    expect(found(objects)).toMatchObject([
      {
        namespace: 'net',
        controllerVersion: 'v0.15.3',
        controller: { kind: 'Deployment', name: 'x-metallb-controller' },
        speaker: { kind: 'DaemonSet', name: 'x-metallb-speaker' },
      },
    ]);
  });

  test('Bitnami: other image names and tags', () => {
    const objects = (['controller', 'speaker'] as const).map((role) =>
      aWorkload({
        role,
        namespace: 'metallb',
        image: `docker.io/bitnami/metallb-${role}:0.15.2-debian-12-r4`,
        labels: helmLabels(role),
        container: `metallb-${role}`,
      }),
    );
    expect(found(objects)).toMatchObject([
      { namespace: 'metallb', controllerVersion: 'v0.15.2', speakerVersion: 'v0.15.2' },
    ]);
  });

  test('a mirror registry with a port', () => {
    const image = 'registry.local:5000/mirror/quay.io/metallb/controller:v0.14.9@sha256:abc';
    expect(found([aWorkload({ role: 'controller', image })])).toMatchObject([
      { controllerVersion: 'v0.14.9', controller },
    ]);
  });

  test('OpenShift: one image for both programs, told apart by the command', () => {
    const image = 'registry.redhat.io/openshift4/metallb-rhel9@sha256:0123';
    const objects = [
      aWorkload({ role: 'controller', image, command: ['/controller'], labels: { a: 'b' } }),
      aWorkload({ role: 'speaker', image, command: ['/speaker'], labels: { a: 'b' } }),
    ];
    expect(found(objects)).toMatchObject([{ controller, speaker }]);
  });

  test('the operator: its own programs are not the controller', () => {
    const objects = [
      aWorkload({ role: 'controller' }),
      aWorkload({ role: 'speaker' }),
      aWorkload({
        role: 'controller',
        name: 'metallb-operator-webhook-server',
        args: ['--webhook-mode=onlywebhook'],
        labels: { component: 'webhook-server' },
      }),
      aWorkload({
        role: 'controller',
        name: 'metallb-operator-controller-manager',
        image: 'quay.io/metallb/metallb-operator:v0.15.3',
        container: 'manager',
        labels: { 'control-plane': 'controller-manager' },
      }),
    ];
    expect(found(objects)).toMatchObject([{ controller, speaker, foundBy: { length: 2 } }]);
  });

  test('FRR-K8s, which has a container named controller, is not MetalLB', () => {
    const frr = aWorkload({
      role: 'speaker',
      name: 'frr-k8s-daemon',
      image: 'quay.io/metallb/frr-k8s:v0.0.21',
      container: 'controller',
      command: ['/frr-k8s'],
      labels: { app: 'frr-k8s', component: 'frr-k8s' },
    });
    expect(found([frr])).toEqual([]);
  });

  test('an image that says nothing is known by its labels', () => {
    const image = 'harbor.local/infra/lb-ctl@sha256:0123';
    expect(found([aWorkload({ role: 'controller', image })])).toEqual([
      {
        namespace: 'metallb-system',
        controller,
        bgpType: 'native',
        ignoresExcludeLabel: false,
        foundBy: [
          'labels app=metallb, component=controller of Deployment metallb-system/controller',
        ],
      },
    ]);
  });

  test('another controller with the label component=controller is not MetalLB', () => {
    const labels = { app: 'ingress', component: 'controller' };
    expect(found([aWorkload({ role: 'controller', image: 'nginx:1', labels })])).toEqual([]);
  });
});

describe('which one is in question', () => {
  const two = [
    aWorkload({ role: 'controller', namespace: 'a-metallb' }),
    aWorkload({ role: 'controller', namespace: 'b-metallb' }),
    aWorkload({ role: 'controller', namespace: 'c-metallb' }),
  ];

  test('of several the one that holds the pools comes first, then by name', () => {
    const objects = [...two, aPool('b-metallb', 'lan', ['10.0.0.0/24'])];
    expect(found(objects).map(({ namespace }) => namespace)).toEqual([
      'b-metallb',
      'a-metallb',
      'c-metallb',
    ]);
  });

  test('the one asked for comes before all', () => {
    const objects = [...two, aPool('b-metallb', 'lan', ['10.0.0.0/24'])];
    expect(found(objects, { asked: 'c-metallb' })[0]).toMatchObject({ namespace: 'c-metallb' });
  });

  test('an asked namespace without MetalLB is shown as what it is', () => {
    expect(found([], { asked: 'nowhere' })).toEqual([
      { namespace: 'nowhere', ignoresExcludeLabel: false, foundBy: [] },
    ]);
  });
});

describe('what is left of an installation', () => {
  const webhook = {
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'metallb-webhook-configuration' },
    webhooks: [
      {
        name: 'ipaddresspoolvalidationwebhook.metallb.io',
        clientConfig: { service: { namespace: 'metallb-system', name: 'webhook' }, caBundle: 'x' },
        rules: [{ apiGroups: ['metallb.io'], resources: ['ipaddresspools'] }],
      },
    ],
  };

  test('pools and a webhook without programs show where it was', () => {
    expect(found([webhook, aPool('metallb-system', 'lan', [])])).toEqual([
      {
        namespace: 'metallb-system',
        ignoresExcludeLabel: false,
        foundBy: ['webhook configuration', '1 IPAddressPool in metallb-system'],
      },
    ]);
  });

  test('pools beside a running installation, in another namespace, are none', () => {
    const objects = [aWorkload({ role: 'speaker' }), aPool('elsewhere', 'lan', [])];
    expect(found(objects).map(({ namespace }) => namespace)).toEqual(['metallb-system']);
  });

  test('when workloads may not be read, pods show it', () => {
    const pod = {
      ...aPod({ role: 'speaker', name: 'speaker-7x' }),
      metadata: {
        name: 'speaker-7x',
        namespace: 'metallb-system',
        ownerReferences: [{ kind: 'DaemonSet', name: 'speaker' }],
      },
    };
    expect(found([pod], { denied: ['deployments', 'daemonSets'] })).toMatchObject([
      { namespace: 'metallb-system', speaker, speakerVersion: 'v0.15.3' },
    ]);
  });

  test('the Deployment behind a ReplicaSet is named', () => {
    const pod = {
      ...aPod({ role: 'controller' }),
      metadata: {
        name: 'controller-cdc84848d4-g7vw5',
        namespace: 'metallb-system',
        ownerReferences: [{ kind: 'ReplicaSet', name: 'controller-cdc84848d4' }],
      },
    };
    expect(found([pod], { denied: ['deployments'] })).toMatchObject([{ controller }]);
  });
});

describe('versions and options', () => {
  const digest = 'quay.io/metallb/controller@sha256:0123';
  const line = '{"msg":"MetalLB controller starting version 0.16.1 (commit a, branch b)"}';
  const log = (previous: boolean, text: string): LogExcerpt => ({
    namespace: 'metallb-system',
    pod: 'controller-1',
    container: 'controller',
    previous,
    lines: { state: 'read', items: [text] },
  });

  test('where no program is shown, its log still tells the release', () => {
    const line = 'MetalLB controller starting version 0.13.7 (commit x, branch HEAD)';
    const log = {
      namespace: 'metallb-system',
      pod: 'controller-abc12',
      container: 'controller',
      previous: false,
      lines: { state: 'read', items: [`{"msg":"${line}","version":"0.13.7"}`] },
    } as const;
    expect(
      found([aPool('metallb-system', 'lan', ['10.4.11.10/32'])], { logs: [log] }),
    ).toMatchObject([{ namespace: 'metallb-system', controllerVersion: 'v0.13.7' }]);
    expect(
      found([aPool('metallb-system', 'lan', ['10.4.11.10/32'])], { logs: [log] })[0],
    ).not.toHaveProperty('speakerVersion');
  });

  test('a digest leaves it to the start-up line', () => {
    const logs = [log(true, line.replace('0.16.1', '0.15.0')), log(false, line)];
    expect(found([aWorkload({ role: 'controller', image: digest })], { logs })).toMatchObject([
      { controllerVersion: 'v0.16.1' },
    ]);
  });

  test('without that line a label helps', () => {
    const workload = aWorkload({ role: 'controller', image: digest });
    const labelled = {
      ...workload,
      metadata: { ...workload.metadata, labels: { 'app.kubernetes.io/version': 'v0.15.3' } },
    };
    expect(found([labelled])).toMatchObject([{ controllerVersion: 'v0.15.3' }]);
  });

  test('a build of main has no version', () => {
    const image = 'quay.io/metallb/controller:main';
    expect(found([aWorkload({ role: 'controller', image })])[0]).not.toHaveProperty(
      'controllerVersion',
    );
  });

  test.each([
    [['--lb-class=metallb'], 'metallb'],
    [['--lb-class', 'metallb'], 'metallb'],
    [['-lb-class=metallb'], 'metallb'],
    [['--lb-class='], undefined],
    [['--lb-class', '--port=1'], undefined],
  ])('the class of %j is %s', (args, expected) => {
    const [installation] = found([aWorkload({ role: 'controller', args })]);
    expect(installation?.loadBalancerClass).toBe(expected);
  });

  test.each([
    [['--ignore-exclude-lb'], true],
    [['--ignore-exclude-lb=true'], true],
    [['--ignore-exclude-lb=false'], false],
    [[], false],
  ])('a speaker with %j ignores the exclude label: %s', (args, expected) => {
    const [installation] = found([aWorkload({ role: 'speaker', args })]);
    expect(installation?.ignoresExcludeLabel).toBe(expected);
  });
});
