import { prefixesIn } from '../../core/metallb/parse-pool.ts';
import { servingForBGP, servingIn, slicesByService } from '../../core/metallb/election/serving.ts';
import { poolIndexOf } from '../models/allocation/pool-membership.ts';
import { selectsPool } from '../models/configuration/advertisements.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { defineBug, type KnownBug } from './known-bug.ts';
import { heldBy, servedIn } from './material.ts';

/** Faults of what announces by BGP. */
export const bgpBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#2908',
    related: [],
    title: 'BGP withdraws a Service over a second entry of an endpoint address',
    program: 'speaker',
    since: undefined,
    fixedIn: 'v0.16.0',
    severity: 'warning',
    whatGoesWrong:
      'These releases judge an endpoint by its address: where one of several entries of that address is not ready, the address counts as unhealthy. Layer 2 and kube-proxy go by the entry that serves. It shows when addresses are used again, as in migrations of virtual machines, and with slices made by hand.',
    recognisedBy:
      'a Service that BGP is to advertise whose endpoints serve, each of them at an address that has an unready entry too',
    workaround: 'Take the stale entry out, or go to v0.16.0.',
    accountsFor: ['bgp-endpoint-distrusted'],
    needs: ['services', 'endpointSlices', 'ipAddressPools', 'bgpAdvertisements'],
    whole: ['endpointSlices'],
    helps: ['namespaces', 'communities'],
    signs: (facts) => {
      const slices = slicesByService(facts.endpointSlices);
      const home = facts.installation?.namespace;
      const advertised = ownPools(facts).filter((pool) =>
        facts.bgpAdvertisements.some(
          (each) => each.metadata.namespace === home && selectsPool(each, pool),
        ),
      );
      const names = new Set(advertised.map(({ metadata }) => metadata.name));
      return servedIn(facts)
        .filter((service) =>
          heldBy(service).some((address) =>
            poolIndexOf(facts)
              .holding(address)
              .some(({ name }) => names.has(name)),
          ),
        )
        .flatMap((service) => {
          const own = slices.get(keyOfService(service)) ?? [];
          const [slice] = own;
          return slice === undefined ||
            !servingIn(own).anywhere ||
            servingForBGP(own, false).anywhere
            ? []
            : [
                {
                  about: refOf(service),
                  says: `${keyOfService(service)} has an endpoint that serves, and BGP of this release counts its address as unhealthy`,
                  because: [seenField(refOf(slice), 'endpoints[].conditions.ready', 'false')],
                },
              ];
        });
    },
  }),
  defineBug({
    bug: 'metallb#2537',
    related: [],
    title: 'The timers of a BGPPeer contradict every other FRRConfiguration',
    program: 'speaker',
    since: 'v0.14.2',
    fixedIn: 'v0.14.9',
    severity: 'warning',
    whatGoesWrong:
      'These releases write timers of 90 and 30 seconds for every BGPPeer that names none. An FRRConfiguration of somebody else for the same neighbour, which leaves them out, contradicts that, and FRR-K8s takes neither.',
    recognisedBy: 'FRRNodeStates that speak of several hold or keepalive times',
    workaround:
      'Write holdTime 90s and keepaliveTime 30s into the other FRRConfiguration, or go to v0.14.9.',
    accountsFor: ['frr-configuration-refused'],
    needs: ['frrNodeStates'],
    signs: ({ frrNodeStates }) =>
      frrNodeStates.flatMap((state) => {
        const { lastConversionResult = '' } = state.status;
        return /multiple (?:hold|keepalive) times specified/.test(lastConversionResult)
          ? [
              {
                about: refOf(state),
                says: `FRR-K8s on ${state.metadata.name} finds several timers for one neighbour, and this release writes some unasked`,
                because: [
                  seenField(refOf(state), 'status.lastConversionResult', lastConversionResult),
                ],
              },
            ]
          : [];
      }),
  }),
  defineBug({
    bug: 'metallb#2593',
    related: [],
    title: 'An IPv6 pool stops native speakers although BGP does not advertise it',
    program: 'speaker',
    since: undefined,
    fixedIn: 'v0.14.9',
    severity: 'warning',
    whatGoesWrong:
      'Speakers that speak BGP themselves refuse their whole configuration because of an IPv6 pool, also when only layer 2 announces it.',
    recognisedBy: 'native BGP, BGPAdvertisements, and an IPv6 pool that none of them selects',
    workaround: 'Take IPv6 out of the pools, use FRR, or go to v0.14.9.',
    accountsFor: ['config-rejected'],
    needs: ['ipAddressPools', 'bgpAdvertisements', 'daemonSets'],
    helps: ['namespaces', 'communities'],
    signs: (facts) => {
      const { installation, bgpAdvertisements } = facts;
      const isNative = installation?.bgpType === undefined || installation.bgpType === 'native';
      return installation?.speaker === undefined || !isNative || bgpAdvertisements.length === 0
        ? []
        : ownPools(facts)
            .filter((pool) => !bgpAdvertisements.some((each) => selectsPool(each, pool)))
            .flatMap((pool) => {
              const entry = pool.spec.addresses.find(isIPv6);
              return entry === undefined
                ? []
                : [
                    {
                      about: refOf(pool),
                      says: `pool ${pool.metadata.name} holds IPv6 (${entry}), and native speakers of this release refuse their configuration over it`,
                      because: [seenField(refOf(pool), 'spec.addresses', entry)],
                    },
                  ];
            });
    },
  }),
];

function isIPv6(entry: string): boolean {
  return prefixesIn(entry).some(({ family }) => family === 'ipv6');
}
