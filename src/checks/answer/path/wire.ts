import { factsFrom } from '../../../core/diagnosis/material.ts';
import { looksAt, type NamedLook } from '../../models/wire/looks.ts';
import { limitOf } from '../../models/wire/limits.ts';
import { answererText, placeText } from '../../models/wire/words.ts';
import { type Known, type PathScene } from './path-scene.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** Who answers on the wire? */
export function wireStep(
  address: string,
  { material, service }: PathScene,
  by: readonly ('layer2' | 'bgp')[],
): Known {
  const looks = looksAt(service, factsFrom(material, ['wire', 'nodes'], [])).filter(
    (look) => look.address === address,
  );
  const { wire } = material.readings;
  if (wire.state === 'failed') {
    return { answer: 'unknown', says: wire.reason };
  }
  if (looks.length === 0) {
    return { answer: 'not-looked', says: `nobody looked${howTo(address, by)}` };
  }
  const heard = looks.filter(({ answers }) => answers.length > 0);
  if (heard.length > 0) {
    const answer = heard.some(({ answers }) => haveSeveralNodes(answers)) ? 'doubtful' : 'good';
    return { answer, says: `${answerersIn(heard)} answered ${placesOf(heard)}` };
  }
  const able = looks.filter(({ sight }) => sight === 'segment');
  return able.length > 0
    ? { answer: 'doubtful', says: `nobody answered ${placesOf(able)}` }
    : { answer: 'not-looked', says: `not to be seen: ${looks.map(limitOf)[0] ?? 'nobody asked'}` };
}

function howTo(address: string, by: readonly ('layer2' | 'bgp')[]): string {
  if (by.includes('layer2')) {
    return '; --probe does, from a host of its segment';
  }
  const family = address.includes(':') ? 'ipv6' : 'ip';
  return by.includes('bgp') ? `; the router knows: show ${family} route ${address}` : '';
}

function haveSeveralNodes(answers: NamedLook['answers']): boolean {
  return new Set(answers.flatMap(({ node }) => node ?? [])).size > 1;
}

function answerersIn(looks: readonly NamedLook[]): string {
  return someOf([...new Set(looks.flatMap(({ answers }) => answers.map(answererText)))]);
}

function placesOf(looks: readonly NamedLook[]): string {
  return `as seen from ${someOf([...new Set(looks.map(({ look }) => placeText(look)))])}`;
}
