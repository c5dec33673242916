import { itemsIfRead } from '../../../core/facts/reading.ts';
import { insideOf, insideText } from '../../models/traffic/inside.ts';
import type { Known, PathScene } from './path-scene.ts';

/** Is it something that is not MetalLB at all? What a client inside sends never gets as far as MetalLB. */
export function elsewhereStep({ material }: PathScene): Known {
  const { client } = material.background;
  const inside =
    client === undefined ? undefined : insideOf(client, itemsIfRead(material.readings.nodes));
  const says = 'nothing that is not MetalLB was found in the cluster';
  return client === undefined || inside === undefined
    ? { answer: 'good', says }
    : {
        answer: 'good',
        says: `${says}; ${insideText(client, inside)}: what it sends to the address never reaches the wire`,
      };
}
