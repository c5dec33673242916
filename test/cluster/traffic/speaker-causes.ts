import { join } from 'node:path';
import { eventually } from '../../testbed/waiting.ts';
import { inMetalLB, patchPods, podsOf } from '../causes/fault.ts';
import { kubectl } from '../causes/situation.ts';
import {
  applied,
  deleted,
  ended,
  filtered,
  flowing,
  logged,
  newSpeakerOn,
  reinstalled,
  rolledOut,
  silent,
  started,
  told,
  untilSeen,
} from './deeds.ts';
import { advertisement, peer } from './ground.ts';
import { untilApart } from '../../testbed/memberlist.ts';
import { untilAnnouncedByOther } from './scene.ts';
import { answeredBy, severalAnswer } from './wire-causes.ts';
import type { Deed, MadeCause } from './made-cause.ts';

const speakers = 'daemonset/speaker';
const onNode3 = applied(
  advertisement({ nodeSelectors: [{ matchLabels: { 'kubernetes.io/hostname': 'node3' } }] }),
);
const backAsTheyWere = [told(inMetalLB(`rollout undo ${speakers}`)), rolledOut];

/** A peer whose password cannot be read, on one node only. */
const secretless = {
  ...peer({
    peerAddress: '192.0.2.253',
    passwordSecret: { name: 'gone', namespace: 'metallb-system' },
    nodeSelectors: [{ matchLabels: { 'kubernetes.io/hostname': 'node1' } }],
  }),
  metadata: { name: 'second', namespace: 'metallb-system' },
};

const split: Omit<MadeCause, 'cause'> = {
  name: 'the speakers cannot talk to each other',
  link: 'announced',
  says: ['node1', 'node2', 'node3'],
  probes: true,
  made: [
    filtered(
      ['node1', 'node2', 'node3'],
      [
        'table ip split {',
        'chain before { type filter hook prerouting priority -400;',
        'meta l4proto { tcp, udp } th dport 7946 drop',
        '}',
        '}\n',
      ].join('\n'),
    ),
  ],
  shown: [({ lab }) => untilApart(lab), severalAnswer(3)],
  undone: [filtered(['node1', 'node2', 'node3'], 'delete table ip split\n'), rolledOut],
};

/** What keeps speakers from announcing what they should. */
export const speakerCauses: readonly MadeCause[] = [
  {
    name: 'no node has the label that the speakers select',
    everywhere: true,
    cause: 'speaker-absent',
    link: 'announced',
    says: ['speaker'],
    made: [told(patchPods(speakers, 'add', ['nodeSelector/rack', 'nine']))],
    shown: [untilSeen(podsOf('speaker'), /^(No resources found.*)?\s*$/), silent()],
    undone: backAsTheyWere,
  },
  {
    name: 'a taint drives the speaker from the only node that may announce',
    cause: 'speaker-missing-on-nodes',
    link: 'announced',
    says: ['node3'],
    made: [onNode3, told(kubectl('taint node node3 maintenance=yes:NoExecute'))],
    shown: [untilSeen(podsOf('speaker'), /^([^\n]+\n){2}$/), silent()],
    undone: [told(kubectl('taint node node3 maintenance-')), rolledOut],
  },
  {
    name: 'the speaker of the only node that may announce is dead and stays down',
    cause: 'speaker-crash-looping',
    link: 'announced',
    says: ['node3'],
    made: [onNode3, heldDown('node3')],
    shown: [untilSeen(podsOf('speaker'), /CrashLoopBackOff/), silent()],
    undone: [letUp('node3'), rolledOut],
  },
  {
    name: 'the speaker of the elected node is dead, and another has taken over',
    everywhere: true,
    cause: undefined,
    link: undefined,
    says: ['node1'],
    code: 0,
    made: [answeredBy('node1'), heldDown('node1')],
    shown: [untilSeen(podsOf('speaker'), /CrashLoopBackOff/), announcedByOther('node1'), flowing()],
    undone: [letUp('node1'), rolledOut],
  },
  {
    name: 'another program has the port of the speaker on the only node that may announce',
    everywhere: true,
    cause: 'speaker-port-taken',
    link: 'announced',
    says: ['7946', 'node3'],
    made: [onNode3, portTaken('node3', 7946)],
    shown: [untilSeen(podsOf('speaker'), /CrashLoopBackOff/), silent()],
    undone: [ended('squatter'), rolledOut],
  },
  {
    name: 'the role of the speakers is not bound any more',
    everywhere: true,
    cause: 'speaker-without-permission',
    link: 'announced',
    says: ['forbidden'],
    made: [
      told(
        kubectl('delete clusterrolebinding metallb-system:speaker'),
        inMetalLB('delete pods --selector component=speaker'),
      ),
    ],
    shown: [logged(/forbidden/), silent()],
    // What the speakers logged meanwhile goes with them.
    undone: [reinstalled, told(inMetalLB(`rollout restart ${speakers}`)), rolledOut],
  },
  {
    name: 'the speaker of the elected node refuses its configuration',
    cause: 'config-rejected',
    link: 'announced',
    says: ['second'],
    made: [applied(secretless), newSpeakerOn('node1')],
    shown: [silent()],
    undone: [deleted(secretless)],
    everywhere: true,
  },
  // The speakers of v0.16 delete each other's statuses so fast that their logs hold nothing else.
  { ...split, cause: 'memberlist-split', versions: ['v0.16.1'] },
  { ...split, cause: 'two-announcers', versions: ['v0.14.9', 'v0.15.3'] },
  {
    name: 'the speakers serve another class than the controller',
    cause: 'speaker-class-differs',
    link: 'announced',
    says: ['example.org/other'],
    made: [
      told(patchPods(speakers, 'add', ['containers/0/args/-', '--lb-class=example.org/other'])),
      rolledOut,
    ],
    shown: [silent()],
    undone: backAsTheyWere,
  },
];

function announcedByOther(node: string): Deed {
  return (scene) => untilAnnouncedByOther(scene, node);
}

function heldDown(node: string): Deed {
  return async ({ lab }) => {
    await lab.hold('speaker', node);
    await lab.kill('speaker', node);
  };
}

function letUp(node: string): Deed {
  return ({ lab }) => lab.release('speaker', node);
}

/** Keeps the speaker down while another program takes the port that it wants. */
function portTaken(node: string, port: number): Deed {
  return async (scene) => {
    await heldDown(node)(scene);
    await started('squatter', node, [process.execPath, serverMain, String(port)])(scene);
    await eventually('the other program to listen', async () =>
      scene.programs.get('squatter')?.log().includes('listening') === true ? true : undefined,
    );
    await letUp(node)(scene);
  };
}

const serverMain = join(import.meta.dirname, '../../testbed/kubelet/server-main.ts');
