import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Node } from '../../core/facts/kube-objects.ts';
import { isSilent } from '../models/announcing/speaker-on.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { type Layer2Scene, layer2Scene, notInLayer2 } from '../models/layer2/scene.ts';

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
    const named = (name: string | undefined) =>
      facts.nodes.find(({ metadata }) => metadata.name === name);
    const silent = named(mute?.why === 'no-speaker' ? mute.node : undefined);
    if (silent !== undefined && isSilent(silent)) {
      return [dead(scene, silent)];
    }
    const node = named(mayAnnounce[0] ?? announcer);
    const ready = node?.status.conditions.find(({ type }) => type === 'Ready')?.status;
    return node === undefined || ready === undefined || ready === 'True'
      ? []
      : [unready(scene, node, ready)];
  },
});

function common({ service }: Layer2Scene, node: Node, ready: string) {
  const { name } = node.metadata;
  return {
    about: refOf(node),
    affects: [refOf(service)],
    because: [seenField(refOf(node), 'status.conditions[Ready]', ready)],
    suggests: [
      {
        says: 'take it out of the election until it is well; other nodes take over within seconds',
        command: kubectl`label node ${name} node.kubernetes.io/exclude-from-external-load-balancers=`,
        mutates: true,
      },
      { says: 'see what ails it', command: kubectl`describe node ${name}`, mutates: false },
    ],
  };
}

function dead(scene: Layer2Scene, node: Node): Found {
  return {
    ...common(scene, node, 'Unknown'),
    cause: 'dead-node-elected',
    severity: 'error',
    says: `${node.metadata.name} is elected to announce the address, and it no longer answers`,
    details: [
      'without memberlist the speakers take every node for alive, so a dead one keeps its addresses until its Node object is deleted or excluded',
    ],
  };
}

function unready(scene: Layer2Scene, node: Node, ready: string): Found {
  const condition = node.status.conditions.find(({ type }) => type === 'Ready');
  return {
    ...common(scene, node, ready),
    cause: 'unready-node-elected',
    severity: 'warning',
    says:
      ready === 'False'
        ? `${node.metadata.name} is elected to announce the address, and it is not Ready`
        : `${node.metadata.name} no longer reports, and may go on announcing the address all the same`,
    details: [
      ...(condition?.message === undefined ? [] : [condition.message]),
      'speakers do not heed that: as long as memberlist answers there, the address stays (#2514)',
    ],
    doubts: [
      ready === 'False'
        ? 'only its kubelet is down, and the node forwards as before'
        : 'the node is dead, and another one has taken over',
    ],
  };
}
