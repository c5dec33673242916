import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { layer2Scene, notInLayer2 } from '../models/layer2/scene.ts';
import {
  type Whereabouts,
  whereaboutsOf,
  type WhereaboutsFacts,
} from '../models/layer2/whereabouts.ts';
import { farFromNodes } from './far-from-nodes.ts';
import { outsideSubnets } from './outside-subnets.ts';

/** Layer 2 reaches as far as one segment: who asks for the address must be where the announcer is. */
export const theAddressIsInASubnet = defineCheck({
  id: 'MLB-L17',
  asks: 'Is the address in a subnet of the elected node?',
  symptoms: ['no-traffic'],
  causes: ['address-in-no-subnet', 'elected-outside-subnet'],
  link: 'wire',
  needs: announcingNeeds,
  helps: [...announcingHelps, 'wire'],
  enoughInNamespace: ['endpointSlices'],
  basis: 'inferred',
  skipWhen: notInLayer2,
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    return scene === undefined
      ? []
      : whereaboutsOf(scene, facts).flatMap((place) => judged(place, facts));
  },
});

/** What works is not asked where it is: a router may have a route for the range straight onto the segment. */
function judged(place: Whereabouts, { nodes }: WhereaboutsFacts): readonly Found[] {
  if (place.isReached) {
    return [];
  }
  return outsideSubnets(place, nodes) ?? farFromNodes(place, nodes);
}
