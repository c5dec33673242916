import { parseAddress } from '../../core/facts/ip.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { WireLook } from '../../core/facts/wire.ts';
import { announcingOf } from '../models/announcing/announcing.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { refOf } from '../models/references.ts';
import { seenOnWire } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { defineBug, type KnownBug } from './known-bug.ts';
import { servedIn } from './material.ts';

/** What neighbours meet that ask again whether an address is still there. */
export const neighbourCheckBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#2920',
    related: [],
    title: 'Neighbours that ask for an IPv6 address by unicast get no answer',
    program: 'speaker',
    since: undefined,
    fixedIn: undefined,
    severity: 'info',
    whatGoesWrong:
      'A neighbour that knows an IPv6 address in layer 2 asks for it again now and then, straight at that address. The kernel of the node does not own it and throws the question away, and the speaker never sees it. Most neighbours then ask the group and are answered; some switches and routers drop the address each time, for seconds.',
    recognisedBy:
      'an IPv6 address in layer 2 that a look by NDP heard answered when the group was asked, and not when the same machine was asked alone; without such a look it cannot be seen',
    workaround:
      'On the router, a longer reachable time or a static neighbour entry; or announce the IPv6 address by BGP.',
    accountsFor: [],
    needs: ['services', ...announcingNeeds],
    helps: [...announcingHelps, 'wire'],
    signs: (facts) => {
      const missed = itemsIfRead(facts.wire).flatMap((look) => {
        const words = missedIn(look);
        return words === undefined ? [] : [{ look, words, address: parseAddress(look.address) }];
      });
      return missed.length === 0
        ? []
        : servedIn(facts).flatMap((service) => {
            const own = addressesIn(service).map((each) => parseAddress(each));
            const shown = missed.find(({ address }) => own.includes(address));
            return shown === undefined || !announcingOf(service, facts)?.by.includes('layer2')
              ? []
              : [
                  {
                    about: refOf(service),
                    says: `${keyOfService(service)}: ${shown.words}; no release answers neighbours that ask for an IPv6 address by unicast, so some lose it now and then`,
                    because: [seenOnWire(shown.look, shown.words)],
                  },
                ];
          });
    },
  }),
];

/** Who answers the group and keeps silent when asked alone; undefined where that was not seen. */
function missedIn({ address, method, answers, gaps = [] }: WireLook): string | undefined {
  const silent = answers.find(({ askedAlone }) => askedAlone === 'silent');
  return method !== 'ndp' || gaps.length > 0 || silent === undefined
    ? undefined
    : `${silent.mac} answers for ${address} when the group is asked, and not when it is asked alone`;
}
