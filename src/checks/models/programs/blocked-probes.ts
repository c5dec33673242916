import type { Found, Subject } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import { kubectl, shellWord } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { KubeEvent, Pod } from '../../../core/facts/kube-objects.ts';
import { ageMs } from '../ages.ts';
import { eventsAbout } from '../testimony/events.ts';
import { isReady, type Program } from './programs.ts';
import { everyoneOr } from '../reach.ts';
import { refOf } from '../references.ts';
import { seenEvent, seenField } from '../seen.ts';
import { leftLines } from './speakers-left.ts';
import { podNames, serves } from './troubled-pods.ts';

const currentMs = 15 * 60_000;

/** A packet filter answers nothing, or that there is no way; a program that does not listen refuses. */
const unanswered =
  /probe failed: .*(?:context deadline exceeded|i\/o timeout|Client\.Timeout|no route to host|connection timed out|operation not permitted)/;

interface Blocked {
  readonly pod: Pod;
  readonly event: KubeEvent;
}

/** Pods of `program` that run, and whose probes never arrive, as one finding. */
export function blockedProbeFindings(
  program: Program | undefined,
  facts: Facts<never, 'events'>,
  subject: Subject,
): readonly Found[] {
  const blocked = program === undefined ? [] : blockedPods(program, facts);
  const [first] = blocked;
  if (program === undefined || first === undefined) {
    return [];
  }
  const about = refOf(first.pod);
  const { containers } = first.pod.spec;
  const port = portOf(first.event.message);
  return [
    {
      cause: 'probe-blocked',
      severity: serves(program, facts.takenAt) ? 'warning' : 'error',
      about,
      affects: program.name === 'controller' ? everyoneOr(subject) : [],
      says: `the kubelet's probes do not get through to MetalLB's ${program.name}${port === undefined ? '' : ` on port ${port}`}, so it never counts as ready`,
      details: [
        `without an answer: ${podNames(blocked)}`,
        first.event.message,
        ...leftLines(program, facts.takenAt),
      ],
      because: [
        seenField(about, 'status.conditions[Ready]', 'False'),
        ...blocked.slice(0, 2).map(({ event }) => seenEvent(event)),
      ],
      doubts: [
        `the node is overloaded, or ${containers[0]?.name ?? 'the program'} hangs: then its log has stopped`,
      ],
      suggests: remediesFor(program, first),
    },
  ];
}

function blockedPods(program: Program, facts: Facts<never, 'events'>): readonly Blocked[] {
  return program.pods
    .filter((pod) => !isReady(pod))
    .flatMap((pod) => {
      const event = eventsAbout(facts, refOf(pod)).find(({ reason }) => reason === 'Unhealthy');
      const age = ageMs(event?.lastAt, facts.takenAt);
      const isCurrent = age === undefined || age <= currentMs;
      return event !== undefined && isCurrent && unanswered.test(event.message)
        ? [{ pod, event }]
        : [];
    });
}

function urlOf(message: string): string {
  return /"(https?:\/\/[^"\s]+)"/.exec(message)?.[1] ?? 'http://127.0.0.1:7472/metrics';
}

function portOf(message: string): string | undefined {
  return /https?:\/\/[^/"\s]*?:(\d+)(?:\/|")/.exec(message)?.[1];
}

function remediesFor({ namespace }: Program, { pod, event }: Blocked): readonly Remedy[] {
  return [
    {
      says: `try the port from its own node: no answer there means a packet filter of the host (firewalld, ufw, nftables)`,
      command: `ssh ${shellWord(pod.spec.nodeName ?? 'NODE')} curl -sv --max-time 3 ${shellWord(urlOf(event.message))}`,
      mutates: false,
    },
    {
      says: 'see that the program itself is alive: its log goes on',
      command: kubectl`-n ${namespace} logs ${pod.metadata.name} --tail=20`,
      mutates: false,
    },
  ];
}
