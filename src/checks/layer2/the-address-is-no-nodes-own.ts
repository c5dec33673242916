import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { type IpAddress, parseAddress } from '../../core/facts/ip.ts';
import type { Node, Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { indexPools } from '../../core/metallb/pool-index.ts';
import { configurationOf } from '../models/configuration/configuration.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';

/** A pool over the addresses of the nodes gives away one that a machine uses: the kernel there answers for it. */
export const theAddressIsNoNodesOwn = defineCheck({
  id: 'MLB-L21',
  asks: "Is the address of the Service no node's own?",
  symptoms: ['no-traffic'],
  causes: ['node-address-in-pool'],
  link: 'wire',
  needs: ['nodes'],
  helps: ['ipAddressPools', 'namespaces', 'communities'],
  basis: 'observed',
  skipWhen: (_facts, subject) =>
    subject === undefined || addressesIn(subject).length === 0
      ? 'the Service has no address'
      : undefined,
  run: (facts, subject) => {
    if (subject === undefined) {
      return [];
    }
    const given = givenAddresses(subject, facts);
    return facts.nodes.flatMap((node) => {
      const own = new Set(node.status.addresses.map(({ address }) => parseAddress(address)));
      const shared = given.filter((address) => own.has(address));
      return shared.length === 0 ? [] : [finding(subject, node, shared)];
    });
  },
});

type PoolFacts = Facts<never, 'ipAddressPools' | 'namespaces' | 'communities'>;

/** What no pool holds was written by somebody else, such as the balancer of k3s, which serves it there (#804). */
function givenAddresses(service: Service, facts: PoolFacts): readonly IpAddress[] {
  const addresses = addressesIn(service).flatMap((text) => parseAddress(text) ?? []);
  const ipAddressPools = itemsIfRead(facts.ipAddressPools);
  const pools = configurationOf({ ...facts, ipAddressPools })?.pools ?? [];
  if (pools.length === 0) {
    return addresses;
  }
  const index = indexPools(pools);
  return addresses.filter((address) => index.holding(address).length > 0);
}

function finding(service: Service, node: Node, shared: readonly IpAddress[]): Found {
  const { name } = node.metadata;
  return {
    cause: 'node-address-in-pool',
    severity: 'error',
    about: refOf(node),
    affects: [refOf(service)],
    addresses: shared,
    says: `${shared.join(', ')} is the address of node ${name} itself, which answers for it beside the announcer`,
    details: [
      `whoever reaches ${name} by that address reaches its own programs, not the Service`,
      'the pool must keep clear of the addresses of the nodes',
    ],
    because: [seenField(refOf(node), 'status.addresses', shared.join(', '))],
    suggests: [
      {
        says: 'take that address out of the pool; the Service gets another one',
        command: 'triage pools',
        mutates: false,
      },
    ],
  };
}
