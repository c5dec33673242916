import { defineCheck } from '../../core/diagnosis/check.ts';
import { isSilent } from '../models/announcing/speaker-on.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { layer2Scene, notInLayer2 } from '../models/layer2/scene.ts';
import { toldAsDead, toldAsUnready, unreadinessOf } from '../models/layer2/unwell-telling.ts';

/** Whether a node is Ready plays no part in the election: one that hangs can keep the address. */
export const theElectedNodeIsWell = defineCheck({
  id: 'MLB-L11',
  asks: 'Is the elected node well?',
  symptoms: ['no-traffic'],
  causes: ['dead-node-elected', 'unready-node-elected'],
  link: 'announced',
  needs: announcingNeeds,
  helps: announcingHelps,
  enoughInNamespace: ['endpointSlices'],
  skipWhen: notInLayer2,
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    if (scene === undefined) {
      return [];
    }
    const { announcer, mute, mayAnnounce } = scene.announcing;
    const elected = { services: [scene.service], addresses: 'the address' };
    const named = (name: string | undefined) =>
      facts.nodes.find(({ metadata }) => metadata.name === name);
    const silent = named(mute?.why === 'no-speaker' ? mute.node : undefined);
    if (silent !== undefined && isSilent(silent)) {
      return [toldAsDead({ ...elected, nodes: [silent] })];
    }
    const node = named(mayAnnounce[0] ?? announcer);
    const ready = node === undefined ? undefined : unreadinessOf(node);
    return node === undefined || ready === undefined
      ? []
      : [toldAsUnready({ ...elected, nodes: [node] }, ready)];
  },
});
