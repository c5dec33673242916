import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { nearestName } from '../models/allocation/near.ts';
import { advertisementName } from '../models/configuration/advertisements.ts';
import { diallingCheck } from '../models/bgp/dialling-check.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** An advertisement that names peers is for those alone; a name that nobody has is accepted in silence. */
export const thePeersNamedExist = diallingCheck({
  id: 'MLB-B02',
  asks: 'Do the BGPPeers exist that the advertisements of the pool name?',
  causes: ['bgp-peer-unknown'],
  tell: ({ pool, advertisements, peers, heardBy, unknown }) => {
    if (peers.length === 0 || heardBy.length > 0) {
      return undefined;
    }
    const names = peers.map(({ metadata }) => metadata.name).toSorted();
    const [first] = advertisements;
    const about = refOf(first ?? pool);
    return {
      cause: 'bgp-peer-unknown',
      about,
      says: `${someOf(advertisements.map(advertisementName).toSorted())} names ${someOf(unknown)} under peers, and no BGPPeer has such a name: no router hears of pool ${pool.metadata.name}`,
      details: [
        `BGPPeers there are: ${someOf(names)}`,
        ...unknown.flatMap((name) => {
          const near = nearestName(name, names);
          return near === undefined ? [] : [`perhaps "${near}" was meant by "${name}"`];
        }),
      ],
      because: [seenField(about, 'spec.peers', unknown.join(', '))],
      suggests: [
        {
          says: 'correct the names, or take them out: then every BGPPeer hears of it',
          command: kubectl`-n ${pool.metadata.namespace ?? 'metallb-system'} edit bgpadvertisement ${first?.metadata.name ?? ''}`,
          mutates: true,
        },
      ],
    };
  },
});
