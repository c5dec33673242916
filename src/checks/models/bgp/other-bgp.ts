import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Workload } from '../../../core/facts/kube-objects.ts';

/** A network plugin that speaks BGP from the nodes, or may do so. */
export interface OtherBGP {
  readonly product: string;
  readonly workload: Workload;
  /** What was seen of it, and where. */
  readonly path: string;
  readonly value: string;
  /** False where its own BGP may as well be off. */
  readonly isOn: boolean;
  readonly means: string;
  /** The command that shows with whom it peers. */
  readonly look: string;
  readonly remedy: string;
}

/** What a DaemonSet shows of BGP; with whom it peers lies in kinds that are not read. */
export function otherBGPIn(workload: Workload): OtherBGP | undefined {
  return calicoIn(workload) ?? kubeRouterIn(workload) ?? ciliumIn(workload);
}

function calicoIn(workload: Workload): OtherBGP | undefined {
  const env = new Map(
    workload.spec.template.containers.flatMap((container) => Object.entries(container.env)),
  );
  const backend = env.get('CALICO_NETWORKING_BACKEND');
  const clusterType = env.get('CLUSTER_TYPE') ?? '';
  const isOn = backend === 'bird' || (backend === undefined && /\bbgp\b/.test(clusterType));
  return !isOn || !workload.metadata.name.startsWith('calico-node')
    ? undefined
    : {
        product: 'Calico',
        workload,
        path: backend === undefined ? 'env CLUSTER_TYPE' : 'env CALICO_NETWORKING_BACKEND',
        value: backend ?? clusterType,
        isOn,
        means:
          'Calico can advertise addresses of LoadBalancer Services itself (serviceLoadBalancerIPs)',
        look: 'kubectl get bgppeers.crd.projectcalico.org,bgpconfigurations.crd.projectcalico.org -o yaml',
        remedy:
          'have Calico advertise the pools and run MetalLB without speakers, or peer MetalLB with another address or port of the router',
      };
}

function kubeRouterIn(workload: Workload): OtherBGP | undefined {
  const { name, namespace = 'kube-system' } = workload.metadata;
  const args = workload.spec.template.containers.flatMap((container) => container.args).join(' ');
  return !name.startsWith('kube-router') || args.includes('--run-router=false')
    ? undefined
    : {
        product: 'kube-router',
        workload,
        path: 'spec.template args',
        value: args === '' ? '(none)' : args,
        isOn: true,
        means: 'its part that speaks BGP is on unless --run-router=false is given',
        look: kubectl`-n ${namespace} get daemonset ${name} -o yaml`,
        remedy:
          'start kube-router with --run-router=false, or let it advertise the addresses itself',
      };
}

function ciliumIn(workload: Workload): OtherBGP | undefined {
  const { name, namespace = 'kube-system' } = workload.metadata;
  return name !== 'cilium'
    ? undefined
    : {
        product: 'Cilium',
        workload,
        path: 'metadata.name',
        value: name,
        isOn: false,
        means: 'its BGP is off unless bgpControlPlane.enabled was set, which is not read',
        look: kubectl`-n ${namespace} get configmap cilium-config -o yaml`,
        remedy: 'let Cilium advertise the addresses, or take the router out of its peers',
      };
}
