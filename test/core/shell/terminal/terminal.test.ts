import { describe, expect, test } from 'vitest';
import { canvasFor } from '../../../../src/core/shell/terminal/terminal.ts';

const wishes = { color: 'auto', verbose: false, wide: false, program: 'triage' } as const;
const tty = { isTTY: true, columns: 120 };

function on(stream: { isTTY?: boolean; columns?: number }, env: Record<string, string> = {}) {
  return canvasFor({ stream, env }, wishes);
}

describe('colour', () => {
  test.each([
    ['a terminal has it', tty, {}, true],
    ['a pipe has not', {}, {}, false],
    ['NO_COLOR takes it away', tty, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR does not', tty, { NO_COLOR: '' }, true],
    ['a dumb terminal has none', tty, { TERM: 'dumb' }, false],
  ])('%s', (_, stream, env, colour) => {
    expect(on(stream, env).colour).toBe(colour);
  });

  test('what the person says outweighs the surroundings', () => {
    const env = { NO_COLOR: '1' };
    expect(canvasFor({ stream: {}, env }, { ...wishes, color: 'always' }).colour).toBe(true);
    expect(canvasFor({ stream: tty, env: {} }, { ...wishes, color: 'never' }).colour).toBe(false);
  });
});

describe('signs', () => {
  test.each([
    ['a UTF-8 locale', { LANG: 'de_DE.UTF-8' }, true],
    ['LC_ALL before LANG', { LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    ['the C locale', { LANG: 'C' }, false],
    ['no locale at all', {}, true],
  ])('%s', (_, env, unicode) => {
    expect(on(tty, env).unicode).toBe(unicode);
  });
});

describe('width', () => {
  test.each([
    ['the terminal says', tty, {}, 120],
    ['COLUMNS says otherwise', tty, { COLUMNS: '40' }, 40],
    ['nobody says', {}, {}, 80],
    ['the terminal does not know', { isTTY: true, columns: 0 }, {}, 80],
    ['too narrow to be true', { columns: 3 }, {}, 20],
  ])('%s', (_, stream, env, width) => {
    expect(on(stream, env).width).toBe(width);
  });

  test('is piped where no terminal shows it', () => {
    expect(canvasFor({ stream: {}, env: {} }, { ...wishes, color: 'auto' }).piped).toBe(true);
    expect(canvasFor({ stream: tty, env: {} }, { ...wishes, color: 'auto' }).piped).toBe(false);
  });
});
