import type { ContainerStatus, Pod } from '../../facts/kube-objects.ts';
import type { Reading } from '../../facts/reading.ts';
import type { LogExcerpt } from '../../facts/snapshot.ts';
import { logLines, lastLines } from '../log-lines.ts';
import { programOf, type Role } from '../recognise/program.ts';
import type { ApiClient } from './api-client.ts';

/** A run of a container whose log is wanted. */
type Wanted = Omit<LogExcerpt, 'lines'> & { readonly status: ContainerStatus | undefined };

/** Enough for the last lines, however long they are. */
const longestAnswer = 4 * 1024 * 1024;

/** The last lines of MetalLB's programs, and of the runs before their last restart. */
export async function readLogs(
  client: ApiClient,
  pods: readonly Pod[],
  roles: readonly Role[],
): Promise<readonly LogExcerpt[]> {
  const wanted = pods.flatMap((pod) => runsOf(pod, roles));
  return await Promise.all(
    wanted.map(async ({ status, ...run }) => ({
      ...run,
      lines: notStarted(run, status) ?? (await readLog(client, run)),
    })),
  );
}

function runsOf(pod: Pod, roles: readonly Role[]): readonly Wanted[] {
  const program = programOf(pod);
  if (program === undefined || !roles.includes(program.role)) {
    return [];
  }
  const container = program.container.name;
  const status = pod.status.containerStatuses.find(({ name }) => name === container);
  const run = {
    namespace: pod.metadata.namespace ?? '',
    pod: pod.metadata.name,
    container,
    status,
  };
  const hasRestarted = (status?.restartCount ?? 0) > 0;
  return [{ ...run, previous: false }, ...(hasRestarted ? [{ ...run, previous: true }] : [])];
}

/** Saves the call for a container that has never run. */
function notStarted(
  { previous }: { readonly previous: boolean },
  status: ContainerStatus | undefined,
): Reading<string> | undefined {
  const hasRun =
    previous ||
    (status !== undefined && (status.state.state !== 'waiting' || status.restartCount > 0));
  const reason = status?.state.reason;
  return hasRun
    ? undefined
    : {
        state: 'failed',
        reason: `the container has not started${reason === undefined ? '' : ` (${reason})`}`,
      };
}

async function readLog(
  client: ApiClient,
  run: Omit<LogExcerpt, 'lines'>,
): Promise<Reading<string>> {
  const query = new URLSearchParams({
    container: run.container,
    tailLines: String(lastLines),
    limitBytes: String(longestAnswer),
    ...(run.previous && { previous: 'true' }),
  });
  const pod = `${encodeURIComponent(run.namespace)}/pods/${encodeURIComponent(run.pod)}`;
  const answer = await client.get({
    path: `/api/v1/namespaces/${pod}/log?${query.toString()}`,
    cost: 'log',
    accept: '*/*',
    read: logLines,
  });
  switch (answer.kind) {
    case 'ok':
      return { state: 'read', items: answer.value };
    case 'failed':
      return { state: 'failed', reason: answer.reason };
    case 'refused':
      return answer.status === 403
        ? { state: 'forbidden', verb: 'get', resource: 'pods/log', namespace: run.namespace }
        : { state: 'failed', reason: `${answer.status}: ${answer.message}` };
  }
}
