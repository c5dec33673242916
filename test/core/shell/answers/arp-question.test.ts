import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/facts/errors.ts';
import { questionOf, type ArpWish } from '../../../../src/core/shell/answers/arp-question.ts';

describe('the question', () => {
  const wish: ArpWish = {
    address: '192.0.2.9',
    interface: undefined,
    count: undefined,
    window: undefined,
    free: false,
  };

  test.each([
    [{}, { questions: 3, windowMs: 2_000, isProbe: false }],
    [
      { free: true, window: 4_000 },
      { questions: 3, windowMs: 4_000, isProbe: true },
    ],
    [{ free: true }, { questions: 3, windowMs: 5_000, isProbe: true }],
    [{ count: 10 }, { questions: 10, windowMs: 5_500 }],
    [
      { count: 10, window: 2_000 },
      { questions: 10, windowMs: 2_000 },
    ],
  ])('%j', (more, question) => {
    expect(questionOf({ ...wish, ...more })).toMatchObject(question);
  });

  test.each([
    [{ count: 20, window: 1_000 }, '--window is too short: at 5 a second, 4000 ms are needed'],
    [{ count: 1, window: 10 }, '--window is too short: at 5 a second, 200 ms are needed'],
    [{ window: 3_600_000 }, '--window is at most 10m'],
    [
      { free: true, count: 1 },
      '--free needs at least 3 questions (RFC 5227): after --count 1 silence would prove nothing',
    ],
    [
      { free: true, window: 600 },
      '--window is too short for --free: 3 questions a second apart and two seconds after the last (RFC 5227) are 4s',
    ],
    [
      { free: true, beside: ['192.0.2.11'] },
      '--free asks without a sender address, and --beside cannot be asked that way',
    ],
    [
      { free: true, port: ['80'] },
      '--free asks without a sender address, and --port cannot be asked that way',
    ],
    [
      { port: Array.from({ length: 65 }, () => '80') },
      '--port takes at most 64 ports, and here are 65',
    ],
    [
      { count: 600, free: true },
      '--free asks once a second: --count 600 takes longer than the 10 minutes of a look',
    ],
  ])('%j is refused', (more, message) => {
    expect(() => questionOf({ ...wish, ...more })).toThrow(UsageError);
    expect(() => questionOf({ ...wish, ...more })).toThrow(message);
  });
});
