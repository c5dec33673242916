import { type Found } from '../../core/diagnosis/check.ts';
import type { L2Advertisement } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';
import { gravityIn, type Layer2Scene } from '../models/layer2/scene.ts';
import { editObject, seeNodeLabels } from '../models/layer2/told.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** An advertisement with nodeSelectors lets only those nodes announce; a label that no node has is accepted in silence. */
export const anAdvertisementSelectsANode = layer2Check({
  id: 'MLB-L02',
  asks: 'Do the advertisements of the pool select a node?',
  causes: ['advertisement-selects-nothing'],
  link: 'eligible',
  run: (scene, facts) => {
    const matching = new Set(scene.pools.flatMap(({ l2 }) => l2));
    const isSelecting = [...matching].some(({ nodes }) => nodes.size > 0);
    const names = new Set([...matching].map(({ name }) => name));
    const [first] = facts.l2Advertisements.filter(
      ({ metadata }) =>
        metadata.namespace === facts.installation?.namespace && names.has(metadata.name),
    );
    return isSelecting || first === undefined || facts.nodes.length === 0
      ? []
      : [finding(scene, first)];
  },
});

function finding(scene: Layer2Scene, advertisement: L2Advertisement): Found {
  const about = refOf(advertisement);
  const { nodeSelectors } = advertisement.spec;
  return {
    cause: 'advertisement-selects-nothing',
    severity: gravityIn(scene),
    about,
    affects: [refOf(scene.service)],
    says: `advertisement l2/${about.name} selects no node, so nobody announces ${addressesIn(scene.service).join(', ')}`,
    details: ['its nodeSelectors match the labels of no node'],
    because: [seenField(about, 'spec.nodeSelectors', JSON.stringify(nodeSelectors))],
    suggests: [editObject(about, 'correct its nodeSelectors'), seeNodeLabels],
  };
}
