import { inMetalLB, podsOf } from './fault.ts';
import type { Fault } from './fault.ts';
import { l2Advertisement, pool } from './manifest.ts';
import { kubectl } from './situation.ts';

const advertise = (pools: readonly string[] | null): readonly string[] =>
  inMetalLB(
    'patch l2advertisement everything --type=merge -p',
    JSON.stringify({ spec: { ipAddressPools: pools } }),
  );

/** Writes a status the way another product would, or a hand. */
const writeStatus = (name: string, address: string): readonly string[] =>
  kubectl(
    `-n faults patch service ${name} --subresource=status --type=merge -p`,
    JSON.stringify({ status: { loadBalancer: { ingress: [{ ip: address }] } } }),
  );

/** Services that have an address and still are not well. */
export const networkFaults: readonly Fault[] = [
  {
    name: 'no advertisement selects the pool of the Service',
    cause: 'pool-unadvertised',
    strikes: false,
    warnsPending: ['pool-unadvertised'],
    service: { asks: { 'address-pool': 'silent' } },
    breaks: [advertise(['lan'])],
    besides: [pool('silent', '10.25.2.0/30', { autoAssign: false })],
    until: { asked: inMetalLB('get l2advertisement everything -o yaml'), shows: /- lan/ },
    says: ['silent'],
    mends: [advertise(null)],
  },
  {
    name: 'an advertisement names a pool that does not exist',
    cause: 'advertisement-selects-nothing',
    strikes: false,
    warns: true,
    breaks: [],
    objects: [l2Advertisement('ghost', { ipAddressPools: ['gone'] })],
    until: { asked: inMetalLB('get l2advertisement ghost -o yaml'), shows: /- gone/ },
    says: ['ghost', 'gone'],
    mends: [],
  },
  {
    name: 'k3s ServiceLB serves the Service too',
    cause: 'rival-controller',
    strikes: true,
    called: 'fought-over',
    breaks: [],
    objects: [
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'svclb-fought-over-1f2e3d4c', namespace: 'kube-system' },
        spec: {
          selector: { matchLabels: { app: 'svclb-fought-over' } },
          template: {
            metadata: { labels: { app: 'svclb-fought-over' } },
            spec: {
              nodeSelector: { 'svccontroller.k3s.cattle.io/enablelb': 'true' },
              containers: [{ name: 'lb-tcp-80', image: 'rancher/klipper-lb:v0.4.9' }],
            },
          },
        },
      },
    ],
    until: { asked: kubectl('-n kube-system get daemonsets'), shows: /svclb-fought-over/ },
    afterwards: [writeStatus('fought-over', '192.0.2.11')],
    logs: 'current IP not allowed by config',
    says: ['k3s ServiceLB', 'faults/fought-over', 'svclb-fought-over-1f2e3d4c'],
    mends: [],
  },
  {
    name: 'somebody wrote a status while no controller was there',
    cause: 'controller-absent',
    also: ['duplicate-address'],
    strikes: false,
    called: 'by-hand',
    breaks: [inMetalLB('scale deployment/controller --replicas=0')],
    until: { asked: podsOf('controller'), shows: /^(No resources found.*)?\s*$/ },
    // The first address of the pool, which the first Service of all holds.
    afterwards: [writeStatus('by-hand', '10.25.0.32')],
    says: ['10.25.0.32', 'faults/by-hand'],
    mends: [inMetalLB('scale deployment/controller --replicas=1')],
  },
  {
    name: 'a status holds an address that no pool has',
    cause: 'controller-absent',
    also: ['address-outside-pools'],
    failsPending: ['address-outside-pools'],
    strikes: false,
    called: 'from-elsewhere',
    breaks: [inMetalLB('scale deployment/controller --replicas=0')],
    until: { asked: podsOf('controller'), shows: /^(No resources found.*)?\s*$/ },
    afterwards: [writeStatus('from-elsewhere', '172.20.1.1')],
    says: ['172.20.1.1', 'faults/from-elsewhere'],
    mends: [inMetalLB('scale deployment/controller --replicas=1')],
  },
];
