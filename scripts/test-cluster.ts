import { spawnSync } from 'node:child_process';
import { conclude, runVitest } from './checks.ts';

const build = spawnSync(process.execPath, ['test/testbed/build.ts'], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
conclude(
  build.status === 0
    ? runVitest('vitest.cluster.config.ts', process.argv.slice(2))
    : { passed: 0, failed: 1, skipped: 0 },
);
