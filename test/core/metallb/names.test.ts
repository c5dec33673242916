import { expect, test } from 'vitest';
import {
  labelKeyTrouble,
  labelValueTrouble,
  nameLike,
  nameTrouble,
  namespaceTrouble,
} from '../../../src/core/metallb/names.ts';

const subdomain =
  'allowed are only lower case letters, digits, "-" and ".", and a letter or digit at both ends of what "." divides (RFC 1123)';
const label =
  'allowed are only lower case letters, digits and "-", and a letter or digit at both ends (RFC 1123)';
const qualified =
  'allowed are only letters, digits, "-", "_" and ".", and a letter or digit at both ends';

test.each(['lan', 'a', '7', 'lan-2.east', '10.0.0.1', 'a'.repeat(253)])(
  '%s is a name of an object',
  (name) => expect(nameTrouble(name)).toBeUndefined(),
);

test.each([
  ['Bad_Name', subdomain],
  ['lan-', subdomain],
  ['-lan', subdomain],
  ['a..b', subdomain],
  ['a.-b', subdomain],
  ['lan 1', subdomain],
  ['lan\n', subdomain],
  ['länge', subdomain],
  ['', 'it is empty'],
  ['a'.repeat(254), 'it has 254 characters, 253 are allowed'],
])('%j is none', (name, trouble) => expect(nameTrouble(name)).toBe(trouble));

test('a namespace has no dots and is no longer than a label', () => {
  expect(namespaceTrouble('metallb-system')).toBeUndefined();
  expect(namespaceTrouble('metallb.system')).toBe(label);
  expect(namespaceTrouble('a'.repeat(64))).toBe('it has 64 characters, 63 are allowed');
});

test.each(['rack', 'Rack_1.a', 'example.com/Rack', 'a'.repeat(63)])('%s is a key', (key) =>
  expect(labelKeyTrouble(key)).toBeUndefined(),
);

test.each([
  ['', 'it is empty'],
  ['a/', 'it is empty'],
  ['/a', 'what stands before "/": it is empty'],
  ['a/b/c', 'only one "/" may stand in it, behind a domain'],
  ['Example.com/a', `what stands before "/": ${subdomain}`],
  ['a b', qualified],
  ['-a', qualified],
  ['__proto__', qualified],
  ['a'.repeat(64), 'it has 64 characters, 63 are allowed'],
])('%j is no key', (key, trouble) => expect(labelKeyTrouble(key)).toBe(trouble));

test('a value of a label may be empty, and holds no spaces', () => {
  expect(labelValueTrouble('')).toBeUndefined();
  expect(labelValueTrouble('R1_a.b')).toBeUndefined();
  expect(labelValueTrouble('rack one')).toBe(qualified);
  expect(labelValueTrouble('-')).toBe(qualified);
});

test('the nearest name that is taken', () => {
  const near = ['Bad_Name', 'LAN 1', 'a..b', 'a.-b', '_x_', '__'].map(nameLike);
  expect(near).toEqual(['bad-name', 'lan-1', 'a.b', 'a.b', 'x', undefined]);
});
