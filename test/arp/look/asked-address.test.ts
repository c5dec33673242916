import { expect, test } from 'vitest';
import { askedAddress } from '../../../src/arp/look/asked-address.ts';
import { UsageError } from '../../../src/core/facts/errors.ts';

test.each([
  ['192.0.2.9', '192.0.2.9'],
  ['2001:DB8:0::9', '2001:db8::9'],
  ['fe80::1', 'fe80::1'],
])('%s is asked for as %s', (text, address) => {
  expect(askedAddress(text)).toBe(address);
});

test.each([
  ['', 'an empty word is no IP address', 'ask for the address itself'],
  ['web.example.org', 'web.example.org is no IP address', 'names are not looked up'],
  ['192.0.2.9/24', '192.0.2.9/24 is no IP address', 'ask for one address, without /24'],
  ['192.0.2.09', '192.0.2.09 is no IP address', 'ask for the address itself'],
  ['fe80::1%eth1', 'fe80::1%eth1 is no IP address', 'write fe80::1 --interface eth1'],
  ['::ffff:192.0.2.9', '::ffff:192.0.2.9 is an IPv4 address written as IPv6', 'ask for 192.0.2.9'],
  ['224.0.0.18', '224.0.0.18 is a multicast address: a group, which no machine has alone', ''],
  ['ff02::1', 'ff02::1 is a multicast address: a group, which no machine has alone', ''],
  [
    '255.255.255.255',
    '255.255.255.255 is the broadcast address: everybody hears it and nobody has it',
    '',
  ],
  ['127.0.0.1', '127.0.0.1 is a loopback address, which never leaves a machine', ''],
  ['::1', '::1 is the loopback address, which never leaves a machine', ''],
  ['0.0.0.0', '0.0.0.0 stands for no machine', ''],
  ['::', ':: stands for no machine', ''],
  ['250.1.2.3', '250.1.2.3 is of a range that no machine may have', ''],
])('%s is refused', (text, message, suggestion) => {
  let thrown: unknown;
  try {
    askedAddress(text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(UsageError);
  expect(thrown).toMatchObject({ message });
  expect(thrown instanceof UsageError ? thrown.suggestions.join() : '').toContain(suggestion);
});
