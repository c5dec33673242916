import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { parseAddress, parseCidr, parseRange, contains } from '../../core/facts/ip.ts';
import type {
  CiliumL2AnnouncementPolicy,
  CiliumLoadBalancerIPPool,
  LabelSelector,
  Node,
  Service,
  Workload,
} from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { selects } from '../../core/metallb/selectors.ts';
import { agentsOf } from '../models/policies/plugin-policies.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';

/** Told to, Cilium answers ARP for whatever address stands in the status of a Service, whoever wrote it there. */
export const ciliumLeavesItAlone = layer2Check({
  id: 'MLB-L29',
  asks: 'Is Cilium told to leave the addresses of this Service alone?',
  causes: ['rival-announcer'],
  link: 'elsewhere',
  basis: 'inferred',
  alsoHelps: ['ciliumL2AnnouncementPolicies', 'ciliumLoadBalancerIPPools'],
  skip: (_, { daemonSets: items, ciliumL2AnnouncementPolicies: policies }) => {
    if (policies.state !== 'read') {
      return 'no policies of Cilium that announce were read';
    }
    return agentIn(items) === undefined ? 'Cilium does not run here' : undefined;
  },
  run: ({ service }, facts) => {
    const pools = itemsIfRead(facts.ciliumLoadBalancerIPPools);
    const [policy] = itemsIfRead(facts.ciliumL2AnnouncementPolicies).filter((each) =>
      announces(each, service, facts.nodes),
    );
    const home = agentIn(facts.daemonSets)?.metadata.namespace ?? 'kube-system';
    return policy === undefined
      ? []
      : [finding(service, policy, { home, pools: poolsHolding(service, pools) })];
  },
});

function agentIn(items: readonly Workload[]): Workload | undefined {
  return agentsOf('Cilium', { daemonSets: { state: 'read', items } })[0];
}

/** Cilium takes Services without a class and those of its own; of these all, unless it is told which. */
function announces(
  { spec }: CiliumL2AnnouncementPolicy,
  service: Service,
  nodes: readonly Node[],
): boolean {
  const { loadBalancerClass = ownClass } = service.spec;
  const { serviceSelector, nodeSelector = everything } = spec;
  return (
    spec.loadBalancerIPs &&
    loadBalancerClass === ownClass &&
    takes(serviceSelector, service) &&
    nodes.some(({ metadata }) => selects(nodeSelector, metadata.labels))
  );
}

const ownClass = 'io.cilium/l2-announcer';
const everything: LabelSelector = { matchLabels: {}, matchExpressions: [] };

/** Beside its labels a Service can be named by two more, which only Cilium knows. */
function takes(selector: LabelSelector = everything, { metadata }: Service): boolean {
  return selects(
    selector,
    Object.fromEntries([
      ...Object.entries(metadata.labels),
      ['io.kubernetes.service.namespace', metadata.namespace ?? ''],
      ['io.kubernetes.service.name', metadata.name],
    ]),
  );
}

function poolsHolding(
  service: Service,
  pools: readonly CiliumLoadBalancerIPPool[],
): readonly CiliumLoadBalancerIPPool[] {
  const addresses = addressesIn(service).flatMap((text) => parseAddress(text) ?? []);
  return pools.filter(
    ({ spec }) =>
      !spec.disabled &&
      spec.blocks.some((block) => {
        const range = rangeOf(block);
        return range !== undefined && addresses.some((address) => contains(range, address));
      }),
  );
}

function rangeOf({
  cidr,
  start,
  stop = start,
}: CiliumLoadBalancerIPPool['spec']['blocks'][number]) {
  if (cidr !== undefined) {
    return parseCidr(cidr);
  }
  const range = parseRange(`${start ?? ''}-${stop ?? ''}`);
  return range.kind === 'range' ? range.range : undefined;
}

function finding(
  service: Service,
  policy: CiliumL2AnnouncementPolicy,
  { home, pools }: { readonly home: string; readonly pools: readonly CiliumLoadBalancerIPPool[] },
): Found {
  const about = refOf(policy);
  const { namespace = 'default', name } = service.metadata;
  return {
    cause: 'rival-announcer',
    severity: 'warning',
    about,
    affects: [refOf(service)],
    says: `CiliumL2AnnouncementPolicy ${policy.metadata.name} takes ${keyOfService(service)}: Cilium may answer ARP for its addresses too, from a node that it elects`,
    details: [
      'with loadBalancerIPs Cilium announces what stands in status.loadBalancer.ingress, whoever gave the address',
      'it takes Services without loadBalancerClass, and elects the node by a lease of its own',
      ...pools.map(
        ({ metadata }) =>
          `CiliumLoadBalancerIPPool ${metadata.name} holds the address as well: Cilium may give it to another Service`,
      ),
    ],
    because: [
      seenField(about, 'spec.loadBalancerIPs', 'true'),
      ...pools.map((pool) => seenField(refOf(pool), 'spec.blocks', blocksText(pool))),
    ],
    doubts: ['l2announcements.enabled is not set for Cilium: then its policies do nothing'],
    suggests: [
      {
        says: 'see whether Cilium has elected a node for it: the lease names it',
        command: kubectl`-n ${home} get lease ${`cilium-l2announce-${namespace}-${name}`} -o yaml`,
        mutates: false,
      },
      {
        says: 'let one of the two announce: give the policy a serviceSelector that leaves this Service out, or run MetalLB with --lb-class and give the Service its class',
        command: kubectl`get ciliuml2announcementpolicies.cilium.io ${policy.metadata.name} -o yaml`,
        mutates: false,
      },
    ],
  };
}

function blocksText({ spec }: CiliumLoadBalancerIPPool): string {
  return spec.blocks
    .map(({ cidr, start = '', stop }) => cidr ?? (stop === undefined ? start : `${start}-${stop}`))
    .join(', ');
}
