import { expect, test } from 'vitest';
import { Advertisers } from '../../../../src/core/metallb/election/advertisers.ts';
import { sentBy } from '../../../../src/core/metallb/election/backend.ts';
import { advertisedByBGP } from '../../../../src/core/metallb/election/bgp.ts';
import { routesOn } from '../../../../src/core/metallb/election/sessions.ts';
import { peersOn, speakersOf } from '../../../../src/core/metallb/election/speakers.ts';
import type { Service } from '../../../../src/core/facts/kube-objects.ts';
import type { Speakers } from '../../../../src/core/metallb/election/speakers.ts';
import { electionCases } from '../configuration/election-cases.ts';
import { electionInputOf } from './recorded-election.ts';

/** One Service by itself, with nothing remembered. */
function oneByOne(service: Service, speakers: Speakers): readonly string[] {
  const decisions = advertisedByBGP(service, speakers);
  const { rules, input } = speakers;
  return speakers.nodes
    .flatMap((node) => {
      const backend = { bgpType: input.bgpType, rules, peers: peersOn(node) };
      const sent = sentBy(routesOn(decisions.get(node.name)), backend);
      return [...new Set(sent.map(({ prefix }) => (prefix.includes(':') ? 'ipv6' : 'ipv4')))].map(
        (family) => `${family} ${node.name}`,
      );
    })
    .toSorted();
}

test.each(['v0.14.9', 'v0.15.3', 'v0.16.1'])(
  'of %s: many Services together have the advertisers that each has by itself',
  (version) => {
    let told = 0;
    for (const recorded of electionCases(version)) {
      const input = electionInputOf(recorded);
      const speakers = speakersOf(input);
      const advertisers = new Advertisers(speakers);
      for (const service of input.services) {
        const mine = [...advertisers.of(service)]
          .flatMap(([family, nodes]) => nodes.map((node) => `${family} ${node}`))
          .toSorted();
        expect([recorded.id, mine]).toEqual([recorded.id, oneByOne(service, speakers)]);
        told += mine.length;
      }
    }
    expect(told).toBeGreaterThan(300);
  },
);
