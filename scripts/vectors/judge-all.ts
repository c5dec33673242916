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
export async function judgeAll(
  lines: readonly VectorLine[],
  newWorker: () => Worker = judge,
): Promise<readonly Verdict[]> {
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

function judge(): Worker {
  return new Worker(new URL('worker.ts', import.meta.url));
}

/** A worker that dies answers nothing: that ends the run, it is not waited for. */
async function judgeOn(worker: Worker, chunk: readonly VectorLine[]): Promise<readonly Verdict[]> {
  const over = new AbortController();
  const died = once(worker, 'exit', over).then(([code]) => {
    throw new Error(`a worker ended with ${String(code)} before it had judged its lines`);
  });
  const answered = once(worker, 'message', over);
  worker.postMessage(chunk);
  try {
    const [result] = (await Promise.race([answered, died])) as [ChunkResult];
    return verdictsIn(result);
  } finally {
    over.abort();
    await Promise.allSettled([answered, died]);
  }
}

function verdictsIn(result: ChunkResult): readonly Verdict[] {
  if ('fault' in result) {
    throw new VectorFileError(result.fault);
  }
  return result.verdicts;
}
