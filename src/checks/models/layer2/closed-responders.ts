import type { Found } from '../../../core/diagnosis/check.ts';
import { shellWord } from '../../../core/diagnosis/kubectl.ts';
import { agoText } from '../ages.ts';
import type { AnnouncingFacts } from '../announcing/speakers-at-work.ts';
import { refOf } from '../references.ts';
import { seenLine } from '../seen.ts';
import type { LogLine } from '../testimony/log-lines.ts';
import { linesOn, responderLines, respondersOn } from './responders.ts';
import type { Layer2Scene } from './scene.ts';

/**
 * A speaker closes its responder when the interface is gone, is down or becomes part of another one. It is elected all the
 * same, and its ServiceL2Status stays.
 */
export function closedResponders(
  node: string,
  scene: Layer2Scene,
  facts: AnnouncingFacts,
): readonly Found[] {
  const wanted = scene.announcing.layer2.announced[0]?.interfaces;
  const closing = lastWords(node, facts).filter(
    ({ values }) => isClosing(values) && (wanted?.includes(nameIn(values)) ?? true),
  );
  // where it answers on others than those named, MLB-L15 says so
  const isMute =
    respondersOn(node, facts).length === 0 &&
    (wanted === undefined
      ? isWhole(node, facts)
      : wanted.every((name) => closing.some(({ values }) => nameIn(values) === name)));
  const last = closing.findLast(({ values }) => !ofPods.test(nameIn(values)));
  return !isMute || last === undefined ? [] : [told(node, last, { scene, facts })];
}

/** An interface that a network plugin makes for a pod comes and goes with it. */
const ofPods = /^(?:veth|cali|lxc|cilium|flannel|cni|tunl|vxlan|kube-)/;

/** The last word on each responder, in the order of the log. */
function lastWords(node: string, facts: AnnouncingFacts): readonly LogLine[] {
  const lines = responderLines(node, facts);
  const last = new Map(lines.map((line) => [nameIn(line.values), line]));
  return lines.filter((line) => last.get(nameIn(line.values)) === line);
}

/** Where its beginning is missing, responders may be open of which no line is left. */
function isWhole(node: string, facts: AnnouncingFacts): boolean {
  return linesOn(node, facts).some(({ text }) => text.includes('MetalLB speaker starting'));
}

function isClosing(values: LogLine['values']): boolean {
  return values.get('event')?.startsWith('delete') === true;
}

function nameIn(values: LogLine['values']): string {
  return values.get('interface') ?? '';
}

interface Told {
  readonly scene: Layer2Scene;
  readonly facts: AnnouncingFacts;
}

function told(node: string, line: LogLine, { scene, facts }: Told): Found {
  const about = refOf(scene.service);
  const name = nameIn(line.values);
  return {
    cause: 'interface-without-responder',
    severity: 'error',
    about,
    affects: [about],
    says: `the speaker on ${node} closed its responder on ${name}${agoText(line.at, facts.takenAt)}, and answers on no interface since`,
    details: [
      'it closes it when the interface is gone, is down, or becomes part of a bond, bridge or VRF, and opens it again within seconds once that is over',
      'it stays elected and says that it announces, for the election does not look at this; no other node steps in',
    ],
    because: [seenLine(line)],
    doubts: ['it opened one since, and that line was not read'],
    suggests: [
      {
        says: `see whether ${name} is there and up on ${node}, and whether it has a "master" now`,
        command: `ssh ${shellWord(node)} ip -brief link`,
        mutates: false,
      },
    ],
  };
}
