import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arpFrame, parseArpPacket, type ArpPacket } from '../../src/arp/packet.ts';
import { arpFrames, node, other, us } from './frames.ts';

/** Who has 192.0.2.9? Tell 192.0.2.200. */
const request: ArpPacket = {
  operation: 'request',
  ethernetDestination: 'ff:ff:ff:ff:ff:ff',
  ethernetSource: us,
  senderMac: us,
  senderIp: '192.0.2.200',
  targetMac: '00:00:00:00:00:00',
  targetIp: '192.0.2.9',
};
const reply: ArpPacket = {
  operation: 'reply',
  ethernetDestination: us,
  ethernetSource: node,
  senderMac: node,
  senderIp: '192.0.2.9',
  targetMac: us,
  targetIp: '192.0.2.200',
};
const everybody = 'ff:ff:ff:ff:ff:ff';
const nobody = '00:00:00:00:00:00';
const gratuitous = { ...reply, ethernetDestination: everybody, targetIp: '192.0.2.9' };

/** Every frame of RFC 826 and RFC 5227 that a look meets. */
const packets: Readonly<Record<keyof typeof arpFrames, ArpPacket>> = {
  request,
  reply,
  probe: { ...request, senderIp: '0.0.0.0' },
  replyToProbe: { ...reply, targetIp: '0.0.0.0' },
  gratuitousRequest: { ...gratuitous, operation: 'request', targetMac: nobody },
  gratuitousReply: { ...gratuitous, targetMac: node },
  gratuitousReplyToAll: { ...gratuitous, targetMac: everybody },
  broadcastReply: { ...reply, ethernetDestination: everybody, targetMac: everybody },
  onBehalf: { ...reply, ethernetSource: other },
  neighbourReply: { ...reply, senderIp: '192.0.2.11' },
  foreignProbe: { ...request, ethernetSource: other, senderMac: other, senderIp: '0.0.0.0' },
  unrelated: {
    ...request,
    ethernetSource: other,
    senderMac: other,
    senderIp: '192.0.2.99',
    targetIp: '192.0.2.11',
  },
};

const named = Object.keys(arpFrames) as (keyof typeof arpFrames)[];

test.each(named)('%s is written byte by byte as RFC 826 draws it, padded to 60', (name) => {
  expect(arpFrame(packets[name])).toEqual(arpFrames[name]);
});

test.each(named)('%s is read from its bytes, padded or not', (name) => {
  expect(parseArpPacket(arpFrames[name])).toEqual({ packet: packets[name] });
  expect(parseArpPacket(arpFrames[name].subarray(0, 42))).toEqual({ packet: packets[name] });
});

const requestFrame = arpFrames.request;

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
