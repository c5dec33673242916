import { poolsStanding, wantedForPools } from '../../../checks/pools/pools-standing.ts';
import type { OtherCluster } from '../../../checks/pools/other-clusters.ts';
import { nearNames } from '../../cluster/near-names.ts';
import { shellWord } from '../../diagnosis/kubectl.ts';
import { UsageError } from '../../facts/errors.ts';
import { Exit, type ExitCode } from '../../facts/exit.ts';
import {
  poolsSchemaVersion,
  type PoolsReport,
  type PoolsStanding,
} from '../../facts/pools-report.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import type { Aim } from '../../report/aim.ts';
import { toldMissing } from '../../report/refused.ts';
import { reported } from '../../report/reported.ts';
import { refuseTwice } from '../flags/stdin.ts';
import { openWorld, type SourceFlags } from '../world.ts';

/** What is asked of the cluster, and which recordings lie beside it. */
export interface PoolsQuestion {
  readonly pool: string | undefined;
  readonly against: readonly string[];
  readonly flags: SourceFlags;
  readonly version: string;
}

/** What was read of the cluster, and of the others. */
export interface PoolsReading {
  readonly snapshot: Snapshot;
  readonly others: readonly OtherCluster[];
}

/** Reads the cluster and the recordings beside it. */
export async function readPools(
  { against, flags, version }: PoolsQuestion,
  signal: AbortSignal,
): Promise<PoolsReading> {
  refuseTwice([flags.from, ...against]);
  const world = await openWorld(flags, version, signal);
  const snapshot = await world.gather(wantedForPools, signal);
  const others = await Promise.all(
    against.map(async (path) => {
      const other = await openWorld({ from: path }, version, signal);
      return { name: path, snapshot: await other.gather(wantedForPools, signal) };
    }),
  );
  return { snapshot, others };
}

/** The pools as they are printed. */
export function poolsReport(
  reading: PoolsReading,
  { pool, version }: Pick<PoolsQuestion, 'pool' | 'version'>,
  aim: Aim,
): PoolsReport {
  const { snapshot } = reading;
  const standing = poolsStanding({ ...reading, pool });
  const isThere = [...standing.pools, ...standing.broken].length > 0;
  if (pool !== undefined && !isThere && snapshot.readings.ipAddressPools.state === 'read') {
    throw unknownPool(pool, snapshot);
  }
  return {
    schemaVersion: poolsSchemaVersion,
    ...reported(
      { command: 'pools', version, snapshot },
      {
        exitCode: exitOf(standing, snapshot),
        ...standing,
        unknowns: standing.unknowns.map((missing) => toldMissing(missing, aim)),
      },
    ),
  };
}

function exitOf(
  { pools, unknowns, broken }: PoolsStanding,
  { readings, installations }: Snapshot,
): ExitCode {
  const isClaimed = pools.some(({ claims }) => claims.length > 0);
  const isWithout =
    pools.length === 0 && readings.ipAddressPools.state === 'read' && installations.length > 0;
  if (isClaimed || broken.length > 0 || (isWithout && unknowns.length === 0)) {
    return Exit.problem;
  }
  return unknowns.length > 0 || pools.length === 0 ? Exit.unknown : Exit.healthy;
}

function unknownPool(pool: string, { readings }: Snapshot): UsageError {
  const names = itemsIfRead(readings.ipAddressPools).map(({ metadata }) => metadata.name);
  const near = nearNames(pool, names);
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
  return new UsageError(`there is no pool ${pool} in MetalLB's namespace${meant}`, {
    suggestions: near.map((name) => `triage pools ${shellWord(name)}`),
  });
}
