import { cidrText } from '../../facts/ip.ts';
import type { BGPAdvertisement, BGPPeer, IPAddressPool } from '../../facts/kube-objects.ts';
import { communityProblems } from '../communities.ts';
import type { ConfigurationProblem } from '../configuration.ts';
import { quoted } from '../go-text.ts';
import { parseEntry } from '../parse-pool.ts';
import { selectorFault, selects } from '../selectors.ts';
import { parseCommunityValue } from './community-value.ts';
import { parseDuration } from './go-duration.ts';
import { problemOf } from './problem.ts';
import type { SpeakerInput } from './speaker-input.ts';
import type { SpeakerRules } from './speaker-rules.ts';

type Spec = BGPPeer['spec'];

interface Feature {
  readonly field: keyof Spec;
  readonly says: string;
  readonly isUsed: (spec: Spec, rules: SpeakerRules) => boolean;
}

/** What only FRR can do, in the order MetalLB asks; fields a release does not know yet count as unset. */
const features: readonly Feature[] = [
  { field: 'bfdProfile', says: 'bfd-profile set', isUsed: (spec) => spec.bfdProfile !== undefined },
  {
    field: 'keepaliveTime',
    says: 'keepalive-time set',
    isUsed: (spec) => spec.keepaliveTime !== undefined && parseDuration(spec.keepaliveTime) !== 0,
  },
  { field: 'vrf', says: 'vrf set', isUsed: (spec) => spec.vrf !== undefined },
  {
    field: 'connectTime',
    says: 'connect time set',
    isUsed: (spec) => spec.connectTime !== undefined,
  },
  {
    field: 'enableGracefulRestart',
    says: 'EnableGracefulRestart flag set',
    isUsed: (spec, rules) => rules.joinsErrors && spec.enableGracefulRestart === true,
  },
  { field: 'disableMP', says: 'disable MP flag set', isUsed: (spec) => spec.disableMP === true },
  {
    field: 'dualStackAddressFamily',
    says: 'dualstackaddressfamily flag set',
    isUsed: (spec, rules) => rules.knowsInterfaces && spec.dualStackAddressFamily === true,
  },
  {
    field: 'dynamicASN',
    says: 'dynamicASN set',
    isUsed: (spec, rules) => rules.knowsDynamicASN && spec.dynamicASN !== undefined,
  },
  {
    field: 'interface',
    says: 'interface set',
    isUsed: (spec, rules) => rules.knowsInterfaces && spec.interface !== undefined,
  },
  {
    field: 'localASN',
    says: 'localASN set',
    isUsed: (spec, rules) => rules.knowsServiceSelectors && (spec.localASN ?? 0) !== 0,
  },
];

/** What speakers refuse when they speak BGP themselves (`METALLB_BGP_TYPE=native`). */
export function nativeModeProblems(
  input: SpeakerInput,
  rules: SpeakerRules,
): readonly ConfigurationProblem[] {
  return [
    ...input.bgpPeers.flatMap((peer) => peerProblems(peer, rules)),
    ...input.bfdProfiles
      .slice(0, 1)
      .map((profile) =>
        problemOf(profile, { rule: 'native-bfd', message: 'bfd profiles section set' }),
      ),
    ...(rules.forgivesUnadvertisedIPv6 ? unreadableSelectors(input.bgpAdvertisements) : []),
    ...input.pools
      .filter((pool) => isLookedAt(pool, input.bgpAdvertisements, rules))
      .flatMap((pool) => poolProblems(pool, rules)),
    ...input.bgpAdvertisements.flatMap(largeCommunities),
    ...communityProblems(input.communities, 'native').filter(
      ({ rule }) => rule === 'native-community',
    ),
  ];
}

function peerProblems(peer: BGPPeer, rules: SpeakerRules): readonly ConfigurationProblem[] {
  return features
    .filter(({ isUsed }) => isUsed(peer.spec, rules))
    .map(({ field, says }) =>
      problemOf(peer, {
        rule: 'native-peer',
        entry: field,
        message: `peer ${peer.spec.peerAddress ?? ''} has ${says} on native bgp mode`,
      }),
    );
}

/** To tell which pools are advertised, selectors are read up to the first advertisement that is for all of them. */
function unreadableSelectors(
  advertisements: readonly BGPAdvertisement[],
): readonly ConfigurationProblem[] {
  const end = advertisements.findIndex(isForAllPools);
  const read = end === -1 ? advertisements : advertisements.slice(0, end);
  return read
    .filter(({ spec }) => spec.ipAddressPoolSelectors.some((each) => selectorFault(each)))
    .map((advertisement) =>
      problemOf(advertisement, {
        rule: 'selector-syntax',
        entry: 'ipAddressPoolSelectors',
        message: 'invalid label selector',
      }),
    );
}

function isForAllPools({ spec }: BGPAdvertisement): boolean {
  return spec.ipAddressPools.length === 0 && spec.ipAddressPoolSelectors.length === 0;
}

/** Without any BGPAdvertisement native mode has nothing against IPv6. */
function isLookedAt(
  pool: IPAddressPool,
  advertisements: readonly BGPAdvertisement[],
  rules: SpeakerRules,
): boolean {
  const isSelected = advertisements.some(
    (each) =>
      isForAllPools(each) ||
      each.spec.ipAddressPools.includes(pool.metadata.name) ||
      each.spec.ipAddressPoolSelectors.some((selector) => selects(selector, pool.metadata.labels)),
  );
  return rules.forgivesUnadvertisedIPv6 ? isSelected : advertisements.length > 0;
}

/** The first entry that stops MetalLB here; an unreadable one is named without the usual words before it. */
function poolProblems(pool: IPAddressPool, rules: SpeakerRules): readonly ConfigurationProblem[] {
  const name = quoted(pool.metadata.name);
  for (const entry of pool.spec.addresses) {
    const parsed = parseEntry(entry, rules);
    if (parsed.kind === 'fault') {
      const message = `invalid CIDR ${quoted(entry)} in pool ${name}: ${parsed.message}`;
      return [problemOf(pool, { rule: parsed.rule, entry, message })];
    }
    const cidr = parsed.cidrs.find(({ family }) => family === 'ipv6');
    if (cidr !== undefined) {
      const message = `pool ${name} has ipv6 CIDR ${cidrText(cidr)}, native bgp mode does not support ipv6`;
      return [problemOf(pool, { rule: 'native-ipv6', entry, message })];
    }
  }
  return [];
}

function largeCommunities(advertisement: BGPAdvertisement): readonly ConfigurationProblem[] {
  return advertisement.spec.communities
    .filter((value) => {
      const parsed = parseCommunityValue(value);
      return parsed.kind === 'community' && parsed.isLarge;
    })
    .map((value) =>
      problemOf(advertisement, {
        rule: 'native-community',
        entry: value,
        message:
          'native BGP mode only supports legacy communities, BGP advertisement ' +
          `${quoted(advertisement.metadata.name)} has non legacy community ${quoted(value)}`,
      }),
    );
}
