import { UsageError } from '../facts/errors.ts';
import type { ClusterReader, ClusterWatcher } from '../facts/ports.ts';
import type { ClusterSource } from '../cluster/cluster-source.ts';
import type { AccessFlag } from '../facts/snapshot.ts';
import { accessFlags, flagsOfReplay } from './aim.ts';

/** The flags that choose where facts come from. */
export interface SourceFlags {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
  readonly as?: string | undefined;
  readonly 'as-group'?: readonly string[] | undefined;
  readonly 'as-uid'?: string | undefined;
  readonly 'metallb-namespace'?: string | undefined;
  readonly 'request-timeout'?: number | undefined;
  readonly timeout?: number | undefined;
  readonly 'max-calls'?: number | undefined;
  readonly from?: string | undefined;
  readonly at?: string | undefined;
}

/** The reader these flags ask for: a live cluster, or files. The one place where adapters are chosen. */
export async function openWorld(
  flags: SourceFlags,
  version: string,
  signal?: AbortSignal,
): Promise<ClusterReader> {
  const { openCluster } = await import('../cluster/open-cluster.ts');
  return withAccess(await openCluster(sourceOf(flags, version), signal), accessFlags(flags));
}

/** The cluster these flags ask for, to be watched. */
export async function openWatch(flags: SourceFlags, version: string): Promise<ClusterWatcher> {
  const source = sourceOf(flags, version);
  if (source.kind !== 'live') {
    throw new UsageError('a recording does not change: there is nothing to watch');
  }
  const { openWatchedCluster } = await import('../cluster/live/open-live-cluster.ts');
  return await openWatchedCluster(source);
}

/** What is read keeps how it was reached. */
function withAccess(reader: ClusterReader, flags: readonly AccessFlag[]): ClusterReader {
  return {
    async gather(wanted, signal) {
      const snapshot = await reader.gather(wanted, signal);
      return { ...snapshot, target: { ...snapshot.target, flags: flagsOfReplay(snapshot, flags) } };
    },
  };
}

/** What the flags say about the source. */
export function sourceOf(flags: SourceFlags, version: string): ClusterSource {
  const shared = {
    namespace: flags.namespace,
    metallbNamespace: flags['metallb-namespace'],
    triageVersion: version,
  };
  if (flags.from !== undefined) {
    return { kind: 'recorded', path: flags.from, at: flags.at, ...shared };
  }
  return {
    kind: 'live',
    kubeconfig: flags.kubeconfig,
    context: flags.context,
    as: flags.as,
    asGroups: flags['as-group'],
    asUid: flags['as-uid'],
    requestTimeoutMs: flags['request-timeout'],
    timeoutMs: flags.timeout,
    maxCalls: flags['max-calls'],
    ...shared,
  };
}
