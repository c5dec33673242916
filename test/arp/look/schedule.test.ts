import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scheduleFor } from '../../../src/arp/look/schedule.ts';

test.each([
  [
    { questions: 3, windowMs: 2_000, isProbe: false },
    { questionsAt: [0, 750, 1_500], windowMs: 2_000, restMs: 200 },
  ],
  [
    { questions: 3, windowMs: 5_000, isProbe: true },
    { questionsAt: [0, 1_500, 3_000], windowMs: 5_000, restMs: 2_000 },
  ],
  [
    { questions: 3, windowMs: 4_000, isProbe: true },
    { questionsAt: [0, 1_000, 2_000], windowMs: 4_000, restMs: 2_000 },
  ],
  [
    { questions: 3, windowMs: 600, isProbe: true },
    { questionsAt: [0, 1_000, 2_000], windowMs: 4_000, restMs: 2_000 },
  ],
  [
    { questions: 1, windowMs: 300, isProbe: false },
    { questionsAt: [0], windowMs: 300, restMs: 200 },
  ],
  [
    { questions: 4, windowMs: 100, isProbe: false },
    { questionsAt: [0, 200, 400, 600], windowMs: 800, restMs: 200 },
  ],
  [
    { questions: 2, windowMs: 60_000, isProbe: false },
    { questionsAt: [0, 1_000], windowMs: 60_000, restMs: 200 },
  ],
])('%j', (wish, schedule) => {
  expect(scheduleFor(wish)).toEqual(schedule);
});

test('never more than five a second, and always time to answer the last', () => {
  const wish = fc.record({
    questions: fc.integer({ min: 1, max: 200 }),
    windowMs: fc.integer({ min: 100, max: 600_000 }),
    isProbe: fc.boolean(),
  });
  fc.assert(
    fc.property(wish, (one) => {
      const { questionsAt, windowMs } = scheduleFor(one);
      expect(questionsAt).toHaveLength(one.questions);
      const gaps = questionsAt.slice(1).map((at, index) => at - (questionsAt[index] ?? 0));
      expect(Math.min(200, ...gaps)).toBeGreaterThanOrEqual(199);
      expect(windowMs - (questionsAt.at(-1) ?? 0)).toBeGreaterThanOrEqual(
        Math.min(75, one.windowMs),
      );
    }),
  );
});
