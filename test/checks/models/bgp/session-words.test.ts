import { expect, test } from 'vitest';
import { adviceIn, hintIn } from '../../../../src/checks/models/bgp/session-hints.ts';
import { troubleIn } from '../../../../src/checks/models/bgp/session-words.ts';

const opening = (words: string) => `read OPEN from "192.0.2.1:179": ${words}`;
const silence = opening('read tcp 192.0.2.9:41822->192.0.2.1:179: i/o timeout');

test('an OPEN that nobody answers came over a connection, so the router is reached', () => {
  expect(troubleIn(silence)).toBe('unknown');
  expect(hintIn(silence)).toContain('TCP comes about');
  expect(troubleIn('dial "192.0.2.1:179": i/o timeout')).toBe('unreachable');
});

test('a router that answers an OPEN with something else turns the session away', () => {
  expect(troubleIn(opening('message type is not OPEN, got 4, want 1'))).toBe('refused');
  expect(troubleIn('send OPEN to "192.0.2.1": write: broken pipe')).toBe('refused');
});

test.each([
  [opening('got BGP notification code 0x0203 (Bad BGP identifier)'), 'router identifier'],
  ['%NOTIFICATION: received 2/3 (OPEN Message Error/Bad BGP Identifier)', 'router identifier'],
  ['got BGP notification code 0x0601 (Maximum Number of Prefixes Reached)', 'no more prefixes'],
  ['%NOTIFICATION: 6/1 (Cease/Maximum Number of Prefixes Reached)', 'no more prefixes'],
  [opening('got BGP notification code 0x0206 (Unacceptable hold time)'), 'holdTime'],
  ['got BGP notification code 0x030b (Malformed AS_PATH)', 'refuses the routes'],
  ['peer does not support 4-byte ASNs', '65535'],
  ['dial "192.0.2.1:179": setsockopt: protocol not available', 'TCP MD5'],
])('%s is told in words of its own', (words, hint) => {
  expect(troubleIn(words)).toBe('unknown');
  expect(hintIn(words)).toContain(hint);
});

test('a kernel that cannot sign is no password that differs', () => {
  const words = 'dial "192.0.2.1": setsockopt: no such file or directory';
  expect(troubleIn(words)).toBe('unknown');
  expect(adviceIn(words)).toContain('take the password off both sides');
});

test.each([
  ['got BGP notification code 0x0601 (Maximum Number of Prefixes Reached)', 'raise the limit'],
  ['got BGP notification code 0x0203 (Bad BGP identifier)', 'take routerID out'],
  [
    'got BGP notification code 0x0607 (Connection Collision Resolution)',
    'what else on the node speaks BGP',
  ],
])('%s tells what to do', (words, advice) => {
  expect(adviceIn(words)).toContain(advice);
});

test('words that say it themselves get no hint', () => {
  expect(hintIn('dial "192.0.2.1": connect: connection refused')).toBeUndefined();
});
