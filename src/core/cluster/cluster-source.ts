import type { Clock } from '../facts/ports.ts';

/** Where facts come from. */
export type ClusterSource = LiveSource | RecordedSource;

/** A cluster behind a kubeconfig; the flags are named as kubectl's. */
export interface LiveSource {
  readonly kind: 'live';
  /** `--kubeconfig`: this one file, instead of KUBECONFIG and the one in the home directory. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** `--namespace`, instead of the context's. */
  readonly namespace?: string | undefined;
  readonly as?: string | undefined;
  readonly asGroups?: readonly string[] | undefined;
  readonly asUid?: string | undefined;
  /** How long one call may take; 10 s, of which 5 to connect, and 3 s for a log. 0 is no limit. */
  readonly requestTimeoutMs?: number | undefined;
  /** How long all of the reading may take; 60 s. 0 is no limit. */
  readonly timeoutMs?: number | undefined;
  /** How many calls the reading may make, retries included; 1,000. */
  readonly maxCalls?: number | undefined;
  /** `--metallb-namespace`: the installation in question, instead of the first one found. */
  readonly metallbNamespace?: string | undefined;
  readonly triageVersion?: string | undefined;
  /** KUBECONFIG, HOME, the proxies and what exec plugins see; `process.env` unless given. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  readonly clock?: Clock | undefined;
  /** Between 0 and 1: how far apart watchers come back after a break. */
  readonly jitter?: (() => number) | undefined;
}

/** A recorded snapshot, or a dump of objects and logs: one file, a directory, or `-` for stdin. */
export interface RecordedSource {
  readonly kind: 'recorded';
  readonly path: string;
  /** RFC 3339: the moment that counts as now, instead of the recorded or newest one. */
  readonly at?: string | undefined;
  /** The namespace that counts as the current one. */
  readonly namespace?: string | undefined;
  readonly metallbNamespace?: string | undefined;
  readonly triageVersion?: string | undefined;
}
