import { claimsOn } from '../models/announcing/claims.ts';
import { disagreements } from '../models/announcing/disagreements.ts';
import { disputesOver } from '../models/announcing/disputes.ts';
import { memberlistTroubles, mixedKeys } from '../models/layer2/memberlist-troubles.ts';
import { servedOf } from '../models/layer2/scene.ts';
import { toldAsSplit, toldAsTwo } from '../models/layer2/split-telling.ts';
import { refOf } from '../models/references.ts';
import { addressesIn } from '../models/services.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** Speakers that do not see one another each elect for themselves: then two nodes answer for one address (#740). */
export const oneNodeAnnounces = layer2Check({
  id: 'MLB-L13',
  asks: 'Does one node announce the address, and not several?',
  causes: ['memberlist-split', 'two-announcers'],
  link: 'announced',
  alsoHelps: ['serviceL2Statuses', 'events'],
  basis: 'observed',
  alsoNeeds: (_scene, facts) =>
    memberlistTroubles(facts).length > 0 ? [] : servedOf(facts, ['serviceL2Statuses']),
  run: ({ service, announcing }, facts) => {
    const several = disagreements(announcing, claimsOn(service, facts), facts).find(
      ({ kind }) => kind === 'several-announcers',
    );
    const claims = several?.claims ?? [];
    const disputes = disputesOver(service, facts);
    const nodes = [...new Set([...claims, ...disputes].map(({ node }) => node))].toSorted();
    const troubles = memberlistTroubles(facts);
    if (nodes.length < 2 && troubles.length === 0) {
      return [];
    }
    const about = refOf(service);
    const split = {
      about,
      affects: [about],
      addresses: addressesIn(service).join(', '),
      claims,
      disputes,
      nodes,
      troubles,
      mixed: mixedKeys(facts),
    };
    return [
      troubles.length + disputes.length > 0
        ? toldAsSplit(split)
        : { ...toldAsTwo(split, facts), severity: 'error' },
    ];
  },
});
