import { expect, test } from 'vitest';
import { restartDelayMs } from './not-running.ts';

test('a container is started again at once, then ever more slowly', () => {
  const seconds = [1, 2, 3, 4, 5, 6, 7, 8].map((failures) => restartDelayMs(failures) / 1_000);
  expect(seconds).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
});
