import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Program } from './programs.ts';
import type { Troubled } from './troubled-pods.ts';

type Crashed = Troubled<'crash'>;

/** Who killed it, when it did not end by itself. */
export function killedText({ trouble }: Crashed): readonly string[] {
  if (isOutOfMemory(trouble.exit)) {
    return ['it was killed for using more memory than its limit'];
  }
  return isKilled(trouble.exit)
    ? [
        'it was ended from outside, as the kubelet does when the startup or liveness probe fails: too slow (a low CPU limit), or stuck; events of the pod say so',
      ]
    : [];
}

function isOutOfMemory(exit: string): boolean {
  return exit.startsWith('OOMKilled');
}

function isKilled(exit: string): boolean {
  return /exit code (?:137|143)$/.test(exit);
}

/** The pod network, not MetalLB: a roll-out back would not help. */
export function networkRemedies(program: Program, first: Crashed): readonly Remedy[] {
  const { nodeName } = first.pod.spec;
  return [
    {
      says: 'look at the pod network (CNI) and kube-proxy of its node, not at MetalLB',
      command:
        nodeName === undefined
          ? 'kubectl -n kube-system get pods -o wide'
          : kubectl`-n kube-system get pods -o wide --field-selector ${`spec.nodeName=${nodeName}`}`,
      mutates: false,
    },
    readLastWords(program, first),
  ];
}

function readLastWords({ namespace }: Program, { pod, trouble }: Crashed): Remedy {
  return {
    says: 'read what it said before it ended, and mend that',
    command: kubectl`-n ${namespace} logs ${pod.metadata.name} -c ${trouble.container} --previous --tail=50`,
    mutates: false,
  };
}

/** What to read and what to change, by the way in which it ends. */
export function crashRemedies(program: Program, first: Crashed): readonly Remedy[] {
  const { exit, unstarted } = first.trouble;
  if (isOutOfMemory(exit)) {
    return [seeLimits(program, 'raise its memory limit, or take it away'), goBack(program)];
  }
  if (unstarted !== undefined) {
    return [
      seePod(program, first, 'see what the container runtime of its node says, and mend it there'),
    ];
  }
  if (isKilled(exit)) {
    return [
      seePod(program, first, 'see who ended it: an event "failed liveness probe" is the kubelet'),
      seeLimits(program, 'then give it more CPU, or no limit'),
      readLastWords(program, first),
    ];
  }
  return [readLastWords(program, first), goBack(program)];
}

function seePod({ namespace }: Program, { pod }: Crashed, says: string): Remedy {
  return {
    says,
    command: kubectl`-n ${namespace} describe pod ${pod.metadata.name}`,
    mutates: false,
  };
}

function seeLimits({ namespace, handle }: Program, says: string): Remedy {
  return {
    says,
    command: kubectl`-n ${namespace} get ${handle} -o jsonpath='{.spec.template.spec.containers[*].resources}'`,
    mutates: false,
  };
}

function goBack({ namespace, handle }: Program): Remedy {
  return {
    says: 'if it began with a roll-out, go back',
    command: kubectl`-n ${namespace} rollout undo ${handle}`,
    mutates: true,
  };
}
