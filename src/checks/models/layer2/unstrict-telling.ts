import type { Found } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { refOf } from '../references.ts';
import { isProxy, type UnstrictProxy } from './unstrict-proxies.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** What is answered for by more nodes than one. */
export interface Answered {
  readonly services: readonly Service[];
  /** Their addresses, in words. */
  readonly addresses: string;
}

const shownNodes = 5;

/** Every node answers for these addresses, beside the speaker that should. */
export function toldOfProxy(
  proxy: UnstrictProxy,
  { services, addresses }: Answered,
  facts: Facts<'daemonSets'>,
): Found {
  const { about, nodes } = proxy;
  const where = nodes.length === 0 ? '' : ` on ${someOf(nodes, shownNodes)}`;
  const who = nodes.length === 0 ? 'every node answers' : 'each of these nodes answers';
  return {
    cause: 'ipvs-without-strict-arp',
    // kube-proxy on whichever node sends packets on: broken it is only where the wire shows several that answer
    severity: 'warning',
    about,
    affects: services.map(refOf),
    says: `kube-proxy runs in IPVS mode without strictARP${where}, so ${who} for ${addresses}`,
    details: [
      'it puts the address on kube-ipvs0 of each node, and the kernel answers ARP for it beside the speaker',
      'clients send to whichever node answered last',
      ...(isAtWork(proxy, facts)
        ? []
        : ['no kube-proxy was seen at work: the ConfigMap may be a leftover']),
    ],
    because: proxy.because,
    doubts: ['arp_ignore and arp_announce were set on the nodes by hand'],
    suggests: remediesFor(proxy),
  };
}

/** False where only its settings are there, which may be left over: whoever replaces it takes its DaemonSet off all nodes. */
export function isAtWork({ about }: UnstrictProxy, { daemonSets }: Facts<'daemonSets'>): boolean {
  return (
    about.kind === 'Node' ||
    daemonSets.some(({ metadata, status }) => isProxy(metadata) && status.desired !== 0)
  );
}

function remediesFor({ about }: UnstrictProxy): readonly Remedy[] {
  if (about.kind === 'Node') {
    return [
      {
        says: 'give every node "kube-proxy-arg: [proxy-mode=ipvs, ipvs-strict-arp=true]" in the config.yaml of k3s or RKE2, then restart that',
        command: 'kubectl get nodes -o yaml',
        mutates: false,
      },
    ];
  }
  return [
    about.kind === 'ConfigMap'
      ? {
          says: 'set strictARP: true under ipvs',
          command: 'kubectl -n kube-system edit configmap kube-proxy',
          mutates: true,
        }
      : {
          says: 'add --ipvs-strict-arp=true to its arguments',
          command: 'kubectl -n kube-system edit daemonset kube-proxy',
          mutates: true,
        },
    {
      says: 'then restart kube-proxy',
      command: 'kubectl -n kube-system rollout restart daemonset/kube-proxy',
      mutates: true,
    },
  ];
}
