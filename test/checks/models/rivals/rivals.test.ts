import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../src/checks/diagnose.ts';
import { rivalMarks, rivalWorkloads } from '../../../../src/checks/models/rivals/rivals.ts';
import type { Service } from '../../../../src/core/facts/kube-objects.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aWorkload } from '../../../builders/programs.ts';
import { aPool, named } from '../../../builders/some-objects.ts';

const key = 'shop/checkout';

function marksOf(service: Service, stray: readonly string[] = [], isRefused = false) {
  return rivalMarks(service, {
    products: rivalWorkloads([]),
    nodes: new Map([['10.0.0.1', 'n1']]),
    stray,
    isRefused,
  }).map(({ product }) => product);
}

describe('whose hand is seen on a Service', () => {
  test.each([
    ['k3s', 'k3s ServiceLB'],
    ['kube-vip-cloud-provider', 'kube-vip'],
    ['cilium-operator-generic', 'Cilium LB-IPAM'],
    ['openstack-cloud-controller-manager', 'a cloud controller'],
    ['openelb-controller', 'OpenELB'],
    ['openshift-controller-manager', 'OpenShift ingress IP'],
  ])('%s wrote the status: %s', (writer, product) => {
    expect(marksOf(aService(key, { ip: '10.9.9.9', writer }))).toEqual([product]);
  });

  test.each([
    ['kube-vip.io/loadbalancerIPs', 'kube-vip'],
    ['purelb.io/service-group', 'PureLB'],
    ['io.cilium/lb-ipam-ips', 'Cilium LB-IPAM'],
    ['protocol.openelb.kubesphere.io/v1alpha1', 'OpenELB'],
  ])('annotation %s on a stray address: %s', (annotation, product) => {
    const service = aService(key, { ip: '10.9.9.9', annotations: { [annotation]: 'x' } });
    expect(marksOf(service, ['10.9.9.9'])).toEqual([product]);
  });

  test("MetalLB's own hand is no rival, nor is a name left over on an address of a pool", () => {
    expect(marksOf(aService(key, { ip: '10.4.11.10', writer: 'controller' }))).toEqual([]);
    const leftover = aService(key, {
      ip: '10.4.11.10',
      annotations: { 'kube-vip.io/vipHost': 'n1' },
    });
    expect(marksOf(leftover)).toEqual([]);
  });

  test('a Service that MetalLB refuses needs no rival to be pending', () => {
    const service = aService(key, { annotations: { 'kube-vip.io/loadbalancerIPs': '10.9.9.9' } });
    expect(marksOf(service, [], true)).toEqual([]);
    expect(marksOf(service, [], false)).toEqual(['kube-vip']);
  });

  test('a kube-vip that announces what MetalLB refuses has given it the address (#2971)', () => {
    const kubeVip = aWorkload('speaker');
    const [container] = kubeVip.spec.template.containers;
    const running = {
      ...kubeVip,
      metadata: named('kube-vip-ds', { namespace: 'kube-system' }),
      spec: {
        ...kubeVip.spec,
        template: {
          ...kubeVip.spec.template,
          containers:
            container === undefined ? [] : [{ ...container, env: { svc_enable: 'true' } }],
        },
      },
    };
    const around = { nodes: new Map(), stray: [], isRefused: true };
    const service = aService(key, { annotations: { 'kube-vip.io/vipHost': 'n1' } });
    const marks = (workloads: readonly (typeof running)[]) =>
      rivalMarks(service, { ...around, products: rivalWorkloads(workloads) }).map(
        ({ says }) => says,
      );
    expect(marks([running])).toEqual(['kube-vip announces it from n1']);
    expect(marks([])).toEqual([]);
  });

  test('addresses of nodes are the mark of a controller that publishes those', () => {
    expect(marksOf(aService(key, { ip: '10.0.0.1' }), ['10.0.0.1'])).toEqual([
      'a controller that publishes node addresses, as k3s ServiceLB does',
    ]);
  });
});

test('a svclb DaemonSet belongs to its labelled Service, or to the one it is named for', () => {
  const labelled = {
    ...aWorkload('speaker'),
    metadata: named('svclb-web-12345678', {
      namespace: 'kube-system',
      labels: {
        'svccontroller.k3s.cattle.io/svcname': 'web',
        'svccontroller.k3s.cattle.io/svcnamespace': 'shop',
      },
    }),
  };
  const bare = {
    ...aWorkload('speaker'),
    metadata: named('svclb-api-0a1b2c3d', { namespace: 'kube-system' }),
  };
  const { serviceLBs } = rivalWorkloads([labelled, bare]);
  expect([...serviceLBs.keys()]).toEqual(['shop/web', 'api']);
});

test('an installed Cilium that leaves the Services alone is no rival', () => {
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10-10.4.11.19'))
    .withService(aService(key, { ip: '10.4.11.10', writer: 'controller' }))
    .with('daemonSets', aWorkload('speaker'), {
      ...aWorkload('speaker'),
      metadata: named('cilium', { namespace: 'kube-system' }),
    })
    .withSnapshot({ apiGroups: ['cilium.io'] })
    .build();
  expect(diagnose({ symptom: 'health', snapshot, subject: undefined }).outcome).toBe('healthy');
});
