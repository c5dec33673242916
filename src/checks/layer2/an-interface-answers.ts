import { toldOfInterfaces } from '../models/layer2/interface-telling.ts';
import {
  interfaceTrouble,
  isUntold,
  type InterfaceQuestion,
} from '../models/layer2/interface-trouble.ts';
import { type Layer2Scene, servedOf } from '../models/layer2/scene.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** An advertisement may name interfaces; on a node that has none of them nobody answers, and no other node steps in. */
export const anInterfaceAnswers = layer2Check({
  id: 'MLB-L15',
  asks: 'Has the elected node an interface to answer on?',
  causes: ['interface-excluded', 'interface-missing', 'interface-without-responder'],
  link: 'announced',
  alsoHelps: ['events', 'configMaps', 'serviceL2Statuses'],
  alsoNeeds: (scene, facts) => {
    const question = questionIn(scene);
    return [
      ...servedOf(facts, ['events', 'configMaps']),
      ...(question !== undefined && isUntold(question, facts) ? (['speakerLogs'] as const) : []),
    ];
  },
  skip: (scene) =>
    questionIn(scene) === undefined
      ? 'no advertisement names interfaces for the elected node'
      : undefined,
  run: (scene, facts) => {
    const question = questionIn(scene);
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
