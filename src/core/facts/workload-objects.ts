import type { Condition, KubeObject } from './kube-objects.ts';

/** Pods and what makes them, trimmed to the fields the tool uses. */

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** Plain values, and `$(field)` for those taken from the pod; values from Secrets and ConfigMaps are not read. */
  readonly env: Readonly<Record<string, string>>;
  /** The ports it says it serves; it may serve others. */
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly protocol: string;
  }[];
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

export interface PodTemplate {
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccountName?: string;
  readonly containers: readonly Container[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly hostNetwork: boolean;
  /** The Secret by which speakers know each other, as the pod mounts or reads it; its value is not read. */
  readonly memberlistSecret?: string;
}

/** `waiting`, `running` or `terminated`, as the kubelet reports it. */
export interface ContainerState {
  readonly state: 'waiting' | 'running' | 'terminated' | 'unknown';
  readonly reason?: string;
  readonly message?: string;
  readonly exitCode?: number;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly imageID?: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: ContainerState;
  readonly lastState?: ContainerState;
}

export interface Pod extends KubeObject {
  readonly kind: 'Pod';
  readonly spec: PodTemplate & { readonly nodeName?: string };
  readonly status: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly podIP?: string;
    readonly hostIP?: string;
    readonly conditions: readonly Condition[];
    readonly containerStatuses: readonly ContainerStatus[];
    readonly initContainerStatuses: readonly ContainerStatus[];
  };
}

/** A Deployment, DaemonSet or StatefulSet: `desired` is replicas or desiredNumberScheduled. */
export interface Workload extends KubeObject {
  readonly kind: 'Deployment' | 'DaemonSet' | 'StatefulSet';
  readonly spec: {
    readonly replicas?: number;
    readonly strategy?: string;
    readonly template: PodTemplate;
  };
  readonly status: {
    readonly desired: number;
    readonly ready: number;
    readonly updated: number;
    readonly available: number;
    readonly conditions: readonly Condition[];
  };
}
