import { expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/facts/errors.ts';
import { httpPath } from '../../../../src/core/shell/probe/http-path.ts';

test.each([
  ['/healthz', '/healthz'],
  ['healthz', '/healthz'],
  ['', '/'],
  ['?ready=1', '/?ready=1'],
  ['/a b', '/a%20b'],
  ['/größe', '/gr%C3%B6%C3%9Fe'],
  ['/a%20b', '/a%20b'],
  ["/it's/$HOME", "/it's/$HOME"],
])('%j is asked for as %j', (typed, asked) => {
  expect(httpPath(typed)).toBe(asked);
});

test.each([
  ['http://shop.example.org/healthz', 'is a URL: give the path alone'],
  ['/a\nb', 'holds a control character'],
  ['/a#top', 'holds a #, and what follows it is never sent'],
  ['/\ud800', 'is no text that can be sent'],
])('%j is refused', (typed, says) => {
  expect(() => httpPath(typed)).toThrow(UsageError);
  expect(() => httpPath(typed)).toThrow(says);
});
