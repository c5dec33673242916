import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { L2Advertisement } from '../../core/facts/kube-objects.ts';
import {
  type AnnouncingFacts,
  announcingHelps,
  announcingNeeds,
} from '../models/announcing/speakers-at-work.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenLine } from '../models/seen.ts';
import { excludedFrom } from '../models/layer2/excluded-interfaces.ts';
import { standingFailure } from '../models/layer2/failed-announcements.ts';
import { respondersOn, responderLines } from '../models/layer2/responders.ts';
import { type Layer2Scene, layer2Scene, notInLayer2, servedOf } from '../models/layer2/scene.ts';
import { editObject, listed } from './told.ts';

type InterfaceFacts = AnnouncingFacts & Facts<never, 'events' | 'configMaps' | 'serviceL2Statuses'>;

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
  alsoNeeds: (facts, subject) => [
    ...servedOf(facts, ['events', 'configMaps']),
    ...(isUntold(layer2Scene(subject, facts), facts) ? (['speakerLogs'] as const) : []),
  ],
  skipWhen: (facts, subject) =>
    notInLayer2(facts, subject) ??
    (wantedIn(layer2Scene(subject, facts)) === undefined
      ? 'no advertisement names interfaces for the elected node'
      : undefined),
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    const node = scene?.announcing.announcer;
    const wanted = wantedIn(scene);
    if (scene === undefined || node === undefined || wanted === undefined) {
      return [];
    }
    const question = { scene, node, wanted, facts };
    const found = excluded(question) ?? failed(question) ?? mute(question);
    return found === undefined ? [] : [found];
  },
});

/** The interfaces that the advertisements name for the elected node; undefined when it may use all. */
function wantedIn(scene: Layer2Scene | undefined): readonly string[] | undefined {
  return scene?.announcing.layer2.announced[0]?.interfaces;
}

/** Neither an event nor a responder says anything about its interfaces: then only the log of its speaker can. */
function isUntold(scene: Layer2Scene | undefined, facts: InterfaceFacts): boolean {
  const node = scene?.announcing.announcer;
  const wanted = wantedIn(scene);
  if (scene === undefined || node === undefined || responderLines(node, facts).length > 0) {
    return false;
  }
  return failureOf({ scene, node, wanted: wanted ?? [], facts }) === undefined;
}

interface Question {
  readonly scene: Layer2Scene;
  readonly node: string;
  /** The interfaces that the advertisements name for this node. */
  readonly wanted: readonly string[];
  readonly facts: InterfaceFacts;
}

/** The list of interfaces to leave alone names all that the advertisements ask for. */
function excluded({ scene, node, wanted, facts }: Question): Found | undefined {
  const list = excludedFrom(facts);
  const hit = wanted.map((name) => ({ name, pattern: list?.patternFor(name) }));
  if (list === undefined || hit.some(({ pattern }) => pattern === undefined)) {
    return undefined;
  }
  const { name, namespace = 'metallb-system' } = list.about;
  return {
    ...common(scene),
    cause: 'interface-excluded',
    severity: 'error',
    about: list.about,
    says: `the speakers are told to leave ${listed(wanted)} alone, the only ${wanted.length === 1 ? 'interface' : 'interfaces'} on which ${node} should answer`,
    details: [
      ...hit.map((each) => `${each.name} matches ${each.pattern} in ConfigMap ${name}`),
      'the list is read once, when a speaker starts',
    ],
    because: [
      seenField(list.about, 'data["excludel2.yaml"]', hit.map((each) => each.pattern).join(', ')),
    ],
    suggests: [
      {
        says: 'take the pattern out of the list',
        command: kubectl`-n ${namespace} edit configmap ${name}`,
        mutates: true,
      },
      {
        says: 'then restart the speakers',
        command: kubectl`-n ${namespace} rollout restart daemonset/${facts.installation?.speaker?.name ?? 'speaker'}`,
        mutates: true,
      },
    ],
  };
}

/** MetalLB's own word that none of them is there, unless it holds no more. */
function failureOf({ scene, node, wanted, facts }: Question): Evidence | undefined {
  const advertisements = advertisementsIn(scene, facts);
  return standingFailure({ service: scene.service, node, wanted, advertisements }, facts);
}

function failed({ scene, node, wanted, facts }: Question): Found | undefined {
  const evidence = failureOf({ scene, node, wanted, facts });
  if (evidence === undefined) {
    return undefined;
  }
  const made = respondersOn(node, facts);
  const about = advertisementsIn(scene, facts)[0];
  return {
    ...common(scene),
    cause: 'interface-missing',
    severity: 'error',
    about: about === undefined ? refOf(scene.service) : refOf(about),
    says: `${node} is elected and has no interface ${wanted.join(' or ')}, so nobody answers for the address`,
    details: [
      'the election does not look at interfaces, and no other node steps in',
      ...(made.length === 0 ? [] : [`${node} answers on ${made.join(', ')}`]),
      `the advertisements name ${wanted.join(', ')}`,
    ],
    because: [evidence],
    doubts: [
      `the speaker on ${node} announced the address before the interfaces were named, and was not restarted since: it goes on answering as before`,
    ],
    suggests: [...edits(scene, facts), lookAt(node)],
  };
}

/** It exists and has no responder: a member of a bond or bridge, down, or without broadcast. */
function mute({ scene, node, wanted, facts }: Question): Found | undefined {
  const made = respondersOn(node, facts);
  const [line] = responderLines(node, facts);
  if (line === undefined || made.length === 0 || wanted.some((name) => made.includes(name))) {
    return undefined;
  }
  const about = advertisementsIn(scene, facts)[0];
  return {
    ...common(scene),
    cause: 'interface-without-responder',
    severity: 'warning',
    about: about === undefined ? refOf(scene.service) : refOf(about),
    says: `the speaker on ${node} opened no responder on ${wanted.join(' or ')}, the only ${wanted.length === 1 ? 'interface' : 'interfaces'} on which it should answer`,
    details: [
      `it answers on ${made.join(', ')}`,
      'an interface that is part of a bond, bridge or VRF gets none, and no event says so: name the master; nor does one that is down or has no broadcast',
    ],
    because: [seenLine(line)],
    doubts: ['the line about that interface is not among those that were read'],
    suggests: [lookAt(node), ...edits(scene, facts)],
  };
}

function common({ service }: Layer2Scene) {
  return { affects: [refOf(service)] };
}

function edits(scene: Layer2Scene, facts: InterfaceFacts): readonly Remedy[] {
  return advertisementsIn(scene, facts)
    .slice(0, 1)
    .map((each) =>
      editObject(refOf(each), 'correct its interfaces, or select only nodes that have them'),
    );
}

function advertisementsIn(
  { pools }: Layer2Scene,
  { l2Advertisements, installation }: InterfaceFacts,
): readonly L2Advertisement[] {
  const names = new Set(pools.flatMap(({ l2 }) => l2.map(({ name }) => name)));
  return l2Advertisements.filter(
    ({ metadata, spec }) =>
      metadata.namespace === installation?.namespace &&
      names.has(metadata.name) &&
      spec.interfaces.length > 0,
  );
}

function lookAt(node: string): Remedy {
  return {
    says: `see the interfaces of ${node}: "master" means that it is part of another one`,
    command: `ssh ${shellWord(node)} ip -brief link`,
    mutates: false,
  };
}
