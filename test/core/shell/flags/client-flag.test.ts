import { expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/facts/errors.ts';
import { clientOf } from '../../../../src/core/shell/flags/client-flag.ts';

test.each([
  ['198.51.100.7', '198.51.100.7'],
  [' 2001:DB8::7 ', '2001:db8::7'],
])('%j is a client', (text, address) => {
  expect(clientOf(text)).toBe(address);
});

test.each(['198.51.100.0/24', 'laptop.example.org', ''])('%j is none', (text) => {
  expect(() => clientOf(text)).toThrow(UsageError);
});
