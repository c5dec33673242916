import type { Container, Service } from '../../../core/facts/kube-objects.ts';
import { servesServices } from './kube-vip.ts';

/** Another product that gives Services addresses. */
export interface Product {
  /** `Cilium`; for the part that gives addresses, `Cilium LB-IPAM` where that has a name of its own. */
  readonly name: string;
  readonly balancer?: string;
  /** How it is known on a Service that MetalLB serves as well. */
  readonly marks?: Marks;
  /** How it is known to be the one that serves a class. */
  readonly serves?: Serving;
}

/** What a product leaves where it works. */
export interface Marks {
  /** Beginnings of annotation, label, finalizer and condition names it leaves on a Service it serves. */
  readonly prefixes: readonly string[];
  /** Who writes the status, by field manager. */
  readonly writers: RegExp;
  /** Its own workloads, by name. */
  readonly workloads: RegExp;
  /** Where its load balancing is switched off, as far as one setting does it. */
  readonly switchOff?: string;
  /** Where it answers in layer 2 for addresses that others gave. */
  readonly answers?: Answering;
}

/** How a product comes to answer for an address of MetalLB's. */
export interface Answering {
  readonly how: string;
  readonly stop: string;
  /** True when it holds only addresses of its own configuration: then it is a rival where that names this one. */
  readonly isApart?: true;
  /** False where its part for Services is switched off. */
  readonly isOn?: (containers: readonly Container[]) => boolean;
  /** What it does with an address of its own, where it has one and its part for Services is switched off. */
  readonly ownHow?: string;
  /** The annotation in which it says of a Service from where it announces it. */
  readonly note?: string;
  /** False where it leaves this Service alone; absent where that cannot be told. */
  readonly heeds?: (service: Service) => boolean;
}

/** The classes of a product, and what shows that it is installed. */
export interface Serving {
  readonly classes: RegExp;
  readonly apiGroup?: string;
  /** The DaemonSet that does its work on the nodes, by name. */
  readonly agents?: RegExp;
}

/** The products that are known to meet MetalLB, or to serve a class beside it. */
export const products: readonly Product[] = [
  {
    name: 'k3s ServiceLB',
    marks: {
      prefixes: ['svccontroller.k3s.cattle.io/'],
      writers: /^k3s/,
      workloads: /^svclb-/,
      switchOff:
        'start the k3s servers with --disable=servicelb (or disable: [servicelb] in /etc/rancher/k3s/config.yaml)',
    },
  },
  {
    name: 'kube-vip',
    marks: {
      // the last one is a label of its cloud provider, which hands out the addresses
      prefixes: ['kube-vip.io/', 'ipam-address'],
      writers: /^kube-vip/,
      workloads: /^kube-vip/,
      switchOff:
        'keep one of the two: svc_enable=false in the environment of kube-vip switches its part off',
      answers: {
        how: 'binds the addresses of Services to an interface of its leader, whoever gave them',
        stop: 'set svc_enable=false for kube-vip, which leaves the address of the control plane to it; keep that address out of the pools',
        isOn: servesServices,
        ownHow:
          'binds the address of the control plane to the node that leads, and is told to take this one for it',
        note: 'kube-vip.io/vipHost',
      },
    },
    serves: { classes: /^kube-vip\.io\//, agents: /^kube-vip/ },
  },
  {
    name: 'Cilium',
    balancer: 'Cilium LB-IPAM',
    marks: {
      prefixes: ['io.cilium/lb-ipam', 'lbipam.cilium.io/', 'cilium.io/IPAMRequest'],
      writers: /^cilium/,
      workloads: /^cilium-operator/,
      switchOff:
        'keep one of the two: without a CiliumLoadBalancerIPPool Cilium gives no address (and l2announcements.enabled=false stops its announcing)',
    },
    serves: { classes: /^io\.cilium\//, apiGroup: 'cilium.io', agents: /^cilium/ },
  },
  {
    name: 'PureLB',
    marks: {
      prefixes: ['purelb.io/'],
      writers: /^purelb|^allocator$/,
      workloads: /^lbnodeagent/,
      switchOff: 'keep one of the two: scale the allocator of PureLB down',
      answers: {
        how: 'adds addresses of Services to an interface of a node',
        stop: 'keep one of the two',
        // its node agent leaves alone what its allocator did not give
        heeds: ({ metadata }) => metadata.annotations['purelb.io/allocated-by'] === 'PureLB',
      },
    },
    serves: { classes: /^purelb\.io\//, apiGroup: 'purelb.io', agents: /^lbnodeagent/ },
  },
  {
    name: 'OpenELB',
    marks: {
      prefixes: [
        'lb.kubesphere.io/',
        'finalizer.lb.kubesphere.io/',
        'protocol.openelb.kubesphere.io/',
        'eip.openelb.kubesphere.io/',
      ],
      writers: /^openelb/,
      workloads: /^openelb/,
      switchOff: 'keep one of the two: scale the manager of OpenELB down',
      answers: {
        how: 'answers for addresses of Services in layer 2 as well',
        stop: 'keep one of the two',
      },
    },
    serves: {
      classes: /^openelb|^lb\.kubesphere\.io\//,
      apiGroup: 'network.kubesphere.io',
      agents: /^openelb/,
    },
  },
  {
    name: 'Antrea',
    marks: {
      prefixes: ['service.antrea.io/external-ip-pool'],
      writers: /^antrea-controller/,
      workloads: /^antrea-controller/,
    },
  },
  {
    name: 'Calico',
    marks: {
      prefixes: ['projectcalico.org/loadBalancerIPs', 'projectcalico.org/ipv4pools'],
      writers: /^kube-controllers$|^calico/,
      workloads: /^calico-kube-controllers/,
    },
    serves: {
      classes: /^calico$|^projectcalico\.org\//,
      apiGroup: 'crd.projectcalico.org',
      agents: /^calico-node/,
    },
  },
  {
    name: 'kube-router',
    marks: {
      prefixes: ['kube-router.io/service.advertise.loadbalancer'],
      writers: /^kube-router/,
      workloads: /^kube-router/,
    },
  },
  {
    name: 'keepalived',
    marks: {
      prefixes: ['keepalived-operator.redhat-cop.io/', 'k8s.co/keepalived'],
      writers: /^keepalived/,
      workloads: /keepalived/,
      answers: {
        how: 'binds the addresses of its own configuration to a node; where those overlap with a pool, two machines answer',
        stop: 'take the addresses of the pools out of its configuration',
        isApart: true,
      },
    },
  },
  {
    // Gives Services an address of autoAssignCIDRs, and writes it into spec.externalIPs, too.
    name: 'OpenShift ingress IP',
    marks: {
      prefixes: [],
      writers: /^openshift-controller-manager/,
      workloads: /^openshift-controller-manager/,
      switchOff:
        'take autoAssignCIDRs out of spec.externalIP of networks.config.openshift.io/cluster (OpenShift 3: ingressIPNetworkCIDR)',
    },
  },
  {
    name: 'a cloud controller',
    marks: {
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
  },
  {
    name: 'Tailscale',
    serves: { classes: /^tailscale$/, apiGroup: 'tailscale.com' },
  },
  {
    name: 'LoxiLB',
    serves: { classes: /^loxilb\.io\//, apiGroup: 'netlox.io', agents: /^loxilb/ },
  },
  {
    name: 'the AWS load balancer controller',
    serves: {
      classes: /^(?:service\.k8s\.aws|eks\.amazonaws\.com)\//,
      apiGroup: 'elbv2.k8s.aws',
    },
  },
];
