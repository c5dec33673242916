import { type Cidr, contains, type IpAddress, parseCidr } from '../../../core/facts/ip.ts';
import type { NetworkPolicy, NetworkPolicyPort, Pod } from '../../../core/facts/kube-objects.ts';
import { selects } from '../../../core/metallb/selectors.ts';

/** A range that a policy lets in, without the parts it takes out again. */
export interface Block {
  readonly range: Cidr;
  readonly except: readonly Cidr[];
  readonly text: string;
}

/** Who may connect to a port of a pod, as far as NetworkPolicies say. */
export type Admission =
  /** No policy selects the pod for what comes in. */
  | { readonly kind: 'unrestricted' }
  /** Policies select it, and one lets everybody in to this port. */
  | { readonly kind: 'everybody' }
  /** Only these ranges, and perhaps pods. */
  | { readonly kind: 'ranges'; readonly blocks: readonly Block[] }
  /** Only pods of the cluster, by their labels: no address from outside is one. */
  | { readonly kind: 'pods-only' }
  | { readonly kind: 'nobody' };

/** A port as a pod has it. */
export interface PodPort {
  readonly port: number;
  readonly protocol: string;
}

/** The policies that select the pod for what comes in. */
export function policiesOn(
  { metadata }: Pod,
  policies: readonly NetworkPolicy[],
): readonly NetworkPolicy[] {
  return policies.filter(
    (policy) =>
      policy.metadata.namespace === metadata.namespace &&
      // the API server adds Ingress where nothing is said
      (policy.spec.policyTypes.length === 0 || policy.spec.policyTypes.includes('Ingress')) &&
      selects(policy.spec.podSelector, metadata.labels),
  );
}

/** Who may connect to this port of the pod: what any of its policies allows is allowed. */
export function admissionTo(
  pod: Pod,
  port: PodPort,
  policies: readonly NetworkPolicy[],
): Admission {
  const own = policiesOn(pod, policies);
  if (own.length === 0) {
    return { kind: 'unrestricted' };
  }
  const rules = own
    .flatMap(({ spec }) => spec.ingress)
    .filter(({ ports }) => ports.length === 0 || ports.some((each) => takesPort(each, port, pod)));
  const peers = rules.flatMap(({ from }) => from);
  const blocks = peers.flatMap(({ ipBlock }) => blockOf(ipBlock) ?? []);
  if (rules.some(({ from }) => from.length === 0) || takesAll(blocks)) {
    return { kind: 'everybody' };
  }
  if (blocks.length > 0) {
    return { kind: 'ranges', blocks };
  }
  return { kind: peers.length > 0 ? 'pods-only' : 'nobody' };
}

/** True when somebody with this address may connect. */
export function lets(admission: Admission, address: IpAddress): boolean {
  switch (admission.kind) {
    case 'unrestricted':
    case 'everybody':
      return true;
    case 'ranges':
      return admission.blocks.some((block) => isIn(block, address));
    case 'pods-only':
    case 'nobody':
      return false;
  }
}

/** True when the block holds the address and does not take it out again. */
export function isIn({ range, except }: Block, address: IpAddress): boolean {
  return contains(range, address) && !except.some((each) => contains(each, address));
}

/** A port by number, by a name of the pod's containers, by range, or any of its protocol. */
export function takesPort(
  { protocol = 'TCP', port, endPort }: NetworkPolicyPort,
  wanted: PodPort,
  { spec }: Pod,
): boolean {
  if (protocol !== wanted.protocol) {
    return false;
  }
  if (port === undefined) {
    return true;
  }
  if (typeof port === 'string') {
    return spec.containers.some(({ ports }) =>
      ports.some(
        (each) =>
          each.name === port && each.protocol === wanted.protocol && each.port === wanted.port,
      ),
    );
  }
  return port <= wanted.port && wanted.port <= (endPort ?? port);
}

function blockOf(
  ipBlock: { readonly cidr: string; readonly except: readonly string[] } | undefined,
): Block | undefined {
  const range = parseCidr(ipBlock?.cidr ?? '');
  const except = ipBlock?.except ?? [];
  return range === undefined
    ? undefined
    : {
        range,
        except: except.flatMap((text) => parseCidr(text) ?? []),
        text: `${ipBlock?.cidr ?? ''}${except.length === 0 ? '' : ` without ${except.join(', ')}`}`,
      };
}

/** All of IPv4 is everybody where there is no IPv6, and the other way round; one family cannot shut out the other's half. */
function takesAll(blocks: readonly Block[]): boolean {
  return blocks.some(({ range, except }) => range.prefixLength === 0 && except.length === 0);
}
