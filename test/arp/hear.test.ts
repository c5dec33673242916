import { describe, expect, test } from 'vitest';
import { hear, type Listener } from '../../src/arp/hear.ts';
import { arpFrames, ndpFrames, node, other, us } from './frames.ts';

const arp: Listener = {
  family: 'ipv4',
  address: '192.0.2.9',
  mac: us,
  ip: '192.0.2.200',
  neighbours: new Set(['192.0.2.11']),
};
const ndp: Listener = {
  family: 'ipv6',
  address: '2001:db8::9',
  mac: us,
  ip: '2001:db8::200',
  neighbours: new Set(['2001:db8::11']),
};
const answer = { kind: 'answer', mac: node, isAsked: true } as const;
const unasked = { ...answer, isAsked: false } as const;
const ignored = (why: string) => ({ kind: 'ignored', why }) as const;

describe('of ARP', () => {
  test.each([
    ['reply', answer],
    ['replyToProbe', answer],
    ['broadcastReply', answer],
    ['gratuitousRequest', unasked],
    ['gratuitousReply', unasked],
    ['gratuitousReplyToAll', unasked],
    ['onBehalf', { ...answer, sentBy: other }],
    ['neighbourReply', { kind: 'neighbour', mac: node, address: '192.0.2.11' }],
    ['foreignProbe', { kind: 'prober', mac: other }],
    ['request', ignored('sent by this interface itself')],
    ['probe', ignored('sent by this interface itself')],
    ['unrelated', ignored('about another address')],
  ] as const)('%s', (name, expected) => {
    expect(hear(arpFrames[name], arp)).toEqual(expected);
  });

  test.each([
    [
      'a group as sender',
      arpFrames.reply.with(22, 0x03),
      'from an Ethernet address that no machine can have',
    ],
    ['nobody as sender', zeroSender(), 'from an Ethernet address that no machine can have'],
    [
      'a group as the one who sent it',
      arpFrames.reply.with(6, 0x03),
      'from an Ethernet address that no machine can have',
    ],
    ['a frame for somebody else', arpFrames.reply.with(5, 0x77), 'sent to somebody else'],
    ['a frame that is too short', arpFrames.reply.subarray(0, 20), 'too short'],
    ['20-byte addresses', arpFrames.reply.with(18, 20), 'not ARP for IPv4 over Ethernet'],
    ['an operation nobody knows', arpFrames.reply.with(21, 3), 'neither a request nor a reply'],
  ])('%s is no answer', (_, frame, why) => {
    expect(hear(frame, arp)).toEqual(ignored(why));
  });

  test('a request from the address itself is a claim, not an answer', () => {
    const claims = arpFrames.gratuitousRequest.with(41, 0x63);
    expect(hear(claims, arp)).toEqual(unasked);
  });

  test('who asks without an address takes a broadcast to the address for an announcement', () => {
    expect(hear(arpFrames.gratuitousReply, { ...arp, ip: undefined })).toEqual(unasked);
  });
});

function zeroSender(): Uint8Array {
  const frame = arpFrames.reply.slice();
  frame.fill(0, 22, 28);
  return frame;
}

describe('of NDP', () => {
  test.each([
    ['advertisement', answer],
    ['fromSpeaker', answer],
    ['withoutOption', answer],
    ['unasked', unasked],
    ['solicitation', ignored('sent by this interface itself')],
    ['duplicateDetection', ignored('sent by this interface itself')],
  ] as const)('%s', (name, expected) => {
    expect(hear(ndpFrames[name], ndp)).toEqual(expected);
  });

  test('the answer to somebody without an address goes to all', () => {
    expect(hear(ndpFrames.unasked, { ...ndp, ip: undefined })).toEqual(answer);
  });

  test('somebody else who probes is told from us', () => {
    const heard = hear(ndpFrames.duplicateDetection, { ...ndp, mac: other });
    expect(heard).toEqual({ kind: 'prober', mac: us });
  });

  test('a question with an address is none of ours', () => {
    const heard = hear(ndpFrames.solicitation, { ...ndp, mac: other });
    expect(heard).toEqual(ignored('about another address'));
  });

  test('a question from the address itself is a claim, as it is of ARP', () => {
    const asking = { ...ndp, mac: other, address: '2001:db8::200' };
    expect(hear(ndpFrames.solicitation, asking)).toEqual({ ...unasked, mac: us });
  });

  test('a neighbour is known by its target', () => {
    const listener = { ...ndp, address: '2001:db8::1', neighbours: new Set(['2001:db8::9']) };
    expect(hear(ndpFrames.advertisement, listener)).toEqual({
      kind: 'neighbour',
      mac: node,
      address: '2001:db8::9',
    });
  });

  test.each([
    [
      'a router brought it',
      ndpFrames.advertisement.with(21, 64),
      'not from this segment: hop limit below 255',
    ],
    ['a wrong checksum', ndpFrames.advertisement.with(56, 0), 'wrong checksum'],
    [
      'a group as sender',
      ndpFrames.withoutOption.with(6, 0x33),
      'from an Ethernet address that no machine can have',
    ],
    ['a frame for somebody else', ndpFrames.advertisement.with(5, 0x77), 'sent to somebody else'],
  ])('%s is no answer', (_, frame, why) => {
    expect(hear(frame, ndp)).toEqual(ignored(why));
  });
});
