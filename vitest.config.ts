import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/cluster/**', 'node_modules/**'],
    disableConsoleIntercept: true,
    // one worker less than cores would leave half of a small machine idle
    maxWorkers: '100%',
    testTimeout: 20_000,
  },
});
