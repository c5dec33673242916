import { describe, expect, test } from 'vitest';
import { arpFilter, filterBytes, ndpFilter } from '../../../src/arp/socket/filter.ts';
import { runFilter } from '../bpf.ts';
import { arpFrames, ndpFrames } from '../frames.ts';

const arp = arpFilter({ addresses: ['192.0.2.9', '192.0.2.11'], probed: '192.0.2.9' });
const ndp = ndpFilter({ addresses: ['2001:db8::9'], probed: '2001:db8::9' });
const lets = (program: typeof arp, frame: Uint8Array): boolean => runFilter(program, { frame }) > 0;

describe('the filter of ARP', () => {
  test.each([
    ['reply', true],
    ['replyToProbe', true],
    ['gratuitousRequest', true],
    ['gratuitousReply', true],
    ['gratuitousReplyToAll', true],
    ['broadcastReply', true],
    ['onBehalf', true],
    ['neighbourReply', true],
    ['foreignProbe', true],
    ['request', false],
    ['unrelated', false],
  ] as const)('%s: %s', (name, expected) => {
    expect(lets(arp, arpFrames[name])).toBe(expected);
  });

  test('the whole frame comes through, however long', () => {
    expect(runFilter(arp, { frame: arpFrames.reply })).toBe(0x40000);
  });

  test('without anybody to probe for, probes stay outside', () => {
    const quiet = arpFilter({ addresses: ['192.0.2.9'] });
    expect(lets(quiet, arpFrames.foreignProbe)).toBe(false);
    expect(lets(quiet, arpFrames.reply)).toBe(true);
  });

  test.each([
    ['what this host sends', { packetType: 4 }],
    ['what is for others', { packetType: 3 }],
    ['what is of another VLAN', { vlanTagPresent: true }],
  ])('%s stays outside', (_, more) => {
    expect(runFilter(arp, { frame: arpFrames.reply, ...more })).toBe(0);
  });

  test('101 addresses fit into the smallest room that kernels give', () => {
    const addresses = Array.from({ length: 101 }, (_, index) => `10.0.0.${index}`);
    const program = arpFilter({ addresses, probed: '10.0.0.1' });
    expect(filterBytes(program).length).toBeLessThan(20_480 / 2);
    const last = arpFrames.reply.slice();
    last.set([10, 0, 0, 100], 28);
    expect(lets(program, last)).toBe(true);
  });
});

describe('the filter of NDP', () => {
  test('what is asked from the address itself comes through', () => {
    const asked = ndpFilter({ addresses: ['2001:db8::200'], probed: '2001:db8::200' });
    expect(lets(asked, ndpFrames.solicitation)).toBe(true);
    expect(lets(asked, ndpFrames.duplicateDetection)).toBe(false);
    expect(lets(asked, ndpFrames.advertisement)).toBe(false);
  });

  test.each([
    ['advertisement', true],
    ['unasked', true],
    ['fromSpeaker', true],
    ['withoutOption', true],
    // whoever asks about the address is looked at closer afterwards
    ['duplicateDetection', true],
    ['solicitation', true],
  ] as const)('%s: %s', (name, expected) => {
    expect(lets(ndp, ndpFrames[name])).toBe(expected);
  });

  test.each([
    ['a router brought it', ndpFrames.advertisement.with(21, 254)],
    ['another target', ndpFrames.advertisement.with(77, 8)],
    ['UDP', ndpFrames.advertisement.with(20, 17)],
    ['a router advertisement', ndpFrames.advertisement.with(54, 134)],
    ['ARP', arpFrames.reply],
  ])('%s stays outside', (_, frame) => {
    expect(lets(ndp, frame)).toBe(false);
  });

  test('101 addresses can be jumped over', () => {
    const addresses = Array.from({ length: 101 }, (_, index) => `2001:db8::${index.toString(16)}`);
    const program = ndpFilter({ addresses, probed: '2001:db8::9' });
    expect(Math.max(...program.flatMap(({ jt, jf }) => [jt, jf]))).toBeLessThan(256);
    expect(lets(program, ndpFrames.duplicateDetection)).toBe(true);
    expect(lets(program, ndpFrames.advertisement)).toBe(true);
  });
});

test('an instruction is eight bytes, as the kernel reads them', () => {
  const bytes = filterBytes([{ code: 0x15, jt: 1, jf: 2, k: 0x01020304 }]);
  const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  const little = [0x15, 0, 1, 2, 4, 3, 2, 1];
  const big = [0, 0x15, 1, 2, 1, 2, 3, 4];
  expect([...bytes]).toEqual(isLittle ? little : big);
});
