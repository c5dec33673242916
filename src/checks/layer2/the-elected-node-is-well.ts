import { isSilent, speakerOn } from '../models/announcing/speaker-on.ts';
import { toldAsDead, toldAsUnready, unreadinessOf } from '../models/layer2/unwell-telling.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** Whether a node is Ready plays no part in the election: one that hangs can keep the address. */
export const theElectedNodeIsWell = layer2Check({
  id: 'MLB-L11',
  asks: 'Is the elected node well?',
  causes: ['dead-node-elected', 'unready-node-elected'],
  link: 'announced',
  run: ({ service, announcing }, facts) => {
    const { nodes } = facts;
    const { announcer, mute, mayAnnounce, layer2 } = announcing;
    const isFit = (name: string) =>
      speakerOn(name, facts).state === 'running' &&
      nodes.some((node) => node.metadata.name === name && unreadinessOf(node) === undefined);
    const elected = {
      services: [service],
      addresses: 'the address',
      standIns: layer2.candidates.filter(isFit),
    };
    const named = (name: string | undefined) =>
      nodes.find(({ metadata }) => metadata.name === name);
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
