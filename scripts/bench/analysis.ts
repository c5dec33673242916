import { join } from 'node:path';
import { diagnose } from '../../src/checks/diagnose.ts';
import { factsFor } from '../../src/checks/facts-for.ts';
import { openCluster } from '../../src/core/cluster/open-cluster.ts';
import type { Diagnosis, Symptom } from '../../src/core/facts/finding.ts';
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
    times['no-traffic'].push(await analysisMs(directory, 'no-traffic'));
  }
  return (['pending', 'health', 'no-traffic'] as const).flatMap((symptom) =>
    figuresOf(symptom, times[symptom]),
  );
}

function figuresOf(symptom: Symptom, times: readonly number[]): readonly Figure[] {
  const [small = 0, , large = 0] = times;
  const growth = large / small / (sizes[2] / sizes[0]);
  return [
    atMost(`${symptom}, analysis at 1,000 Services`, small, { limit: 100, unit: ' ms' }),
    atMost(`${symptom}, growth to 50,000 over linear`, growth, { limit: linearSlack, unit: 'x' }),
  ];
}

interface Asked {
  /** The Service that is asked about; undefined for the whole cluster. */
  readonly name: string | undefined;
  /** True when the answer is the one that the cluster was made for. */
  readonly isRight: (diagnosis: Diagnosis) => boolean;
}

const isFull = ({ rootCauses }: Diagnosis) => rootCauses[0]?.cause === 'pool-exhausted';

const asked: Readonly<Record<Symptom, Asked>> = {
  pending: { name: 'late', isRight: isFull },
  health: { name: undefined, isRight: isFull },
  'no-traffic': {
    name: 'web-7',
    isRight: ({ outcome, paths }) => outcome !== 'problem' && paths?.length === 1,
  },
};

/** The median time of one diagnosis; reading the files is not part of it. */
async function analysisMs(directory: string, symptom: Symptom): Promise<number> {
  const reader = await openCluster({ kind: 'recorded', path: directory, at: generatedAt });
  const { name, isRight } = asked[symptom];
  const service = { namespace: 'shop', name: name ?? 'late' };
  const snapshot = await reader.gather(factsFor(symptom, service), new AbortController().signal);
  const subject = itemsIfRead(snapshot.readings.services).find(
    ({ metadata }) => metadata.name === name,
  );
  const times = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    const diagnosis = diagnose({ symptom, snapshot, subject });
    if (!isRight(diagnosis)) {
      throw new Error(`${symptom}: not the answer that was expected: ${diagnosis.headline}`);
    }
    return performance.now() - startedAt;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}
