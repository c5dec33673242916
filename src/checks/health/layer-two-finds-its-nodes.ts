import { defineCheck } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { IPAddressPool, Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { isWithin } from '../../core/metallb/releases.ts';
import { advertisementsOf, selectsPool } from '../models/configuration/advertisements.ts';
import { namespacesIfSelected, ownPools } from '../models/configuration/configuration.ts';
import { memberlistIsOff, silentWithoutMemberlist } from '../models/programs/memberlist.ts';
import { isServedBy, poolIndexOf } from '../models/allocation/pool-membership.ts';
import { type Program, speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';

type AnnouncingFacts = Facts<
  'services' | 'ipAddressPools' | 'l2Advertisements' | 'bgpAdvertisements',
  'namespaces' | 'communities'
>;

type SpeakerFacts = Facts<never, 'daemonSets' | 'deployments' | 'pods'>;

/** Speakers without memberlist take every node for alive; those of v0.14 take none, and nobody announces. */
export const layerTwoFindsItsNodes = defineCheck({
  id: 'MLB-H22',
  asks: 'Do the speakers count any node as alive, so that one announces in layer 2?',
  symptoms: ['health', 'no-traffic'],
  causes: ['memberlist-off'],
  link: 'eligible',
  needs: ['services', 'ipAddressPools', 'l2Advertisements', 'bgpAdvertisements'],
  helps: ['namespaces', 'communities', 'speakerLogs', 'daemonSets', 'deployments', 'pods'],
  alsoNeeds: (facts) => [...namespacesIfSelected(facts), 'daemonSets'],
  skipWhen: (facts) => {
    const { installation } = facts;
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    if (!isWithin(installation.speakerVersion, silentWithoutMemberlist)) {
      return 'speakers of this release do not need memberlist';
    }
    return facts.daemonSets.state === 'read' && speakersIn(facts)?.workload === undefined
      ? 'no DaemonSet of speakers was found'
      : undefined;
  },
  run: (facts, subject) => {
    const speaker = speakersIn(facts);
    const seen = memberlistIsOff(speaker?.workload, facts);
    const silent = ownPools(facts).filter((pool) => isLayerTwoOnly(pool, facts));
    if (speaker?.workload === undefined || seen === undefined || silent.length === 0) {
      return [];
    }
    const struck = servicesFrom(silent, facts).filter(
      (service) => subject === undefined || keyOfService(service) === keyOfService(subject),
    );
    if (subject !== undefined && struck.length === 0) {
      return [];
    }
    const who =
      struck.length === 0
        ? 'an address'
        : `the addresses of ${someOf(struck.map(keyOfService), 5)}`;
    return [
      {
        cause: 'memberlist-off',
        severity: struck.length === 0 ? ('warning' as const) : ('error' as const),
        about: refOf(speaker.workload),
        affects: struck.map(refOf),
        says: `the speakers run without memberlist, and in this release nobody announces ${who} in layer 2 then`,
        details: [
          `without memberlist speakers of ${facts.installation?.speakerVersion ?? 'v0.14'} count no node as alive, so none of them is chosen`,
          `pools that only layer 2 advertises: ${silent
            .map(({ metadata }) => metadata.name)
            .toSorted()
            .join(', ')}`,
        ],
        because: [seen],
        doubts: ['something else announces these addresses, such as kube-vip or Cilium'],
        suggests: remediesFor(speaker),
      },
    ];
  },
});

/** The pods do not matter here, only what is to make them. */
function speakersIn(facts: SpeakerFacts): Program | undefined {
  return speakerOf({ ...facts, pods: itemsIfRead(facts.pods) });
}

/** True when an L2Advertisement selects the pool and no BGPAdvertisement does. */
function isLayerTwoOnly(pool: IPAddressPool, facts: AnnouncingFacts): boolean {
  const selecting = advertisementsOf(facts).filter((each) => selectsPool(each, pool));
  return selecting.length > 0 && selecting.every(({ kind }) => kind === 'L2Advertisement');
}

function servicesFrom(pools: readonly IPAddressPool[], facts: AnnouncingFacts): readonly Service[] {
  const names = new Set(pools.map(({ metadata }) => metadata.name));
  const index = poolIndexOf(facts);
  return facts.services
    .filter((service) => isServedBy(facts.installation, service))
    .filter((service) =>
      addressesIn(service)
        .flatMap((text) => parseAddress(text) ?? [])
        .some((address) => index.holding(address).some(({ name }) => names.has(name))),
    )
    .toSorted((a, b) => (keyOfService(a) < keyOfService(b) ? -1 : 1));
}

function remediesFor({ namespace, handle }: Program): readonly Remedy[] {
  return [
    {
      says: 'see what the speakers are told: METALLB_ML_LABELS is missing there',
      command: kubectl`-n ${namespace} get ${handle} -o yaml`,
      mutates: false,
    },
    {
      says: 'switch memberlist on again (chart: speaker.memberlist.enabled=true), or go to v0.15.0 or later, which needs none',
      mutates: true,
    },
  ];
}
