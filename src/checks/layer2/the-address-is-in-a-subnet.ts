import { type Found } from '../../core/diagnosis/check.ts';
import {
  type Whereabouts,
  whereaboutsOf,
  type WhereaboutsFacts,
} from '../models/layer2/whereabouts.ts';
import { farFromNodes } from './far-from-nodes.ts';
import { outsideSubnets } from './outside-subnets.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** Layer 2 reaches as far as one segment: who asks for the address must be where the announcer is. */
export const theAddressIsInASubnet = layer2Check({
  id: 'MLB-L17',
  asks: 'Is the address in a subnet of the elected node?',
  causes: ['address-in-no-subnet', 'elected-outside-subnet'],
  link: 'wire',
  alsoHelps: ['wire'],
  basis: 'inferred',
  run: (scene, facts) => whereaboutsOf(scene, facts).flatMap((place) => judged(place, facts)),
});

/** What works is not asked where it is: a router may have a route for the range straight onto the segment. */
function judged(place: Whereabouts, { nodes }: WhereaboutsFacts): readonly Found[] {
  if (place.isReached) {
    return [];
  }
  return outsideSubnets(place, nodes) ?? farFromNodes(place, nodes);
}
