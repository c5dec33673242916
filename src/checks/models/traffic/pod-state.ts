import type { Facts } from '../../../core/diagnosis/facts.ts';
import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { KubeEvent, Pod } from '../../../core/facts/kube-objects.ts';
import { agoText } from '../ages.ts';
import { type PodTrouble, troubleOf } from '../programs/pod-trouble.ts';
import { refOf } from '../references.ts';
import { eventsAbout } from '../testimony/events.ts';
import { podText } from './words.ts';

/** What tells why a pod is not ready. */
export type PodStateFacts = Facts<never, 'events'>;

/** A pod that cannot serve, and why. */
export interface Unready {
  readonly pod: Pod;
  readonly trouble: PodTrouble;
  /** The newest complaint of its probe. */
  readonly probe: KubeEvent | undefined;
}

/** Why the pod does not serve; undefined when it does. */
export function unreadyOf(pod: Pod, facts: PodStateFacts): Unready | undefined {
  const trouble = troubleOf(pod, facts.takenAt);
  const probe = eventsAbout(facts, refOf(pod)).find(({ reason }) => reason === 'Unhealthy');
  return trouble === undefined ? undefined : { pod, trouble, probe };
}

/** What keeps so many of such pods, in a few words: `their readiness probe fails`. */
export function summaryOf({ trouble, probe }: Unready, count: number): string {
  const [who, whom, whose] = count === 1 ? ['it', 'it', 'its'] : ['they', 'them', 'their'];
  switch (trouble.kind) {
    case 'not-scheduled':
      return `no node takes ${whom}`;
    case 'image':
      return `image ${trouble.image} cannot be pulled`;
    case 'crash':
      return `${who} ${count === 1 ? 'crashes' : 'crash'} again and again`;
    case 'not-ready':
      if (trouble.silentNode !== undefined) {
        return `node ${trouble.silentNode} does not answer`;
      }
      return probe === undefined && !isRunning(trouble.says)
        ? `${who} ${count === 1 ? 'has' : 'have'} not come up`
        : `${whose} readiness probe fails`;
  }
}

/** What the kubelet says of a pod all of whose containers run. */
function isRunning(says: string): boolean {
  return /readiness probe fails|containers with unready status/.test(says);
}

/** `web-1 on worker-1: Readiness probe failed: HTTP probe failed with statuscode: 503`. */
export function unreadyLine(unready: Unready, now: string): string {
  return `${podText(unready.pod)}: ${textOf(unready, now)}`;
}

function textOf({ trouble, probe }: Unready, now: string): string {
  switch (trouble.kind) {
    case 'not-scheduled':
      return trouble.says;
    case 'image':
      return `${trouble.image}: ${trouble.says}`;
    case 'crash': {
      const end = `last end${agoText(trouble.lastEnd, now)}: ${trouble.exit}`;
      const unstarted =
        trouble.unstarted === undefined ? '' : `; it never ran: ${trouble.unstarted}`;
      return `container ${trouble.container} restarted ${trouble.restarts} times, ${end}${unstarted}`;
    }
    case 'not-ready':
      return probe === undefined || trouble.silentNode !== undefined ? trouble.says : probe.message;
  }
}

/** Where to look next. */
export function unreadyRemedies({ pod, trouble }: Unready): readonly Remedy[] {
  const { name, namespace = 'default' } = pod.metadata;
  if (trouble.kind === 'not-ready' && trouble.silentNode !== undefined) {
    return [
      {
        says: 'see why the node does not answer: power, its network, the kubelet',
        command: kubectl`describe node ${trouble.silentNode}`,
        mutates: false,
      },
    ];
  }
  const hasRun = trouble.kind === 'crash' || trouble.kind === 'not-ready';
  return [
    {
      says: 'see what the pod waits for',
      command: kubectl`-n ${namespace} describe pod ${name}`,
      mutates: false,
    },
    ...(hasRun
      ? [
          {
            says:
              trouble.kind === 'crash' ? 'read the last words of its run before' : 'read its log',
            command:
              trouble.kind === 'crash'
                ? kubectl`-n ${namespace} logs ${name} -c ${trouble.container} --previous --tail=50`
                : kubectl`-n ${namespace} logs ${name} --all-containers --tail=50`,
            mutates: false,
          },
        ]
      : []),
  ];
}
