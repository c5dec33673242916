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
    return { answer: 'not-looked', says: `nobody looked${howTo(address, by)}` };
  }
  const heard = looks.filter(({ answers }) => answers.length > 0);
  return heard.length === 0
    ? { answer: 'doubtful', says: `nobody answered ${placesOf(looks)}` }
    : {
        answer: 'good',
        says: `${someOf([...new Set(heard.flatMap(({ answers }) => answers.map(({ mac }) => mac)))])} answered ${placesOf(heard)}`,
      };
}

function howTo(address: string, by: readonly ('layer2' | 'bgp')[]): string {
  if (by.includes('layer2')) {
    return '; --probe does, from a host of its segment';
  }
  const family = address.includes(':') ? 'ipv6' : 'ip';
  return by.includes('bgp') ? `; the router knows: show ${family} route ${address}` : '';
}

function placesOf(looks: readonly WireLook[]): string {
  return `as seen from ${someOf([...new Set(looks.map(({ from }) => from.host))])}`;
}
