// npm run bench: start-up, the allocator, analysis, elections, and one real API server with 1,000 Services and 100 nodes.
// Prints a table, then the same as JSON. Ratios are taken within one run; nothing here fails a build.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchAllocator } from './bench/allocator.ts';
import { benchAnalysis } from './bench/analysis.ts';
import { benchCluster } from './bench/cluster.ts';
import { benchElection } from './bench/election.ts';
import type { Figure } from './bench/figure.ts';
import { benchStartUp } from './bench/start-up.ts';

execFileSync(process.execPath, ['scripts/bundle.ts']);
const folder = mkdtempSync(join(tmpdir(), 'triage-bench-'));
try {
  const figures: Figure[] = [
    ...(await benchStartUp()),
    ...benchAllocator(),
    ...(await benchAnalysis(folder)),
    ...(await benchElection()),
    ...(process.argv.includes('--no-cluster') ? [] : await benchCluster(folder)),
  ];
  const width = Math.max(...figures.map(({ what }) => what.length));
  for (const { what, measured, limit, met } of figures) {
    process.stdout.write(
      `${what.padEnd(width)}  ${measured.padStart(10)}  ${limit.padStart(10)}  ${met ? 'met' : 'MISSED'}\n`,
    );
  }
  process.stdout.write(`${JSON.stringify({ node: process.version, figures }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
