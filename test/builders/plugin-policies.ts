import {
  parseCalicoGlobalNetworkPolicy,
  parseCalicoNetworkPolicy,
} from '../../src/core/cluster/parse/calico-policy.ts';
import {
  parseCiliumL2AnnouncementPolicy,
  parseCiliumLoadBalancerIPPool,
} from '../../src/core/cluster/parse/cilium-balancing.ts';
import {
  parseCiliumClusterwideNetworkPolicy,
  parseCiliumNetworkPolicy,
} from '../../src/core/cluster/parse/cilium-policy.ts';

const object = (key: string, spec: object) => {
  const [first = key, name] = key.split('/');
  return { metadata: name === undefined ? { name: first } : { namespace: first, name }, spec };
};

/** A NetworkPolicy of Calico as the API server holds it: `shop/web`. */
export const calicoPolicy = (key: string, spec: object) =>
  parseCalicoNetworkPolicy(object(key, spec));

/** A GlobalNetworkPolicy of Calico. */
export const calicoGlobalPolicy = (name: string, spec: object) =>
  parseCalicoGlobalNetworkPolicy(object(name, spec));

/** A CiliumNetworkPolicy: `shop/web`. */
export const ciliumPolicy = (key: string, spec: object) =>
  parseCiliumNetworkPolicy(object(key, spec));

/** A CiliumClusterwideNetworkPolicy. */
export const ciliumClusterwidePolicy = (name: string, spec: object) =>
  parseCiliumClusterwideNetworkPolicy(object(name, spec));

/** A CiliumL2AnnouncementPolicy. */
export const ciliumL2Policy = (name: string, spec: object) =>
  parseCiliumL2AnnouncementPolicy(object(name, spec));

/** A CiliumLoadBalancerIPPool. */
export const ciliumPool = (name: string, ...cidrs: readonly string[]) =>
  parseCiliumLoadBalancerIPPool(object(name, { blocks: cidrs.map((cidr) => ({ cidr })) }));
