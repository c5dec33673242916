import { join } from 'node:path';
import { diagnose } from '../../src/checks/diagnose.ts';
import { factsFor } from '../../src/checks/facts-for.ts';
import { openCluster } from '../../src/core/cluster/open-cluster.ts';
import type { Symptom } from '../../src/core/facts/finding.ts';
import { itemsIfRead } from '../../src/core/facts/reading.ts';
import { atMost, type Figure } from './figure.ts';
import { generatedAt, writeLargeCluster } from './large-cluster.ts';

const sizes = [1_000, 10_000, 50_000] as const;
const rounds = 5;
/** Ten times the Services may cost this many times the time before it counts as more than linear. */
const linearSlack = 1.5;

/** How long the pure part takes on a snapshot in memory, and that it grows in step with the cluster. */
export async function benchAnalysis(folder: string): Promise<readonly Figure[]> {
  const times: Record<Symptom, number[]> = { pending: [], health: [], 'no-traffic': [] };
  for (const services of sizes) {
    const directory = join(folder, `dump-${services}`);
    writeLargeCluster(directory, { services, nodes: 10 });
    times.pending.push(await analysisMs(directory, 'pending'));
    times.health.push(await analysisMs(directory, 'health'));
  }
  return (['pending', 'health'] as const).flatMap((symptom) => figuresOf(symptom, times[symptom]));
}

function figuresOf(symptom: Symptom, times: readonly number[]): readonly Figure[] {
  const [small = 0, , large = 0] = times;
  const growth = large / small / (sizes[2] / sizes[0]);
  return [
    atMost(`${symptom}, analysis at 1,000 Services`, small, { limit: 100, unit: ' ms' }),
    atMost(`${symptom}, growth to 50,000 over linear`, growth, { limit: linearSlack, unit: 'x' }),
  ];
}

/** The median time of one diagnosis; reading the files is not part of it. */
async function analysisMs(directory: string, symptom: Symptom): Promise<number> {
  const reader = await openCluster({ kind: 'recorded', path: directory, at: generatedAt });
  const service = { namespace: 'shop', name: 'late' };
  const snapshot = await reader.gather(factsFor(symptom, service), new AbortController().signal);
  const late = itemsIfRead(snapshot.readings.services).find(
    ({ metadata }) => metadata.name === 'late',
  );
  const subject = symptom === 'pending' ? late : undefined;
  const times = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    const { rootCauses } = diagnose({ symptom, snapshot, subject });
    if (rootCauses[0]?.cause !== 'pool-exhausted') {
      throw new Error(`${symptom}: expected pool-exhausted, got ${rootCauses[0]?.cause}`);
    }
    return performance.now() - startedAt;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}
