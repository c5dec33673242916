import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { type Facts, remembered } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { namespacesIfSelected, noPoolsToJudge } from '../models/configuration/configuration.ts';
import { poolIndexOf } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { servicesByAddress } from '../models/service-index.ts';
import { addressesIn, keyOfService, wantsAddress } from '../models/services.ts';

type ExternalFacts = Facts<'services' | 'ipAddressPools', 'namespaces' | 'communities' | 'nodes'>;

/** kubectl shows spec.externalIPs in the same column as MetalLB's addresses; MetalLB never looks at the field. */
export const externalIPsAreNotOurs = defineCheck({
  id: 'MLB-H15',
  asks: 'Are the external addresses of Services those that MetalLB gave?',
  symptoms: ['pending', 'health', 'no-traffic'],
  causes: ['external-ips-lookalike'],
  link: 'elsewhere',
  needs: ['services', 'ipAddressPools'],
  helps: ['namespaces', 'communities', 'nodes'],
  basis: 'observed',
  alsoNeeds: namespacesIfSelected,
  skipWhen: noPoolsToJudge,
  run: (facts, subject) =>
    (subject === undefined ? facts.services : [subject])
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .flatMap((service) => {
        const foreign = foreignAddresses(service, facts);
        return foreign.length === 0 ? [] : [finding(service, foreign)];
      })
      .toSorted((a, b) => (a.says < b.says ? -1 : 1)),
});

interface Foreign {
  readonly address: string;
  readonly pool: string | undefined;
  readonly holders: readonly string[];
}

/** Those of a node are a way of their own that works; those of a pool, and any beside MetalLB, are a mistake. */
function foreignAddresses(service: Service, facts: ExternalFacts): readonly Foreign[] {
  const own = new Set(addressesIn(service));
  return service.spec.externalIPs
    .filter((text) => !own.has(text) && !nodeAddresses(facts).has(text))
    .flatMap((text) => parseAddress(text) ?? [])
    .map((address) => ({
      address,
      pool: poolIndexOf(facts).holding(address)[0]?.name,
      holders: (servicesByAddress(facts).get(address) ?? [])
        .filter((each) => each !== service)
        .map(keyOfService),
    }))
    .filter(({ pool }) => pool !== undefined || wantsAddress(service));
}

const nodeAddresses = remembered(
  ({ nodes }: ExternalFacts): ReadonlySet<string> =>
    new Set(
      itemsIfRead(nodes).flatMap(({ status }) => status.addresses.map((each) => each.address)),
    ),
);

function finding(service: Service, foreign: readonly Foreign[]): Found {
  const about = refOf(service);
  const addresses = foreign.map(({ address }) => address).join(', ');
  const isTaken = foreign.some(({ pool }) => pool !== undefined);
  const { name, namespace = 'default' } = service.metadata;
  return {
    cause: 'external-ips-lookalike',
    severity: isTaken ? 'warning' : 'info',
    about,
    affects: [about],
    says: `${keyOfService(service)} shows ${addresses} from spec.externalIPs, which MetalLB neither gives nor announces`,
    details: detailsOf(service, foreign),
    because: [seenField(about, 'spec.externalIPs', service.spec.externalIPs.join(', '))],
    doubts: [`a router or host outside the cluster sends ${addresses} to the nodes on purpose`],
    suggests: [
      {
        says: wantsAddress(service)
          ? 'empty spec.externalIPs, and ask for the address in spec.loadBalancerIP instead'
          : 'empty spec.externalIPs, and make the Service a LoadBalancer',
        command: kubectl`-n ${namespace} edit service ${name}`,
        mutates: true,
      },
    ],
  };
}

function detailsOf(service: Service, foreign: readonly Foreign[]): readonly string[] {
  return [
    ...foreign.flatMap(({ address, pool, holders }) => [
      ...(pool === undefined
        ? []
        : [`${address} lies in pool ${pool}, so MetalLB may give it to somebody else as well`]),
      ...(holders.length === 0
        ? []
        : [`${address} is the address that MetalLB gave to ${holders.join(', ')}`]),
    ]),
    'kubectl get service prints both kinds in the column EXTERNAL-IP; nobody answers for this one on the network unless something else was set up for it',
    ...(wantsAddress(service)
      ? [
          addressesIn(service).length === 0
            ? 'from MetalLB it has no address'
            : `from MetalLB it has ${addressesIn(service).join(', ')}`,
        ]
      : [`its type is ${service.spec.type}, so it asks MetalLB for nothing`]),
  ];
}
