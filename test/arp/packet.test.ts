import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arpFrame, parseArpPacket, type ArpPacket } from '../../src/arp/packet.ts';

/** Who has 192.0.2.9? Tell 192.0.2.200. */
const request: ArpPacket = {
  operation: 'request',
  ethernetDestination: 'ff:ff:ff:ff:ff:ff',
  ethernetSource: '02:00:5e:10:00:01',
  senderMac: '02:00:5e:10:00:01',
  senderIp: '192.0.2.200',
  targetMac: '00:00:00:00:00:00',
  targetIp: '192.0.2.9',
};

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

const requestFrame = bytes(
  `ffffffffffff 02005e100001 0806 0001 0800 06 04 0001 02005e100001 c00002c8 000000000000 c0000209 ${'00'.repeat(18)}`,
);

test('a request is written byte by byte as RFC 826 draws it, and padded to 60', () => {
  expect(arpFrame(request)).toEqual(requestFrame);
});

test('the same bytes read back as the same request', () => {
  expect(parseArpPacket(requestFrame)).toEqual({ packet: request });
});

test.each([
  ['too-short', requestFrame.subarray(0, 41)],
  ['not-arp', requestFrame.with(12, 0x86)],
  ['not-ipv4-over-ethernet', requestFrame.with(18, 8)],
  ['unknown-operation', requestFrame.with(21, 9)],
])('%s is dropped with its reason', (drop, frame) => {
  expect(parseArpPacket(frame)).toEqual({ drop });
});

const mac = fc
  .uint8Array({ minLength: 6, maxLength: 6 })
  .map((parts) => [...parts].map((part) => part.toString(16).padStart(2, '0')).join(':'));
const ip = fc.ipV4();

test('every packet survives the way to bytes and back', () => {
  const packet = fc.record<ArpPacket>({
    operation: fc.constantFrom('request', 'reply'),
    ethernetDestination: mac,
    ethernetSource: mac,
    senderMac: mac,
    senderIp: ip,
    targetMac: mac,
    targetIp: ip,
  });
  fc.assert(
    fc.property(packet, (one) => {
      expect(parseArpPacket(arpFrame(one))).toEqual({ packet: one });
    }),
  );
});

test('no bytes make the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (frame) => {
      const answer = parseArpPacket(frame);
      expect('packet' in answer || 'drop' in answer).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
