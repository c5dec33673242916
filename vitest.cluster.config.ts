import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    globalSetup: ['test/cluster/bundled-triage.ts'],
    fileParallelism: false,
    disableConsoleIntercept: true,
    // several waits for the cluster in one test, on a machine that may be slow; no test takes nearly so long
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
