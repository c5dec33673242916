import { expect, test } from 'vitest';
import { decodedText } from '../../../src/core/cluster/decoded-text.ts';

const text = 'kind: Pöol\n';
const marked = Buffer.from(`\uFEFF${text}`, 'utf16le');

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
  ["UTF-16 as PowerShell's > writes it", marked],
  ['UTF-16 the other way round', Buffer.from(marked).swap16()],
])('%s is read', (_, bytes) => {
  expect(decodedText(bytes)).toBe(text);
});

test('bytes that are no text, even an odd number of them, do no harm', () => {
  expect(decodedText(Buffer.from([0xfe, 0xff, 0x00]))).toBe('');
  expect(decodedText(Buffer.from([0xff, 0xfe, 0x41]))).toBe('');
  expect(decodedText(Buffer.alloc(0))).toBe('');
});
