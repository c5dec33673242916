import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { advertisementName } from '../models/configuration/advertisements.ts';
import { diallingCheck } from '../models/bgp/dialling-check.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Without a BGPPeer there is no session: nobody hears what a BGPAdvertisement says. */
export const aPeerIsToHearOfIt = diallingCheck({
  id: 'MLB-B01',
  asks: 'Is there any router that could hear of the pool?',
  causes: ['bgp-without-peer'],
  tell: ({ pool, advertisements, peers }, facts) => {
    if (peers.length > 0) {
      return undefined;
    }
    const home = facts.installation?.namespace ?? 'metallb-system';
    const about = refOf(pool);
    const stray = itemsIfRead(facts.bgpPeers).map(
      ({ metadata }) => `${metadata.namespace ?? 'default'}/${metadata.name}`,
    );
    return {
      cause: 'bgp-without-peer',
      about,
      says: `pool ${pool.metadata.name} is advertised by BGP, and there is no BGPPeer: the speakers have no router to tell`,
      details: [
        `advertised by ${someOf(advertisements.map(advertisementName).toSorted())}`,
        ...(stray.length === 0
          ? []
          : [`MetalLB only looks at ${home}; elsewhere there are: ${someOf(stray.toSorted())}`]),
      ],
      because: [workedOut(about, 'metallb/internal/config: peers', `no BGPPeer in ${home}`)],
      doubts: [
        'the addresses are meant to be announced in layer 2, and the BGPAdvertisement is left over',
      ],
      suggests: [
        {
          says: 'declare the router: its address and both AS numbers',
          command: kubectl`-n ${home} explain bgppeers.spec`,
          mutates: false,
        },
        {
          says: 'if the addresses lie in the segment of the nodes, announce them in layer 2 instead',
          command: kubectl`-n ${home} get l2advertisements.metallb.io,bgpadvertisements.metallb.io -o yaml`,
          mutates: false,
        },
      ],
    };
  },
});
