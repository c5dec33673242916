import { parentPort } from 'node:worker_threads';
import { judgeLine } from './judge-line.ts';
import { VectorFileError } from './vector-line.ts';
import type { VectorLine } from './vector-line.ts';
import type { Verdict } from './verdict.ts';

/** What comes back for a chunk of lines: their verdicts, or the first reason why one cannot be judged. */
export type ChunkResult = { readonly verdicts: readonly Verdict[] } | { readonly fault: string };

parentPort?.on('message', (lines: readonly VectorLine[]) => {
  parentPort?.postMessage(judged(lines));
});

function judged(lines: readonly VectorLine[]): ChunkResult {
  try {
    return { verdicts: lines.map(judgeLine) };
  } catch (error) {
    if (error instanceof VectorFileError) {
      return { fault: error.message };
    }
    throw error;
  }
}
