import { expect, test } from 'vitest';
import { fileFailure } from '../../../src/core/facts/file-failure.ts';

test.each([
  ["ENOENT: no such file or directory, stat 'nonexist'", 'there is no such file or directory'],
  ["EACCES: permission denied, open '/a, b/x.gz.93f1.draft'", 'permission denied'],
  ["EPERM: operation not permitted, rename 'a' -> 'b'", 'operation not permitted'],
  ['ENOSPC: no space left on device, write', 'no space left on device'],
  ['EISDIR: illegal operation on a directory, read', 'illegal operation on a directory'],
  ['The operation was aborted', 'The operation was aborted'],
])('of "%s" the reason is told', (message, reason) => {
  expect(fileFailure(new Error(message))).toBe(reason);
});

test('what is no Error is told as it is', () => {
  expect(fileFailure('broken')).toBe('broken');
});
