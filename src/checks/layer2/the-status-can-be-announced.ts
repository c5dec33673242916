import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { LoadBalancerIngress, Service } from '../../core/facts/kube-objects.ts';
import {
  configurationOf,
  namespacesIfSelected,
  noAddressToJudge,
} from '../models/configuration/configuration.ts';
import { isServedBy, poolIndexOf } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';

type StatusFacts = Facts<'services' | 'ipAddressPools', 'namespaces' | 'communities'>;

/** Speakers want every entry of the status to be an address, and one pool that holds all of them. */
export const theStatusCanBeAnnounced = defineCheck({
  id: 'MLB-L07',
  asks: 'Can speakers announce what stands in the status of the Service?',
  symptoms: ['no-traffic', 'health'],
  causes: ['status-not-an-address', 'addresses-of-two-pools'],
  link: 'announced',
  needs: ['services', 'ipAddressPools'],
  helps: ['namespaces', 'communities'],
  enoughInNamespace: ['services'],
  alsoNeeds: namespacesIfSelected,
  skipWhen: noAddressToJudge,
  run: (facts, subject) =>
    (subject === undefined ? facts.services : [subject])
      .filter((service) => isServedBy(facts.installation, service))
      .flatMap((service) => {
        const odd = service.status.ingress.filter((each) => !isAddress(each));
        return [...(odd.length > 0 ? notAnAddress(service, odd) : ofTwoPools(service, facts))];
      })
      .toSorted((a, b) => (a.says < b.says ? -1 : 1)),
});

function isAddress({ ip }: LoadBalancerIngress): boolean {
  return ip !== undefined && parseAddress(ip) !== undefined;
}

/** A status without any address is another provider's; one with both is MetalLB's, and somebody added to it. */
function notAnAddress(service: Service, odd: readonly LoadBalancerIngress[]): readonly Found[] {
  const good = service.status.ingress.filter(isAddress).flatMap(({ ip }) => ip ?? []);
  if (good.length === 0) {
    return [];
  }
  const about = refOf(service);
  const texts = odd.map(({ ip, hostname }) => ip ?? hostname ?? '(empty)').toSorted();
  const { name, namespace = 'default' } = service.metadata;
  return [
    {
      cause: 'status-not-an-address',
      severity: 'error',
      about,
      affects: [about],
      says: `the status of ${keyOfService(service)} holds ${texts.join(', ')}, which is no address, so nobody announces ${good.join(', ')} either`,
      details: [
        'one entry that cannot be read as an address spoils the whole Service, in layer 2 and in BGP (invalidIP)',
        'MetalLB writes addresses only: somebody else wrote that entry',
      ],
      because: [seenField(about, 'status.loadBalancer.ingress', addressesIn(service).join(', '))],
      suggests: [
        {
          says: 'find out who writes it: the managers of the status are listed there',
          command: kubectl`-n ${namespace} get service ${name} -o yaml --show-managed-fields`,
          mutates: false,
        },
        {
          says: 'take the entry out of the status',
          command: kubectl`-n ${namespace} edit service ${name} --subresource=status`,
          mutates: true,
        },
      ],
    },
  ];
}

function ofTwoPools(service: Service, facts: StatusFacts): readonly Found[] {
  const index = poolIndexOf(facts);
  const held = service.status.ingress
    .flatMap(({ ip }) => parseAddress(ip ?? '') ?? [])
    .map((address) => ({ address, pools: index.holding(address).map(({ name }) => name) }));
  const [first] = held;
  const isShared = first?.pools.some((pool) => held.every(({ pools }) => pools.includes(pool)));
  const isAccepted = configurationOf(facts)?.state === 'accepted';
  // one that lies in no pool is told by MLB-H03
  if (isShared !== false || held.some(({ pools }) => pools.length === 0) || !isAccepted) {
    return [];
  }
  const about = refOf(service);
  const { name, namespace = 'default' } = service.metadata;
  return [
    {
      cause: 'addresses-of-two-pools',
      severity: 'error',
      about,
      affects: [about],
      says: `${keyOfService(service)} has addresses of two pools, and speakers announce none of them`,
      details: [
        ...held.map(({ address, pools }) => `${address} is of pool ${pools.join(', ')}`),
        'speakers want one pool that holds all addresses of a Service (ipNotAllowed)',
      ],
      because: [seenField(about, 'status.loadBalancer.ingress', addressesIn(service).join(', '))],
      suggests: [
        {
          says: 'put both ranges into one pool, or name one pool of both families in the annotation metallb.io/address-pool',
          command: kubectl`-n ${namespace} get service ${name} -o yaml`,
          mutates: false,
        },
      ],
    },
  ];
}
