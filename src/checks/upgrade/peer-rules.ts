import type { Facts } from '../../core/diagnosis/facts.ts';
import type { BGPPeer } from '../../core/facts/kube-objects.ts';
import type { UpgradeWeight } from '../../core/facts/upgrade.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { refOf } from '../models/references.ts';
import { defineRule, type RuleSpec, type Shown, type UpgradeRule } from './rule.ts';
import { someOf } from '../../core/facts/in-words.ts';

type PeerFacts = Facts<'bgpAdvertisements', 'bgpPeers'>;
type PeerRule = Omit<RuleSpec<'bgpAdvertisements', 'bgpPeers'>, 'reference' | 'needs'>;

interface Field {
  readonly field: keyof BGPPeer['spec'];
  readonly release: string;
  readonly weight: UpgradeWeight;
  readonly without: string;
}

const noSession = 'the session does not come up without it';

const fields: readonly Field[] = [
  {
    field: 'vrf',
    release: 'v0.13.9',
    weight: 'breaks',
    without: 'the router is looked for outside its VRF',
  },
  {
    field: 'enableGracefulRestart',
    release: 'v0.14.6',
    weight: 'changes',
    without: 'the router drops the routes whenever the speaker is started anew',
  },
  { field: 'dynamicASN', release: 'v0.14.9', weight: 'breaks', without: noSession },
  { field: 'interface', release: 'v0.15.0', weight: 'breaks', without: noSession },
  {
    field: 'dualStackAddressFamily',
    release: 'v0.15.0',
    weight: 'changes',
    without: 'both families go over the session there, also without it',
  },
  { field: 'localASN', release: 'v0.16.0', weight: 'breaks', without: noSession },
];

/** Fields of BGPPeers that other releases do not have or heed, or fill in differently where they are not set. */
export const peerRules: readonly UpgradeRule[] = [
  ...fields.map(({ field, release, weight, without }) =>
    peerRule({
      id: `peers-without-${field.toLowerCase()}`,
      release,
      title: `${field} of a BGPPeer is not known before this release`,
      down: (facts) =>
        shownFor(withField(facts, field), (names) => ({
          weight,
          says: `${names}: ${without}`,
          before: [{ says: `write those peers without ${field}`, mutates: false }],
        })),
    }),
  ),
  peerRule({
    id: 'disable-mp',
    release: 'v0.15.0',
    title: 'disableMP of a BGPPeer has no effect from here on: a session carries its own family',
    up: (facts) =>
      shownFor(withField(facts, 'disableMP'), (names, isOne) => ({
        weight: 'changes',
        says: `${names} ${isOne ? 'has' : 'have'} it set, and nothing comes of it any more`,
        before: [{ says: 'take the field out; it is kept for old manifests only', mutates: false }],
      })),
  }),
  peerRule({
    id: 'peer-timers',
    release: 'v0.14.9',
    title: 'times that a BGPPeer does not set are left to FRR from here on',
    up: (facts) =>
      shownFor(untimed(facts), (names, isOne) => ({
        weight: 'changes',
        says: `${names} ${isOne ? 'has' : 'have'} no holdTime: until now that meant 90s, from there on whatever FRR takes`,
        before: [
          {
            says: 'set holdTime where it matters how soon a dead router is missed',
            mutates: false,
          },
        ],
      })),
  }),
];

function peerRule(rule: PeerRule): UpgradeRule {
  return defineRule({
    ...rule,
    reference: undefined,
    needs: ['bgpAdvertisements'],
    helps: ['bgpPeers'],
    alsoNeeds: ({ bgpAdvertisements }) => (bgpAdvertisements.length > 0 ? ['bgpPeers'] : []),
  });
}

function ownPeers({ bgpPeers, installation }: PeerFacts): readonly BGPPeer[] {
  return itemsIfRead(bgpPeers).filter(
    ({ metadata }) => metadata.namespace === installation?.namespace,
  );
}

function withField(facts: PeerFacts, field: keyof BGPPeer['spec']): readonly BGPPeer[] {
  return ownPeers(facts).filter(({ spec }) => (spec[field] ?? false) !== false);
}

/** The native mode has kept its own times. */
function untimed(facts: PeerFacts): readonly BGPPeer[] {
  const isNative = (facts.installation?.bgpType ?? 'native') === 'native';
  return isNative
    ? []
    : ownPeers(facts).filter(
        ({ spec }) => spec.holdTime === undefined && spec.keepaliveTime === undefined,
      );
}

function shownFor(
  peers: readonly BGPPeer[],
  tell: (names: string, isOne: boolean) => Omit<Shown, 'details' | 'objects'>,
): readonly Shown[] {
  const names = someOf(peers.map(({ metadata }) => metadata.name));
  return peers.length === 0
    ? []
    : [{ ...tell(names, peers.length === 1), details: [], objects: peers.map(refOf) }];
}
