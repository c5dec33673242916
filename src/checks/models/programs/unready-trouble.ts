import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Found, Subject } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { KubeEvent } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { eventsAbout } from '../testimony/events.ts';
import { hintFor } from './hints.ts';
import { unreadyOnANodeThatAnswers } from './pod-trouble.ts';
import type { Program } from './programs.ts';
import { everyoneOr } from '../reach.ts';
import { refOf } from '../references.ts';
import { seenEvent, seenField } from '../seen.ts';
import { leftLines } from './speakers-left.ts';
import { podNames, serves, type Troubled, troubledPods } from './troubled-pods.ts';

type UnreadyFacts = Facts<never, 'events' | 'nodes'>;

/** Pods of `program` that run or wait but are not Ready, as one finding. */
export function unreadyFindings(
  program: Program | undefined,
  facts: UnreadyFacts,
  subject: Subject,
): readonly Found[] {
  const troubled = program === undefined ? [] : unreadyPods(program, facts);
  const [first] = troubled;
  if (program === undefined || first === undefined) {
    return [];
  }
  const about = refOf(first.pod);
  const warnings = eventsAbout(facts, about).filter((event) => event.type === 'Warning');
  const others = serves(program, facts.takenAt);
  return [
    {
      cause: `${program.name}-not-ready`,
      severity: others ? 'warning' : 'error',
      about,
      affects: everyoneOr(subject),
      says: others
        ? `not every pod of MetalLB's ${program.name} is ready: ${podNames(troubled)}`
        : `MetalLB's ${program.name} is not ready: ${first.trouble.says}`,
      details: [
        ...troubled.map(({ pod, trouble }) => `${pod.metadata.name}: ${trouble.says}`).toSorted(),
        ...knownFaults(program, facts, warnings),
        ...leftLines(program, facts.takenAt),
      ],
      because: [
        seenField(about, 'status.conditions[Ready]', 'False'),
        ...warnings.slice(0, 2).map(seenEvent),
      ],
      suggests: [...upgradeRemedy(program, facts), ...remediesFor(program, first)],
    },
  ];
}

/** The node itself has the last word on whether it answers. */
function unreadyPods(
  program: Program,
  { nodes, takenAt }: UnreadyFacts,
): readonly Troubled<'not-ready'>[] {
  const answering = new Set(
    itemsIfRead(nodes)
      .filter(({ status }) =>
        status.conditions.some((each) => each.type === 'Ready' && each.status === 'True'),
      )
      .map(({ metadata }) => metadata.name),
  );
  return troubledPods(program, 'not-ready', takenAt).map(({ pod, trouble }) =>
    answering.has(trouble.silentNode ?? '')
      ? { pod, trouble: unreadyOnANodeThatAnswers(pod) }
      : { pod, trouble },
  );
}

/** What is known to keep this release, or a pod with such events, from becoming ready. */
function knownFaults(
  { name }: Program,
  { installation }: UnreadyFacts,
  warnings: readonly KubeEvent[],
): readonly string[] {
  const hint = warnings.map(({ message }) => hintFor(message)).find((each) => each !== undefined);
  return [
    ...(name === 'controller' && installation?.controllerVersion === 'v0.16.0'
      ? [
          'v0.16.0 binds its health probe to loopback and never becomes ready (mended in v0.16.1, #3062)',
        ]
      : []),
    ...(hint === undefined ? [] : [hint]),
  ];
}

function upgradeRemedy(
  { name, namespace, handle }: Program,
  { installation }: UnreadyFacts,
): readonly Remedy[] {
  return name === 'controller' && installation?.controllerVersion === 'v0.16.0'
    ? [
        {
          says: 'go to v0.16.1, which answers its probe',
          command: kubectl`-n ${namespace} set image ${handle} controller=quay.io/metallb/controller:v0.16.1`,
          mutates: true,
        },
      ]
    : [];
}

function remediesFor(
  { namespace }: Program,
  { pod, trouble }: Troubled<'not-ready'>,
): readonly Remedy[] {
  if (trouble.silentNode !== undefined) {
    return [
      {
        says: 'see why the node does not answer: power, its network, the kubelet',
        command: kubectl`describe node ${trouble.silentNode}`,
        mutates: false,
      },
    ];
  }
  return [
    {
      says: 'see what the pod waits for',
      command: kubectl`-n ${namespace} describe pod ${pod.metadata.name}`,
      mutates: false,
    },
    {
      says: 'read its log',
      command: kubectl`-n ${namespace} logs ${pod.metadata.name} --all-containers --tail=50`,
      mutates: false,
    },
  ];
}
