import { remembered, type Facts } from '../../../core/diagnosis/facts.ts';
import type { Node, Pod } from '../../../core/facts/kube-objects.ts';
import { speakerOf } from '../programs/programs.ts';

/** How the speaker of one node fares, by what its pod and its node show. */
export type SpeakerOnNode =
  /** No speaker pod is there. */
  | { readonly state: 'absent'; readonly pod: undefined }
  /** A pod is there, and its speaker does not run. */
  | { readonly state: 'not-running'; readonly pod: Pod }
  | { readonly state: 'running'; readonly pod: Pod }
  /** It runs, as was last told, and its pod is being deleted. */
  | { readonly state: 'leaving'; readonly pod: Pod }
  /** It ran when the kubelet last said anything: now it may be dead, or only the kubelet is (#2514). */
  | { readonly state: 'silent'; readonly pod: Pod };

/** What tells of the speaker on a node. */
export type SpeakerFacts = Facts<'nodes' | 'pods' | 'daemonSets', 'deployments'>;

/** The speaker of this node. */
export function speakerOn(node: string, facts: SpeakerFacts): SpeakerOnNode {
  return speakersByNode(facts).get(node) ?? { state: 'absent', pod: undefined };
}

/** Neither at work for certain nor certainly out. */
export function isUncertain({ state }: SpeakerOnNode): boolean {
  return state === 'silent' || state === 'leaving';
}

/** At work, or possibly so. */
export function isAtWorkAtMost(speaker: SpeakerOnNode): boolean {
  return speaker.state === 'running' || isUncertain(speaker);
}

/** Since when the speaker in this pod runs; undefined when it does not, or nobody says. */
export function runsSince(pod: Pod | undefined): string | undefined {
  const state = pod === undefined ? undefined : speakerState(pod);
  return state?.state === 'running' ? state.startedAt : undefined;
}

/** The kubelet has said nothing for so long that the node is given up; its pods stay as it last told them. */
export function isSilent({ status }: Node): boolean {
  return status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'Unknown');
}

const speakersByNode = remembered((facts: SpeakerFacts): ReadonlyMap<string, SpeakerOnNode> => {
  const silent = new Set(facts.nodes.filter(isSilent).map(({ metadata }) => metadata.name));
  const speaker = speakerOf({ ...facts, deployments: facts.deployments });
  const pods = [...(speaker?.pods ?? []), ...(speaker?.leaving ?? [])];
  return new Map(
    [...Map.groupBy(pods, ({ spec }) => spec.nodeName ?? '')]
      .filter(([node]) => node !== '')
      .map(([node, all]) => [node, ofNode(all, silent.has(node))]),
  );
});

/** While a pod is replaced two are listed for a moment: the one that does most counts. */
function ofNode(pods: readonly Pod[], isNodeSilent: boolean): SpeakerOnNode {
  const running = pods.filter((pod) => speakerState(pod)?.state === 'running');
  const staying = running.find(({ metadata }) => metadata.deletionTimestamp === undefined);
  const [leaving] = running;
  if (staying !== undefined) {
    return { state: isNodeSilent ? 'silent' : 'running', pod: staying };
  }
  if (leaving !== undefined) {
    return { state: 'leaving', pod: leaving };
  }
  const [pod] = pods;
  return pod === undefined ? { state: 'absent', pod } : { state: 'not-running', pod };
}

/** The chart of some vendors calls the container `metallb-speaker`. */
function speakerState({ status }: Pod) {
  return status.containerStatuses.find(({ name }) => name.endsWith('speaker'))?.state;
}
