import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { VectorFileError } from './vector-line.ts';
import type { VectorLine } from './vector-line.ts';
import type { Verdict } from './verdict.ts';
import type { ChunkResult } from './worker.ts';

const linesPerChunk = 100;
const mostWorkers = 8;

/** Judges all lines on every core there is; the verdicts come back in the order of the lines. */
export async function judgeAll(lines: readonly VectorLine[]): Promise<readonly Verdict[]> {
  const chunks = Array.from({ length: Math.ceil(lines.length / linesPerChunk) }, (_, index) =>
    lines.slice(index * linesPerChunk, (index + 1) * linesPerChunk),
  );
  const verdicts: (readonly Verdict[])[] = [];
  const rest = chunks.entries();
  const count = Math.min(chunks.length, availableParallelism(), mostWorkers);
  const workers = Array.from({ length: count }, newWorker);
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (const [index, chunk] of rest) {
          verdicts[index] = await judgeOn(worker, chunk);
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return verdicts.flat();
}

function newWorker(): Worker {
  return new Worker(new URL('worker.ts', import.meta.url));
}

async function judgeOn(worker: Worker, chunk: readonly VectorLine[]): Promise<readonly Verdict[]> {
  const answered = once(worker, 'message');
  worker.postMessage(chunk);
  const [result] = (await answered) as [ChunkResult];
  if ('fault' in result) {
    throw new VectorFileError(result.fault);
  }
  return result.verdicts;
}
