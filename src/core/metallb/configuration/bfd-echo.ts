import type { ConfigurationProblem } from '../configuration.ts';
import type { AnnouncedPool } from './announced.ts';
import { problemOf } from './problem.ts';
import type { SpeakerInput } from './speaker-input.ts';

/** BFD's echo mode exists for IPv4 only: a pool with IPv6 must not be announced to a peer that uses it. */
export function bfdEchoProblems(
  { bfdProfiles, bgpPeers, bgpAdvertisements }: SpeakerInput,
  pools: readonly AnnouncedPool[],
): readonly ConfigurationProblem[] {
  const echoing = new Set(
    bfdProfiles.filter(({ spec }) => spec.echoMode === true).map(({ metadata }) => metadata.name),
  );
  const peers = bgpPeers.filter(({ spec }) => echoing.has(spec.bfdProfile ?? ''));
  const withIPv6 = pools.filter(({ cidrs }) => cidrs.some(({ family }) => family === 'ipv6'));
  return withIPv6.flatMap((pool) =>
    pool.bgp.flatMap((announcement) =>
      peers
        .filter(({ metadata }) => isMeant(announcement.peers, metadata.name))
        .flatMap((peer) => {
          const object = bgpAdvertisements.find(
            ({ metadata }) => metadata.name === announcement.name,
          );
          const message =
            `pool ${pool.name} has bgpadvertisement ${announcement.name} which references peer ` +
            `${peer.metadata.name} which has bfd echo enabled, which is not possible`;
          return object === undefined
            ? []
            : [problemOf(object, { other: peer, rule: 'bfd-echo-over-ipv6', message })];
        }),
    ),
  );
}

function isMeant(peers: readonly string[], name: string): boolean {
  return peers.length === 0 || peers.includes(name);
}
