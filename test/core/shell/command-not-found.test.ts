import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../src/core/shell/command-not-found.ts';

const program = {
  bin: 'triage',
  commands: [
    { id: 'pending', aliases: ['pending-service'], hidden: false, args: { service: {} } },
    { id: 'health', aliases: [], hidden: false, args: {} },
  ],
};

function refused(line: string) {
  const error = refusalOf(line.split(' '), program);
  return [error?.message, ...(error?.suggestions ?? [])];
}

describe('a line that no command can take', () => {
  test.each([
    [
      'pendng shop/checkout',
      ['triage has no command "pendng"; did you mean pending?', 'triage pending'],
    ],
    ['pendng', ['triage has no command "pendng"; did you mean pending?']],
    ['help pendin', ['triage has no command "pendin"; did you mean pending?']],
    ['pools --help', ['triage has no command "pools"', 'triage help']],
    ['health foo', ['triage health takes flags only, and "foo" is none', 'triage health --help']],
    [
      'health shop/web -o json',
      ['triage health takes flags only, and "shop/web" is none', 'triage pending shop/web'],
    ],
    ['-v', ['the command comes before its flags, and "-v" is none', 'triage health -v']],
    ['-o json', ['the command comes before its flags, and "-o" is none']],
  ])('%s', (line, expected) => {
    expect(refused(line).slice(0, expected.length)).toEqual(expected);
  });

  test.each([
    'pending a/b',
    'pending-service a',
    'health -o json',
    '--help',
    '-h pending',
    '-v -h',
  ])('%s is none', (line) => {
    expect(refusalOf(line.split(' '), program)).toBeUndefined();
  });
});
