/** Another product that gives Services addresses, by the marks it leaves. */
export interface Product {
  readonly product: string;
  /** Beginnings of annotation, label, finalizer and condition names it leaves on a Service it serves. */
  readonly prefixes: readonly string[];
  /** Who writes the status, by field manager. */
  readonly writers: RegExp;
  /** Its own workloads, by name. */
  readonly workloads: RegExp;
}

/** Where a product's load balancing is switched off, as far as one setting does it. */
const switches: ReadonlyMap<string, string> = new Map([
  [
    'k3s ServiceLB',
    'start the k3s servers with --disable=servicelb (or disable: [servicelb] in /etc/rancher/k3s/config.yaml)',
  ],
  [
    'kube-vip',
    'keep one of the two: svc_enable=false in the environment of kube-vip switches its part off',
  ],
  [
    'Cilium LB-IPAM',
    'keep one of the two: without a CiliumLoadBalancerIPPool Cilium gives no address (and l2announcements.enabled=false stops its announcing)',
  ],
  ['OpenELB', 'keep one of the two: scale the manager of OpenELB down'],
  ['PureLB', 'keep one of the two: scale the allocator of PureLB down'],
]);

/** How to end the rivalry: by the product's own switch, or by two classes. */
export function switchOffText(product: string): string {
  const known = switches.get(product);
  const off = known ?? `keep one of the two: switch the load balancing of ${product} off`;
  return product === 'k3s ServiceLB' ? off : `${off}, or give each its own loadBalancerClass`;
}

/** The products that are known to meet MetalLB. */
export const products: readonly Product[] = [
  {
    product: 'k3s ServiceLB',
    prefixes: ['svccontroller.k3s.cattle.io/'],
    writers: /^k3s/,
    workloads: /^svclb-/,
  },
  {
    product: 'kube-vip',
    // the last one is a label of its cloud provider, which hands out the addresses
    prefixes: ['kube-vip.io/', 'ipam-address'],
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
      'finalizer.lb.kubesphere.io/',
      'protocol.openelb.kubesphere.io/',
      'eip.openelb.kubesphere.io/',
    ],
    writers: /^openelb/,
    workloads: /^openelb/,
  },
  {
    product: 'Antrea',
    prefixes: ['service.antrea.io/external-ip-pool'],
    writers: /^antrea-controller/,
    workloads: /^antrea-controller/,
  },
  {
    product: 'Calico',
    prefixes: ['projectcalico.org/loadBalancerIPs', 'projectcalico.org/ipv4pools'],
    writers: /^kube-controllers$|^calico/,
    workloads: /^calico-kube-controllers/,
  },
  {
    product: 'kube-router',
    prefixes: ['kube-router.io/service.advertise.loadbalancer'],
    writers: /^kube-router/,
    workloads: /^kube-router/,
  },
  {
    product: 'keepalived',
    prefixes: ['keepalived-operator.redhat-cop.io/', 'k8s.co/keepalived'],
    writers: /^keepalived/,
    workloads: /keepalived/,
  },
  {
    product: 'a cloud controller',
    prefixes: [
      'service.kubernetes.io/load-balancer-cleanup',
      'service.k8s.aws/',
      'load-balancer.hetzner.cloud/',
      'kubernetes.digitalocean.com/load-balancer-id',
      'loadbalancer.openstack.org/load-balancer-id',
    ],
    writers: /cloud-controller-manager|^cloud-provider|^service-controller$/,
    workloads: /cloud-controller-manager|(?:openstack|hcloud|vsphere|aws)-cloud/,
  },
];
