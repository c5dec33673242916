import type { Service, Workload } from '../../core/facts/kube-objects.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import { refOf } from './references.ts';
import { seenField } from './seen.ts';
import { addressesIn } from './services.ts';

/** A sign that another product works on a Service. */
export interface RivalMark {
  readonly product: string;
  readonly says: string;
  readonly evidence: Evidence;
}

interface Product {
  readonly product: string;
  /** Beginnings of annotation, label and condition names it leaves on a Service it serves. */
  readonly prefixes: readonly string[];
  /** Who writes the status, by field manager. */
  readonly writers: RegExp;
  /** Its own workloads, by name. */
  readonly workloads: RegExp;
}

const products: readonly Product[] = [
  {
    product: 'k3s ServiceLB',
    prefixes: ['svccontroller.k3s.cattle.io/'],
    writers: /^k3s/,
    workloads: /^svclb-/,
  },
  {
    product: 'kube-vip',
    prefixes: ['kube-vip.io/'],
    writers: /^kube-vip/,
    workloads: /^kube-vip/,
  },
  {
    product: 'Cilium LB-IPAM',
    prefixes: ['io.cilium/lb-ipam', 'lbipam.cilium.io/', 'cilium.io/IPAMRequest'],
    writers: /^cilium/,
    workloads: /^cilium-operator/,
  },
  {
    product: 'PureLB',
    prefixes: ['purelb.io/'],
    writers: /^purelb|^allocator$/,
    workloads: /^lbnodeagent/,
  },
  {
    product: 'OpenELB',
    prefixes: [
      'lb.kubesphere.io/',
      'protocol.openelb.kubesphere.io/',
      'eip.openelb.kubesphere.io/',
    ],
    writers: /^openelb/,
    workloads: /^openelb/,
  },
  {
    product: 'a cloud controller',
    prefixes: [],
    writers: /cloud-controller-manager|^cloud-provider/,
    workloads: /cloud-controller-manager/,
  },
];

/** Workloads of other products, found once for all Services. */
export interface RivalWorkloads {
  /** One workload per product. */
  readonly byProduct: ReadonlyMap<string, Workload>;
  /** k3s makes one DaemonSet per Service it serves: svclb-<name>-<hash>, by `namespace/name` or bare name. */
  readonly serviceLBs: ReadonlyMap<string, readonly Workload[]>;
}

/** Looks through all DaemonSets of the cluster. */
export function rivalWorkloads(daemonSets: readonly Workload[]): RivalWorkloads {
  const byProduct = products.flatMap(({ product, workloads }): [string, Workload][] => {
    const workload = daemonSets.find((each) => workloads.test(each.metadata.name));
    return workload === undefined ? [] : [[product, workload]];
  });
  const serviceLBs = daemonSets.filter(({ metadata }) => metadata.name.startsWith('svclb-'));
  return {
    byProduct: new Map(byProduct),
    serviceLBs: Map.groupBy(serviceLBs, servedBy),
  };
}

function servedBy({ metadata }: Workload): string {
  const name = metadata.labels['svccontroller.k3s.cattle.io/svcname'];
  const namespace = metadata.labels['svccontroller.k3s.cattle.io/svcnamespace'];
  return name === undefined
    ? metadata.name.replace(/^svclb-/, '').replace(/-[0-9a-f]{8}$/, '')
    : `${namespace ?? ''}/${name}`;
}

/** What the cluster shows besides the Service itself. */
export interface Surroundings {
  readonly products: RivalWorkloads;
  /** Names of nodes, by each of their addresses. */
  readonly nodes: ReadonlyMap<string, string>;
  /** Addresses of the Service that no pool contains. */
  readonly stray: readonly string[];
  /** True when MetalLB itself refuses the Service, which then needs no rival to be pending. */
  readonly isRefused: boolean;
}

/** Every sign that somebody else serves this Service as well. */
export function rivalMarks(service: Service, around: Surroundings): readonly RivalMark[] {
  if (around.isRefused && addressesIn(service).length === 0) {
    return [];
  }
  const suspicious = addressesIn(service).length === 0 || around.stray.length > 0;
  return [
    ...writerMarks(service, around),
    ...serviceLBMarks(service, around.products),
    ...(suspicious ? nameMarks(service) : []),
    ...nodeAddressMarks(service, around),
  ];
}

function writerMarks(service: Service, { products: running }: Surroundings): readonly RivalMark[] {
  const writer = service.metadata.managedFields
    .filter((entry) => entry.subresource === 'status')
    .toSorted((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1))[0];
  const known = products.find(({ writers }) => writers.test(writer?.manager ?? ''));
  if (writer === undefined || known === undefined || addressesIn(service).length === 0) {
    return [];
  }
  const addresses = addressesIn(service).join(', ');
  const workload = running.byProduct.get(known.product);
  const runs = workload === undefined ? '' : ` (DaemonSet ${workload.metadata.name} runs)`;
  return [
    {
      product: known.product,
      says: `${writer.manager} wrote ${addresses} into the status${runs}`,
      evidence: seenField(refOf(service), 'metadata.managedFields[status].manager', writer.manager),
    },
  ];
}

function serviceLBMarks(service: Service, { serviceLBs }: RivalWorkloads): readonly RivalMark[] {
  const { name, namespace = '' } = service.metadata;
  const workloads = serviceLBs.get(`${namespace}/${name}`) ?? serviceLBs.get(name) ?? [];
  return workloads.map((workload) => ({
    product: 'k3s ServiceLB',
    says: `DaemonSet ${workload.metadata.namespace ?? ''}/${workload.metadata.name} serves it on the nodes`,
    evidence: seenField(refOf(workload), 'metadata.name', workload.metadata.name),
  }));
}

function nameMarks(service: Service): readonly RivalMark[] {
  const { annotations, labels } = service.metadata;
  const names = [
    ...Object.keys(annotations),
    ...Object.keys(labels),
    ...service.status.conditions.map((condition) => condition.type),
  ];
  return products.flatMap(({ product, prefixes }) =>
    names
      .filter((name) => prefixes.some((prefix) => name.startsWith(prefix)))
      .toSorted()
      .slice(0, 1)
      .map((name) => ({
        product,
        says: `it carries ${name}`,
        evidence: seenField(refOf(service), name, annotations[name] ?? labels[name] ?? 'present'),
      })),
  );
}

function nodeAddressMarks(service: Service, { nodes, stray }: Surroundings): readonly RivalMark[] {
  const owners = stray.flatMap((address) => nodes.get(address) ?? []);
  return owners.length === 0
    ? []
    : [
        {
          product: 'a controller that publishes node addresses, as k3s ServiceLB does',
          says: `its addresses ${stray.join(', ')} are those of nodes (${owners.toSorted().join(', ')})`,
          evidence: seenField(refOf(service), 'status.loadBalancer.ingress', stray.join(', ')),
        },
      ];
}
