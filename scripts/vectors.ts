// npm run vectors -- FILE...: holds our model of MetalLB to recorded answers of the real one (.jsonl or .jsonl.gz).
// 0: everything that must agree does; 1: something does not; 2: a file that cannot be judged.
import { judgeAll } from './vectors/judge-all.ts';
import { linesOf } from './vectors/read-lines.ts';
import { summaryOf } from './vectors/summary.ts';
import { VectorFileError } from './vectors/vector-line.ts';

const files = process.argv.slice(2);
try {
  if (files.length === 0) {
    throw new VectorFileError('npm run vectors -- FILE...: which file?');
  }
  const verdicts = await judgeAll(files.flatMap(linesOf));
  process.stdout.write(summaryOf(verdicts));
  const wrong = verdicts.some(({ disagreement }) => disagreement !== undefined);
  process.exitCode = wrong ? 1 : 0;
} catch (error) {
  if (!(error instanceof VectorFileError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
