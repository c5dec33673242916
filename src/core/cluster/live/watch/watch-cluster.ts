import { OutsideError } from '../../../facts/errors.ts';
import type { Observation } from '../../../facts/ports.ts';
import type { Cost, WholeList } from '../api-client.ts';
import { gatherLive } from '../gather.ts';
import { WatchSession, type WatchedCluster } from './session.ts';

/** Before all is read anew, when that failed. */
const retryMs = 10_000;

/** Reads a cluster, then follows every list that was read, and hands out a snapshot after each burst of changes. */
export async function* watchCluster(
  { cluster, wanted, jitter }: WatchedCluster,
  signal: AbortSignal,
): AsyncGenerator<Observation> {
  const cost: Cost = { calls: 0, lists: 0, logs: 0, bytes: 0 };
  const begun = cluster.clock.now().getTime();
  const receipt = () => ({ ...cost, ms: cluster.clock.now().getTime() - begun });
  let isFirst = true;
  while (!signal.aborted) {
    const lists: WholeList[] = [];
    const counted = { ...cluster, cost, listed: (list: WholeList) => void lists.push(list) };
    const asked = cluster.clock.now().getTime();
    const first = await gatherLive(counted, wanted, signal).catch(
      isFirst ? undefined : failureWithin,
    );
    if (first instanceof OutsideError) {
      if (cost.calls >= cluster.limits.maxCalls) {
        return yield { kind: 'over', says: first.message, receipt: receipt() };
      }
      yield { kind: 'trouble', says: first.message };
      await cluster.clock.sleep(retryMs * (0.5 + jitter()), signal).catch(() => undefined);
      continue;
    }
    isFirst = false;
    yield { kind: 'snapshot', snapshot: { ...first, receipt: receipt() } };
    if (signal.aborted) {
      break;
    }
    // a first look goes by the server's clock, so later ones must as well
    const aheadMs = asked - Date.parse(first.takenAt);
    const session = new WatchSession(
      { cluster: counted, wanted, jitter },
      { first, lists, aheadMs },
    );
    const over = yield* session.observe(receipt, signal);
    if (over !== undefined) {
      return yield { kind: 'over', says: over, receipt: receipt() };
    }
  }
  yield { kind: 'over', says: 'stopped', receipt: receipt() };
}

/** Once it runs, trouble with the cluster does not end it. */
function failureWithin(error: unknown): OutsideError {
  if (!(error instanceof OutsideError)) {
    throw error;
  }
  return error;
}
