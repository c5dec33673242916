import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/cluster/**', 'node_modules/**'],
    disableConsoleIntercept: true,
    // one worker less than cores would leave half of a small machine idle
    maxWorkers: '100%',
    // no test mocks a module or leaves something behind, so the files of a worker may share what they import
    isolate: false,
    // the many runs of the program as a process of its own need not compile the same sources each time
    env: {
      NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/node', import.meta.url)),
    },
    testTimeout: 20_000,
  },
});
