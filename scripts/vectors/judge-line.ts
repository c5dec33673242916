import { electionRunner } from './election-runner.ts';
import { judgeAllocation } from './judge-allocation.ts';
import { readLine } from './vector-line.ts';
import type { VectorLine } from './vector-line.ts';
import type { Verdict } from './verdict.ts';

/** Judges what a line holds; throws a `VectorFileError` when it holds nothing that can be judged. */
export function judgeLine(line: VectorLine): Verdict {
  const where = `${line.file}:${line.number}`;
  const { kind, recorded } = readLine(line);
  if (kind === 'allocation') {
    return judgeAllocation(recorded, where);
  }
  return electionRunner(recorded, where);
}
