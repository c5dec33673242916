import type { ExitCode } from '../facts/exit.ts';
import type { Diagnosis } from '../facts/finding.ts';
import type { KubeObject, Pod, Workload } from '../facts/kube-objects.ts';
import { itemsIfRead } from '../facts/reading.ts';
import type { ProgramState, Report } from '../facts/report.ts';
import { reportSchemaVersion } from '../facts/report.ts';
import type { Installation, Snapshot } from '../facts/snapshot.ts';
import { reported } from './reported.ts';

/** What a report is made of. */
export interface ReportParts {
  readonly command: string;
  readonly version: string;
  readonly snapshot: Snapshot;
  readonly diagnosis: Diagnosis;
  readonly exitCode: ExitCode;
}

/** The whole answer as data; every printed form is drawn from it. */
export function assembleReport({ command, version, snapshot, ...parts }: ReportParts): Report {
  const installation = snapshot.installations[0];
  return {
    schemaVersion: reportSchemaVersion,
    ...reported(
      { command, version, snapshot },
      {
        programs: installation === undefined ? [] : programsOf(installation, snapshot),
        ...(snapshot.installations.length > 1 ? { otherInstallations: othersIn(snapshot) } : {}),
        result: parts.diagnosis.outcome,
        exitCode: parts.exitCode,
        diagnosis: parts.diagnosis,
      },
    ),
  };
}

function othersIn(snapshot: Snapshot): NonNullable<Report['otherInstallations']> {
  return snapshot.installations.slice(1).map((each) => ({
    namespace: each.namespace,
    programs: programsOf(each, snapshot),
  }));
}

function programsOf(installation: Installation, snapshot: Snapshot): readonly ProgramState[] {
  const { controller, speaker, namespace } = installation;
  return [
    {
      name: 'controller',
      version: installation.controllerVersion,
      ...stateOf({ namespace, workload: controller }, snapshot),
    },
    {
      name: 'speaker',
      version: installation.speakerVersion,
      ...stateOf({ namespace, workload: speaker }, snapshot),
    },
  ];
}

interface Sought {
  readonly namespace: string;
  readonly workload: { readonly kind: string; readonly name: string } | undefined;
}

type Counts = Pick<ProgramState, 'ready' | 'desired' | 'restarts'>;

function stateOf({ namespace, workload }: Sought, { readings }: Snapshot): Counts {
  if (workload === undefined) {
    return { ready: undefined, desired: undefined, restarts: undefined };
  }
  const workloads: readonly Workload[] = [
    ...itemsIfRead(readings.deployments),
    ...itemsIfRead(readings.daemonSets),
  ];
  const found = workloads.find(
    (each) => each.metadata.name === workload.name && isIn(namespace, each),
  );
  const pods = itemsIfRead(readings.pods).filter(
    (pod) => pod.metadata.name.startsWith(`${workload.name}-`) && isIn(namespace, pod),
  );
  return {
    ready: found?.status.ready,
    desired: found?.status.desired,
    restarts: readings.pods.state === 'read' ? restartsOf(pods) : undefined,
  };
}

function isIn(namespace: string, object: KubeObject): boolean {
  return object.metadata.namespace === namespace;
}

function restartsOf(pods: readonly Pod[]): number {
  return pods
    .flatMap((pod) => pod.status.containerStatuses)
    .reduce((sum, container) => sum + container.restartCount, 0);
}
