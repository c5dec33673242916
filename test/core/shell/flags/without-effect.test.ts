import { describe, expect, test } from 'vitest';
import {
  namespaceNotice,
  refuseEmpty,
  refuseWithoutEffect,
} from '../../../../src/core/shell/flags/without-effect.ts';

describe('a flag that would do nothing', () => {
  test.each([[['--context', 'x']], [['--kubeconfig=x']], [['--as', 'x']]])(
    '%j beside --from is refused',
    (words) => {
      expect(() => refuseWithoutEffect(words, true)).toThrow('would have no effect');
      expect(() => refuseWithoutEffect(words, false)).not.toThrow();
    },
  );

  test('what the environment sets, or stands after --, was not typed', () => {
    expect(() => refuseWithoutEffect(['--', '--context=x'], true)).not.toThrow();
  });

  test.each([
    [['-n', 'x'], 1],
    [['-nx'], 1],
    [['--namespace=x'], 1],
    [['--no-color'], 0],
  ])('health is told of %j: %d', (words, notices) => {
    expect(namespaceNotice(words)).toHaveLength(notices);
  });
});

describe('a value that an unset variable leaves empty', () => {
  test('is refused where it would choose another cluster or file', () => {
    const words = ['--from', '', '--context=', '--record', 'x'];
    expect(() => refuseEmpty(words, { from: [''], context: '', record: 'x' })).toThrow(
      '--context, --from needs a value, and the one given is empty',
    );
  });

  test('is left alone where it comes from the environment', () => {
    expect(() => refuseEmpty([], { context: '' })).not.toThrow();
  });
});
