import type {
  ContainerState,
  Pod,
  PodTemplate,
  Workload,
} from '../../src/core/facts/kube-objects.ts';
import { home, named } from './some-objects.ts';

/** What differs about a program of a test. */
export interface ProgramWords {
  readonly version?: string;
  readonly replicas?: number;
  readonly args?: readonly string[];
}

/** How one pod of a program fares. */
export interface PodWords {
  readonly name?: string;
  readonly ready?: boolean;
  readonly restarts?: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
  readonly unscheduled?: string;
  readonly version?: string;
  readonly node?: string;
}

type Name = 'controller' | 'speaker';

/** MetalLB's Deployment or DaemonSet. */
export function aWorkload(name: Name, words: ProgramWords = {}): Workload {
  const desired = words.replicas ?? (name === 'controller' ? 1 : 3);
  return {
    kind: name === 'controller' ? 'Deployment' : 'DaemonSet',
    metadata: named(name, { namespace: home }),
    spec: {
      ...(name === 'controller' ? { replicas: desired } : {}),
      template: templateOf(name, words),
    },
    status: { desired, ready: desired, updated: desired, available: desired, conditions: [] },
  };
}

/** One pod of it, ready unless said otherwise. */
export function aPod(program: Name, words: PodWords = {}): Pod {
  const ready = words.ready ?? (words.unscheduled === undefined && isRunning(words.state));
  const template = templateOf(
    program,
    words.version === undefined ? {} : { version: words.version },
  );
  return {
    kind: 'Pod',
    metadata: named(words.name ?? `${program}-0`, {
      namespace: home,
      labels: { app: 'metallb', component: program },
    }),
    spec: {
      ...template,
      ...(words.unscheduled === undefined ? { nodeName: words.node ?? 'n1' } : {}),
    },
    status: {
      phase: ready ? 'Running' : 'Pending',
      conditions: [
        words.unscheduled === undefined
          ? { type: 'PodScheduled', status: 'True' }
          : { type: 'PodScheduled', status: 'False', message: words.unscheduled },
        { type: 'Ready', status: ready ? 'True' : 'False' },
      ],
      containerStatuses:
        words.unscheduled === undefined
          ? [
              {
                name: program,
                image: imageOf(program, words.version),
                ready,
                restartCount: words.restarts ?? 0,
                state: words.state ?? { state: 'running', startedAt: '2026-03-10T00:00:00Z' },
                ...(words.lastState === undefined ? {} : { lastState: words.lastState }),
              },
            ]
          : [],
      initContainerStatuses: [],
    },
  };
}

function isRunning(state: ContainerState | undefined): boolean {
  return state === undefined || state.state === 'running';
}

function templateOf(program: Name, words: ProgramWords): PodTemplate {
  return {
    labels: { app: 'metallb', component: program },
    serviceAccountName: program,
    containers: [
      {
        name: program,
        image: imageOf(program, words.version),
        command: [],
        args: words.args ?? [],
        env: {},
        ports: [],
      },
    ],
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [],
    hostNetwork: program === 'speaker',
  };
}

function imageOf(program: Name, version = 'v0.15.3'): string {
  return `quay.io/metallb/${program}:${version}`;
}
