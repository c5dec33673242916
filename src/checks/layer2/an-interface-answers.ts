import { defineCheck } from '../../core/diagnosis/check.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { toldOfInterfaces } from '../models/layer2/interface-telling.ts';
import {
  interfaceTrouble,
  isUntold,
  type InterfaceQuestion,
} from '../models/layer2/interface-trouble.ts';
import { type Layer2Scene, layer2Scene, notInLayer2, servedOf } from '../models/layer2/scene.ts';

/** An advertisement may name interfaces; on a node that has none of them nobody answers, and no other node steps in. */
export const anInterfaceAnswers = defineCheck({
  id: 'MLB-L15',
  asks: 'Has the elected node an interface to answer on?',
  symptoms: ['no-traffic'],
  causes: ['interface-excluded', 'interface-missing', 'interface-without-responder'],
  link: 'announced',
  needs: announcingNeeds,
  helps: [...announcingHelps, 'events', 'configMaps', 'serviceL2Statuses'],
  enoughInNamespace: ['endpointSlices'],
  alsoNeeds: (facts, subject) => {
    const question = questionIn(layer2Scene(subject, facts));
    return [
      ...servedOf(facts, ['events', 'configMaps']),
      ...(question !== undefined && isUntold(question, facts) ? (['speakerLogs'] as const) : []),
    ];
  },
  skipWhen: (facts, subject) =>
    notInLayer2(facts, subject) ??
    (questionIn(layer2Scene(subject, facts)) === undefined
      ? 'no advertisement names interfaces for the elected node'
      : undefined),
  run: (facts, subject) => {
    const question = questionIn(layer2Scene(subject, facts));
    const first = question === undefined ? undefined : interfaceTrouble(question, facts);
    return first === undefined
      ? []
      : [toldOfInterfaces({ first, all: [first], addresses: 'the address' }, facts.installation)];
  },
});

/** Undefined when nobody is elected, or may answer on all interfaces. */
function questionIn(scene: Layer2Scene | undefined): InterfaceQuestion | undefined {
  const node = scene?.announcing.announcer;
  const wanted = scene?.announcing.layer2.announced[0]?.interfaces;
  return scene === undefined || node === undefined || wanted === undefined
    ? undefined
    : { service: scene.service, pools: scene.pools, node, wanted };
}
