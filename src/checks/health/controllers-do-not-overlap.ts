import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Pod } from '../../core/facts/kube-objects.ts';
import { logLines, type LogLine } from '../models/testimony/log-lines.ts';
import { controllerOf, isReady, type Program } from '../models/programs/programs.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenLine } from '../models/seen.ts';

type OverlapFacts = Facts<'deployments' | 'daemonSets' | 'pods', 'controllerLogs'>;

/** The default roll-out starts the new controller before the old one ends: two allocators for a while. */
export const controllersDoNotOverlap = defineCheck({
  id: 'MLB-H19',
  asks: 'Has the old controller ended before the new one began?',
  symptoms: ['pending', 'health'],
  causes: ['controllers-overlap'],
  needs: ['deployments', 'daemonSets', 'pods'],
  helps: ['controllerLogs'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => {
    const controller = controllerOf(facts);
    const workload = controller?.workload;
    if (controller === undefined || workload === undefined || workload.status.desired > 1) {
      return [];
    }
    const ready = readyPods(controller, facts);
    return ready.length < 2
      ? []
      : [{ ...finding(controller, ready, facts), affects: everyoneOr(subject) }];
  },
});

/** Those that are on their way out still work until they are gone. */
function readyPods({ namespace, workload }: Program, { pods }: OverlapFacts): readonly Pod[] {
  const labels = Object.entries(workload?.spec.template.labels ?? {});
  return pods
    .filter(
      (pod) =>
        pod.metadata.namespace === namespace &&
        isReady(pod) &&
        labels.length > 0 &&
        labels.every(([key, value]) => pod.metadata.labels[key] === value),
    )
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

function finding(controller: Program, ready: readonly Pod[], facts: OverlapFacts): Found {
  const { namespace, handle, workload } = controller;
  const names = ready.map(({ metadata }) => metadata.name);
  const spoken = lastAllocations(names, facts);
  const about = workload === undefined ? { kind: 'Namespace', name: namespace } : refOf(workload);
  return {
    cause: 'controllers-overlap',
    severity: 'warning',
    about,
    affects: [],
    says: `two controllers of MetalLB run at once during a roll-out (${names.join(', ')}); they allocate without knowing of each other`,
    details: [
      ...ready.map(
        ({ metadata, status }) =>
          `${metadata.name}: ready${metadata.deletionTimestamp === undefined ? '' : ', being deleted'}, image ${status.containerStatuses[0]?.image ?? 'unknown'}`,
      ),
      'an address that both give out is taken back from one of the Services at the next look',
      `strategy of the Deployment: ${workload?.spec.strategy ?? 'RollingUpdate (the default)'}`,
    ],
    because: [
      ...ready.map((pod) => seenField(refOf(pod), 'status.conditions.Ready', 'True')),
      ...spoken.map(seenLine),
    ],
    doubts: ['the roll-out ends within seconds; look again'],
    suggests: [
      {
        says: 'see whether the roll-out ends',
        command: kubectl`-n ${namespace} rollout status ${handle}`,
        mutates: false,
      },
      {
        says: 'keep the next one from overlapping',
        command: kubectl`-n ${namespace} patch ${handle} --type=merge -p ${'{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'}`,
        mutates: true,
      },
    ],
  };
}

/** The newest allocation of each pod, when more than one of them gave addresses. */
function lastAllocations(pods: readonly string[], facts: OverlapFacts): readonly LogLine[] {
  const lines = logLines(facts.controllerLogs, facts.takenAt);
  const last = pods.flatMap(
    (pod) =>
      lines.findLast(
        (line) => line.pod === pod && !line.previous && line.values.get('event') === 'ipAllocated',
      ) ?? [],
  );
  return last.length > 1 ? last : [];
}
