import type { Facts } from '../../core/diagnosis/facts.ts';
import type { BFDProfile, BGPPeer } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import {
  isWithoutMemberlist,
  type AnnouncingFacts,
} from '../models/announcing/speakers-at-work.ts';
import { parseDuration } from '../../core/metallb/configuration/go-duration.ts';
import { someOf } from '../../core/facts/in-words.ts';

type TimingFacts = AnnouncingFacts & Facts<never, 'bgpPeers' | 'bfdProfiles'>;

const shown = 4;

/** How long it takes until others stand in for what is lost. */
export function timingOf(
  facts: TimingFacts,
  {
    layer2,
    bgp,
    speakersOnly,
  }: { readonly layer2: boolean; readonly bgp: boolean; readonly speakersOnly: boolean },
): readonly string[] {
  return [
    ...(layer2 ? [layer2Time(facts, speakersOnly)] : []),
    ...(bgp ? bgpTimes(facts) : []),
    ...(speakersOnly || !(layer2 || bgp) ? [] : [endpointTime]),
  ];
}

const endpointTime =
  'endpoints: the cluster gives up a dead node after about 40 to 50 s; until then other nodes still send it a share of the traffic, whoever announces';

function layer2Time(facts: AnnouncingFacts, speakersOnly: boolean): string {
  if (isWithoutMemberlist(facts)) {
    return 'layer 2: without memberlist nobody takes over until the Node object of a dead node is gone, however long that takes';
  }
  const leave = speakersOnly ? '; a speaker that is stopped in good order says so at once' : '';
  return `layer 2: the other speakers notice within about 5 to 7 s (memberlist), then the new announcer tells the segment${leave}`;
}

/** Peers that take equally long stand together. */
function bgpTimes({ bgpPeers, bfdProfiles, installation }: TimingFacts): readonly string[] {
  const profiles = new Map(
    itemsIfRead(bfdProfiles).map((profile) => [profile.metadata.name, profile]),
  );
  const times = itemsIfRead(bgpPeers)
    .filter(({ metadata }) => metadata.namespace === installation?.namespace)
    .map((peer) => ({
      name: peer.metadata.name,
      time: timeOf(peer, profiles, installation?.bgpType),
    }));
  return [...Map.groupBy(times, ({ time }) => time)].map(([time, peers]) => {
    const names = peers.map(({ name }) => name).toSorted();
    const told = someOf(names, shown);
    return names.length === 1
      ? `BGP: neighbour ${told} drops the next hop ${time}`
      : `BGP: neighbours ${told} drop the next hop ${time}`;
  });
}

function timeOf(
  { spec }: BGPPeer,
  profiles: ReadonlyMap<string, BFDProfile>,
  bgpType: string | undefined,
): string {
  const profile = spec.bfdProfile === undefined ? undefined : profiles.get(spec.bfdProfile);
  if (profile !== undefined) {
    const { receiveInterval = 300, detectMultiplier = 3 } = profile.spec;
    return `after about ${receiveInterval * detectMultiplier} ms (BFD), if the neighbour agrees to these times`;
  }
  const seconds = holdSeconds(spec);
  if (seconds === 0) {
    return 'only when the connection breaks: their hold time is 0';
  }
  if (seconds !== undefined) {
    return `when the hold time is over: ${seconds} s, or less if the neighbour wants less`;
  }
  const usual =
    bgpType === undefined || bgpType === 'native'
      ? '90 s in native mode'
      : '180 s by default of FRR';
  return `when the hold time is over: it is not set, which is ${usual}`;
}

/** A keepalive time without a hold time means three times as long. */
function holdSeconds({ holdTime, keepaliveTime }: BGPPeer['spec']): number | undefined {
  const hold = holdTime === undefined ? undefined : secondsIn(holdTime);
  const keepalive = keepaliveTime === undefined ? undefined : secondsIn(keepaliveTime);
  return hold ?? (keepalive === undefined ? undefined : keepalive * 3);
}

function secondsIn(text: string): number | undefined {
  const nanoseconds = parseDuration(text);
  return nanoseconds === undefined ? undefined : Math.floor(Number(nanoseconds) / 1e9);
}
