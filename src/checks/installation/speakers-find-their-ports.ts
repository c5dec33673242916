import { defineCheck } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Pod } from '../../core/facts/kube-objects.ts';
import { complaintsOf } from '../models/testimony/log-troubles.ts';
import { type Program, speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenLine } from '../models/seen.ts';
import { leftLines, severityOfPods } from '../models/programs/speakers-left.ts';
import { podNames, troubledPods } from '../models/programs/troubled-pods.ts';

/** Speakers live on the host's network, where a port belongs to whoever came first. */
export const speakersFindTheirPorts = defineCheck({
  id: 'MLB-I31',
  asks: 'Are the ports that the speakers need free on every node?',
  symptoms: ['health'],
  causes: ['speaker-port-taken'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'speakerLogs'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts) => {
    const speaker = speakerOf(facts);
    const struck =
      speaker === undefined ? [] : [...unscheduled(speaker, facts), ...dying(speaker, facts)];
    const [first] = struck;
    if (speaker === undefined || first === undefined) {
      return [];
    }
    const nodes = [...new Set(struck.flatMap(({ node }) => node ?? []))].toSorted();
    const port = struck.map((each) => each.port).find((each) => each !== undefined);
    const where = nodes.length === 0 ? 'some nodes' : nodes.join(', ');
    return [
      {
        cause: 'speaker-port-taken',
        severity: severityOfPods(speaker, facts.takenAt),
        about: refOf(first.pod),
        affects: [],
        says: `the speaker cannot run on ${where}: ${port === undefined ? 'a port it needs' : `port ${port}`} is taken there by another program`,
        details: [
          `without it: ${podNames(struck)}`,
          ...struck.slice(0, podsShown).map(({ pod, says }) => `${pod.metadata.name}: ${says}`),
          ...leftLines(speaker, facts.takenAt),
        ],
        because: struck.slice(0, podsShown).map(({ evidence }) => evidence),
        suggests: remediesFor(speaker, nodes[0], port),
      },
    ];
  },
});

const podsShown = 4;

interface Struck {
  readonly pod: Pod;
  readonly node: string | undefined;
  readonly port: string | undefined;
  readonly says: string;
  readonly evidence: Evidence;
}

type PortFacts = Facts<'pods', 'deployments' | 'daemonSets' | 'speakerLogs'>;

/** The scheduler knows the host ports of pods, and leaves a second one waiting. */
function unscheduled(speaker: Program, { takenAt }: PortFacts): readonly Struck[] {
  return troubledPods(speaker, 'not-scheduled', takenAt)
    .filter(({ trouble }) => /free ports/.test(trouble.says))
    .map(({ pod, trouble }) => ({
      pod,
      node: undefined,
      port: undefined,
      says: trouble.says,
      evidence: seenField(refOf(pod), 'status.conditions[PodScheduled].message', trouble.says),
    }));
}

/** It does not know of programs outside the cluster; the speaker finds out itself. */
function dying(speaker: Program, facts: PortFacts): readonly Struck[] {
  const scene = { ...facts, controllerLogs: { state: 'absent' } } as const;
  return complaintsOf(speaker, /address already in use/, scene).map(({ pod, line }) => ({
    pod,
    node: pod.spec.nodeName,
    port: portIn(line.text),
    says: line.words,
    evidence: seenLine(line),
  }));
}

function portIn(text: string): string | undefined {
  return /:(\d+): bind: address already in use/.exec(text)?.[1] ?? /port (\d+)/.exec(text)?.[1];
}

function remediesFor(
  { namespace, handle }: Program,
  node: string | undefined,
  port: string | undefined,
): readonly Remedy[] {
  return [
    {
      says: `see who has it, on ${node ?? 'the node'}: often Docker Swarm (7946), a second MetalLB, or an exporter`,
      command: `ssh ${shellWord(node ?? 'NODE')} ss -lntup 'sport = :${port ?? '7946'}'`,
      mutates: false,
    },
    {
      says: 'give the speakers another one: --port for metrics, METALLB_ML_BIND_PORT for memberlist',
      command: kubectl`-n ${namespace} edit ${handle}`,
      mutates: true,
    },
  ];
}
