import { itemsIfRead } from '../../../core/facts/reading.ts';
import type { WireLook } from '../../../core/facts/wire.ts';
import { type Known, type PathScene, someOf } from './path-scene.ts';

/** Who answers on the wire? */
export function wireStep(
  address: string,
  { material }: PathScene,
  by: readonly ('layer2' | 'bgp')[],
): Known {
  const looks = itemsIfRead(material.readings.wire).filter((look) => look.address === address);
  if (looks.length === 0) {
    const how = by.includes('layer2') ? '; --probe does, from a host of its segment' : '';
    return { answer: 'not-looked', says: `nobody looked${how}` };
  }
  const heard = looks.filter(({ answers }) => answers.length > 0);
  return heard.length === 0
    ? { answer: 'doubtful', says: `nobody answered ${placesOf(looks)}` }
    : {
        answer: 'good',
        says: `${someOf([...new Set(heard.flatMap(({ answers }) => answers.map(({ mac }) => mac)))])} answered ${placesOf(heard)}`,
      };
}

function placesOf(looks: readonly WireLook[]): string {
  return `as seen from ${someOf([...new Set(looks.map(({ from }) => from.host))])}`;
}
