import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Workload } from '../../core/facts/kube-objects.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { listed } from '../models/bgp/listed.ts';
import { sessionText } from '../models/bgp/sessions.ts';
import { standingsOn } from '../models/bgp/session-states.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** A router keeps one session per pair of addresses: a CNI that peers with it from the same nodes takes it away. */
export const noOtherBGPIsInTheWay = bgpCheck({
  id: 'MLB-B16',
  asks: 'Does nothing else on the nodes speak BGP while sessions fail?',
  causes: ['bgp-beside-cni'],
  link: 'elsewhere',
  basis: 'inferred',
  run: (way, facts) => {
    const failing = standingsOn(way, facts).filter(
      ({ state, trouble }) =>
        state === 'down' && trouble !== 'unreachable' && trouble !== 'source-address',
    );
    const speaking = facts.daemonSets.flatMap((each) => speakerIn(each) ?? []);
    const [first] = speaking;
    if (failing.length === 0 || first === undefined) {
      return [];
    }
    const about = refOf(first.workload);
    const { namespace = 'default', name } = first.workload.metadata;
    return [
      {
        cause: 'bgp-beside-cni',
        severity: 'warning',
        about,
        says: `${first.product} speaks BGP from the same nodes: if it peers with the same router, the router turns one of the two sessions away`,
        details: [
          `failing: ${listed(failing.map(sessionText).toSorted())}`,
          'a router allows one session per pair of addresses, and both come from the address of the node',
          ...first.means,
        ],
        because: [seenField(about, first.path, first.value)],
        doubts: [`${first.product} peers only among the nodes, or with other routers`],
        suggests: [
          {
            says: 'see with whom it peers',
            command: first.look,
            mutates: false,
          },
          {
            says: `let one of the two speak: ${first.remedy}`,
            command: kubectl`-n ${namespace} get daemonset ${name} -o yaml`,
            mutates: false,
          },
        ],
      },
    ];
  },
});

interface OtherBGP {
  readonly product: string;
  readonly workload: Workload;
  readonly path: string;
  readonly value: string;
  readonly means: readonly string[];
  readonly look: string;
  readonly remedy: string;
}

/** What a DaemonSet shows of BGP; with whom it peers lies in kinds that are not read. */
function speakerIn(workload: Workload): OtherBGP | undefined {
  const { name } = workload.metadata;
  const [container] = workload.spec.template.containers;
  const env = new Map(Object.entries(container?.env ?? {}));
  const backend = env.get('CALICO_NETWORKING_BACKEND');
  const clusterType = env.get('CLUSTER_TYPE') ?? '';
  if (
    name.startsWith('calico-node') &&
    (backend === 'bird' || (backend === undefined && /\bbgp\b/.test(clusterType)))
  ) {
    return {
      product: 'Calico',
      workload,
      path: backend === undefined ? 'env CLUSTER_TYPE' : 'env CALICO_NETWORKING_BACKEND',
      value: backend ?? clusterType,
      means: [
        'Calico can advertise addresses of LoadBalancer Services itself (serviceLoadBalancerIPs)',
      ],
      look: 'kubectl get bgppeers.crd.projectcalico.org,bgpconfigurations.crd.projectcalico.org -o yaml',
      remedy:
        'have Calico advertise the pools and run MetalLB without speakers, or peer MetalLB with another address or port of the router',
    };
  }
  const args = (container?.args ?? []).join(' ');
  return name.startsWith('kube-router') && !/--run-router=false/.test(args)
    ? {
        product: 'kube-router',
        workload,
        path: 'spec.template args',
        value: args === '' ? '(none)' : args,
        means: ['its part that speaks BGP is on unless --run-router=false is given'],
        look: kubectl`-n ${workload.metadata.namespace ?? 'kube-system'} get daemonset ${name} -o yaml`,
        remedy:
          'start kube-router with --run-router=false, or let it advertise the addresses itself',
      }
    : undefined;
}
