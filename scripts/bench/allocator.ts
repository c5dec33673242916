import { addressAt } from '../../src/core/facts/ip.ts';
import type { IPAddressPool, Service } from '../../src/core/facts/kube-objects.ts';
import { ControllerCourse } from '../../src/core/metallb/controller-course.ts';
import { loadCluster } from '../../src/core/metallb/loaded-cluster.ts';
import { whatIf } from '../../src/core/metallb/what-if.ts';
import type { Wish } from '../../src/core/metallb/wish.ts';
import { World } from '../../src/core/metallb/world.ts';
import { atMost, type Figure } from './figure.ts';

const network = 0x0a050000n;
const settings = {
  version: 'v0.16.1',
  loadBalancerClass: undefined,
  bgpType: undefined,
  namespace: 'metallb-system',
};
const bare = {
  labels: {},
  annotations: {},
  finalizers: [],
  ownerReferences: [],
  managedFields: [],
};
const lan: IPAddressPool = {
  kind: 'IPAddressPool',
  metadata: { ...bare, name: 'lan', namespace: settings.namespace },
  spec: { addresses: ['10.5.0.0/16'] },
};
const first = () => 0;
/** What is timed more than once counts by its least: everything else is somebody else's work. */
const rounds = 3;
/** The real allocator's seconds for 1,000 and 10,000 Services and for one more then, v0.16.1. */
const real = { small: 0.39, large: 56.5, one: 0.0086 };

/** The simulator and what-if at 50,000 Services, in processor time of this one thread. */
export function benchAllocator(): readonly Figure[] {
  const small = least(() => fill(1_000));
  const large = least(() => fill(10_000));
  const whole = least(() => fill(50_000));
  const oneMore = least(() => marginal(filled(10_000)));
  const full = filled(50_000);
  const { load, slowest } = whatIfs();
  const seconds = { unit: ' s' } as const;
  return [
    atMost('allocate 50,000 Services into an empty /16', whole / 1_000, { limit: 1, ...seconds }),
    atMost('allocate 1,000, share of the real time', small / 1_000 / real.small, {
      limit: 1,
      unit: '',
    }),
    atMost('allocate 10,000, share of the real time', large / 1_000 / real.large, {
      limit: 1,
      unit: '',
    }),
    atMost('one allocation with 10,000 in use', oneMore, { limit: real.one * 1_000, unit: ' ms' }),
    atMost('one allocation at 50,000 over one at 1,000', marginal(full) / (small / 1_000), {
      limit: 2,
      unit: 'x',
    }),
    atMost('release and allocate at 50,000 over one at 1,000', churn(full) / (small / 1_000), {
      limit: 6,
      unit: 'x',
    }),
    atMost('load 50,000 Services for what-if', load / 1_000, { limit: 2, ...seconds }),
    atMost('what-if over 50,000 loaded Services, the slowest', slowest, { limit: 50, unit: ' ms' }),
  ];
}

function serviceOf(index: number, address?: string): Service {
  return {
    kind: 'Service',
    metadata: { ...bare, name: `web-${index}`, namespace: 'shop' },
    spec: {
      type: 'LoadBalancer',
      clusterIP: '172.20.0.7',
      clusterIPs: ['172.20.0.7'],
      externalIPs: [],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      loadBalancerSourceRanges: [],
      ports: [{ protocol: 'TCP', port: 80 }],
    },
    status: { ingress: address === undefined ? [] : [{ ip: address }], conditions: [] },
  };
}

function emptyCourse(): ControllerCourse {
  const course = new ControllerCourse(settings, new World([lan]));
  course.restart(first);
  return course;
}

function fill(count: number): number {
  const services = Array.from({ length: count }, (_, index) => serviceOf(index));
  const course = emptyCourse();
  const spent = timed(() => {
    services.forEach((service) => course.apply({ removes: [], puts: [service] }, first));
  });
  const last = course.world.service(`shop/web-${count - 1}`)?.status.ingress[0]?.ip;
  if (last !== addressAt('ipv4', network + BigInt(count - 1))) {
    throw new Error(`the last of ${count} Services got ${last}`);
  }
  return spent;
}

function filled(count: number): ControllerCourse {
  const course = emptyCourse();
  for (let index = 0; index < count; index += 1) {
    course.apply({ removes: [], puts: [serviceOf(index)] }, first);
  }
  return course;
}

const steps = 2_000;

/** Milliseconds of one allocation in a pool that is nearly full. */
function marginal(course: ControllerCourse): number {
  const services = Array.from({ length: steps }, (_, index) => serviceOf(100_000 + index));
  const spent = timed(() => {
    services.forEach((service) => course.apply({ removes: [], puts: [service] }, first));
  });
  return spent / steps;
}

/** Milliseconds of a release all over the pool and the allocation that takes the address again. */
function churn(course: ControllerCourse): number {
  const spent = timed(() => {
    for (let step = 0; step < steps; step += 1) {
      const name = `web-${(step * 7919) % 50_000}`;
      course.apply({ removes: [{ kind: 'Service', namespace: 'shop', name }], puts: [] }, first);
      course.apply({ removes: [], puts: [serviceOf(200_000 + step)] }, first);
    }
  });
  return spent / steps;
}

const wishes: readonly Wish[] = [
  {},
  { pool: 'lan' },
  { addresses: '10.5.0.7' },
  { sharingKey: 'web' },
  { policy: 'Local' },
  { pools: [{ name: 'more', adds: ['10.6.0.0/30'], removes: [] }] },
  { pools: [{ name: 'lan', adds: ['10.6.0.0/30'], removes: [] }] },
  { pools: [{ name: 'more', adds: ['10.5.0.0/30'], removes: [] }] },
];

/** One Service that waits, beside 50,000 that have their addresses and two more that wait. */
function whatIfs(): { readonly load: number; readonly slowest: number } {
  const others = Array.from({ length: 50_000 }, (_, index) =>
    serviceOf(index, addressAt('ipv4', network + BigInt(index))),
  );
  const late = serviceOf(90_000);
  const services = [...others, late, serviceOf(90_001), serviceOf(90_002)];
  const input = { ...settings, pools: [lan], communities: [], namespaces: [], services };
  let cluster = loadCluster(input);
  const load = timed(() => {
    cluster = loadCluster(input);
  });
  const slowest = Math.max(
    ...wishes.map((wish) => least(() => timed(() => whatIf(cluster, late, wish)))),
  );
  return { load, slowest };
}

/** Milliseconds of this thread's own processor time. */
function timed(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

function least(once: () => number): number {
  return Math.min(...Array.from({ length: rounds }, once));
}
