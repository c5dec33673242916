import type { Service, Workload } from '../../../core/facts/kube-objects.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import { refOf } from '../references.ts';
import { servesServices } from './kube-vip.ts';
import { rivalProducts } from './rival-products.ts';
import { seenField } from '../seen.ts';
import { addressesIn } from '../services.ts';

/** A sign that another product works on a Service. */
export interface RivalMark {
  readonly product: string;
  readonly says: string;
  readonly evidence: Evidence;
  /** That somebody wrote it is certain, and not that he serves the Service: a person can do that too. */
  readonly isHint?: true;
}

/** Workloads of other products, found once for all Services. */
export interface RivalWorkloads {
  /** One workload per product. */
  readonly byProduct: ReadonlyMap<string, Workload>;
  /** k3s makes one DaemonSet per Service it serves: svclb-<name>-<hash>, by `namespace/name` or bare name. */
  readonly serviceLBs: ReadonlyMap<string, readonly Workload[]>;
}

/** Looks through all DaemonSets of the cluster, and through the Deployments that could be read. */
export function rivalWorkloads(
  daemonSets: readonly Workload[],
  deployments: readonly Workload[] = [],
): RivalWorkloads {
  const byProduct = rivalProducts.flatMap(({ product, workloads }): [string, Workload][] => {
    const workload = [...daemonSets, ...deployments].find((each) =>
      workloads.test(each.metadata.name),
    );
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

/** True when some other product left its name on the Service, whatever that means. */
export function isMarked({ metadata }: Service): boolean {
  const { annotations, labels, finalizers } = metadata;
  const names = [...Object.keys(annotations), ...Object.keys(labels), ...finalizers];
  return rivalProducts.some(({ prefixes }) =>
    names.some((name) => prefixes.some((prefix) => name.startsWith(prefix))),
  );
}

/** Every sign that somebody else serves this Service as well. */
export function rivalMarks(service: Service, around: Surroundings): readonly RivalMark[] {
  if (around.isRefused && addressesIn(service).length === 0) {
    // whoever announces it gave it the address that MetalLB refuses and takes back (#2971)
    return announcerMarks(service, around.products);
  }
  const suspicious = addressesIn(service).length === 0 || around.stray.length > 0;
  return [
    ...writerMarks(service, around.products),
    ...serviceLBMarks(service, around.products),
    ...shapeMarks(service),
    ...announcerMarks(service, around.products),
    ...(suspicious ? nameMarks(service) : []),
    ...nodeAddressMarks(service, around),
  ];
}

/** What the status alone tells: its last writer, and what MetalLB never writes. */
export function writtenMarks(service: Service, running: RivalWorkloads): readonly RivalMark[] {
  return [...writerMarks(service, running), ...shapeMarks(service)];
}

function writerMarks(service: Service, running: RivalWorkloads): readonly RivalMark[] {
  const writer = service.metadata.managedFields
    .filter((entry) => entry.subresource === 'status')
    .toSorted((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1))[0];
  const known = rivalProducts.find(({ writers }) => writers.test(writer?.manager ?? ''));
  if (writer === undefined || known === undefined) {
    return [];
  }
  const addresses = addressesIn(service).join(', ');
  const wrote = addresses === '' ? 'left the status empty' : `wrote ${addresses} into the status`;
  const workload = running.byProduct.get(known.product);
  const runs = workload === undefined ? '' : ` (${workload.kind} ${workload.metadata.name} runs)`;
  return [
    {
      product: known.product,
      says: `${writer.manager} ${wrote}${runs}`,
      evidence: seenField(refOf(service), 'metadata.managedFields[status].manager', writer.manager),
    },
  ];
}

/** The DaemonSets by which k3s serves a Service on the nodes. */
export function serviceLBsOf(
  { metadata: { name, namespace = '' } }: Service,
  { serviceLBs }: RivalWorkloads,
): readonly Workload[] {
  return serviceLBs.get(`${namespace}/${name}`) ?? serviceLBs.get(name) ?? [];
}

function serviceLBMarks(service: Service, running: RivalWorkloads): readonly RivalMark[] {
  return serviceLBsOf(service, running).map((workload) => ({
    product: 'k3s ServiceLB',
    says: `DaemonSet ${workload.metadata.namespace ?? ''}/${workload.metadata.name} serves it on the nodes`,
    evidence: seenField(refOf(workload), 'metadata.name', workload.metadata.name),
  }));
}

/** What MetalLB never writes into a status: host names, ports, and a way other than VIP. */
function shapeMarks(service: Service): readonly RivalMark[] {
  return service.status.ingress
    .flatMap(({ hostname, ipMode, ports }) => [
      ...(hostname === undefined ? [] : [`the host name ${hostname}`]),
      ...(ipMode === undefined || ipMode === 'VIP' ? [] : [`ipMode ${ipMode}`]),
      ...(ports === undefined || ports.length === 0 ? [] : [`ports ${ports.join(', ')}`]),
    ])
    .slice(0, 1)
    .map((shape) => ({
      product: 'a cloud controller',
      says: `its status holds ${shape}, which MetalLB never writes`,
      evidence: seenField(refOf(service), 'status.loadBalancer.ingress', shape),
      ...(isBesideAnAddress(service) && { isHint: true as const }),
    }));
}

/** Where an address stands beside it, what is odd may have been added by a script or by hand. */
function isBesideAnAddress({ status }: Service): boolean {
  return status.ingress.some(({ ip, ipMode }) => ip !== undefined && ipMode !== 'Proxy');
}

/** kube-vip notes the node from which it announces a Service, whoever gave the address (#2641). */
function announcerMarks(service: Service, { byProduct }: RivalWorkloads): readonly RivalMark[] {
  const host = new Map(Object.entries(service.metadata.annotations)).get('kube-vip.io/vipHost');
  const workload = byProduct.get('kube-vip');
  return host === undefined ||
    workload === undefined ||
    !servesServices(workload.spec.template.containers)
    ? []
    : [
        {
          product: 'kube-vip',
          says: `kube-vip announces it from ${host}`,
          evidence: seenField(refOf(service), 'kube-vip.io/vipHost', host),
        },
      ];
}

function nameMarks(service: Service): readonly RivalMark[] {
  const { annotations, labels, finalizers } = service.metadata;
  const names = [
    ...Object.keys(annotations),
    ...Object.keys(labels),
    ...finalizers,
    // one that is not True says that the product has nothing to give it
    ...service.status.conditions
      .filter(({ status }) => status === 'True')
      .map((condition) => condition.type),
  ];
  return rivalProducts.flatMap(({ product, prefixes }) =>
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
