import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressAt } from '../../src/core/facts/ip.ts';
import { ndpFrame, parseNdpPacket, solicitedNodeOf, type NdpPacket } from '../../src/arp/ndp.ts';
import { internetChecksum } from '../../src/arp/checksum.ts';
import { ndpFrames, node, us } from './frames.ts';

const solicitation: NdpPacket = {
  kind: 'solicitation',
  ethernetDestination: '33:33:ff:00:00:09',
  ethernetSource: us,
  source: '2001:db8::200',
  destination: 'ff02::1:ff00:9',
  target: '2001:db8::9',
  linkAddress: us,
  isRouter: false,
  isSolicited: false,
  overrides: false,
};
const advertisement: NdpPacket = {
  kind: 'advertisement',
  ethernetDestination: us,
  ethernetSource: node,
  source: '2001:db8::9',
  destination: '2001:db8::200',
  target: '2001:db8::9',
  linkAddress: node,
  isRouter: false,
  isSolicited: true,
  overrides: true,
};
const { linkAddress: _, ...bareSolicitation } = solicitation;
const { linkAddress: __, ...bareAdvertisement } = advertisement;

const packets: Readonly<Record<keyof typeof ndpFrames, NdpPacket>> = {
  solicitation,
  duplicateDetection: { ...bareSolicitation, source: '::' },
  advertisement,
  unasked: {
    ...advertisement,
    ethernetDestination: '33:33:00:00:00:01',
    source: 'fe80::11',
    destination: 'ff02::1',
    isSolicited: false,
  },
  fromSpeaker: { ...advertisement, source: 'fe80::11', overrides: false },
  withoutOption: { ...bareAdvertisement, isRouter: true, overrides: false },
};

const named = Object.keys(ndpFrames) as (keyof typeof ndpFrames)[];

test.each(named)('%s is written byte by byte as RFC 4861 draws it', (name) => {
  expect(ndpFrame(packets[name])).toEqual(ndpFrames[name]);
});

test.each(named)('%s is read from its bytes', (name) => {
  expect(parseNdpPacket(ndpFrames[name])).toEqual({ packet: packets[name] });
});

test('what a driver pads after the message is not read', () => {
  const padded = new Uint8Array([...ndpFrames.advertisement, 0, 0, 0, 0]);
  expect(parseNdpPacket(padded)).toEqual({ packet: advertisement });
});

/** A frame whose checksum is right although a byte of it was changed. */
function changed(frame: Uint8Array, offset: number, value: number): Uint8Array {
  const copy = frame.with(offset, value);
  const length = ((copy[18] ?? 0) << 8) | (copy[19] ?? 0);
  const sum = internetChecksum(
    [copy.subarray(22, 56), copy.subarray(58, 54 + length)],
    length + 58,
  );
  return copy.with(56, sum >> 8).with(57, sum & 0xff);
}

describe('a frame that may not be believed', () => {
  const { advertisement: good, solicitation: asks, duplicateDetection: probes } = ndpFrames;
  test.each([
    ['too-short', good.subarray(0, 77)],
    ['not-ndp', good.with(12, 0x08)],
    ['not-ndp', good.with(14, 0x40)],
    ['not-ndp', good.with(20, 17)],
    ['not-ndp', good.with(54, 134)],
    ['hop-limit', good.with(21, 254)],
    ['unknown-code', good.with(55, 1)],
    ['lying-length', good.with(19, 33)],
    ['lying-length', good.with(19, 23)],
    ['checksum', good.with(57, 0)],
    ['target-is-a-group', changed(good, 62, 0xff)],
    ['broken-option', changed(good, 79, 0)],
    ['broken-option', changed(good, 79, 2)],
    // an answer to one who asked cannot go to all
    ['contradiction', changed(ndpFrames.unasked, 58, 0x60)],
    // who has no address asks the group of the address, and names no Ethernet address of its own
    ['contradiction', changed(probes, 50, 0)],
    ['contradiction', zeroSource(asks)],
  ])('%s', (drop, frame) => {
    expect(parseNdpPacket(frame)).toEqual({ drop });
  });
});

function zeroSource(frame: Uint8Array): Uint8Array {
  const copy = frame.slice();
  copy.fill(0, 22, 38);
  return changed(copy, 22, 0);
}

test('options of other kinds are walked over', () => {
  const nonce = [14, 1, 1, 2, 3, 4, 5, 6];
  const frame = new Uint8Array([
    ...ndpFrames.solicitation.subarray(0, 78),
    ...nonce,
    ...ndpFrames.solicitation.subarray(78),
  ]).with(19, 40);
  expect(parseNdpPacket(changed(frame, 22, 0x20))).toEqual({ packet: solicitation });
});

test('the group of an address has its last 24 bits', () => {
  expect(solicitedNodeOf('2001:db8::ab12:3456')).toEqual({
    group: 'ff02::1:ff12:3456',
    mac: '33:33:ff:12:34:56',
  });
});

const mac = fc
  .uint8Array({ minLength: 6, maxLength: 6 })
  .map((parts) => [...parts].map((part) => part.toString(16).padStart(2, '0')).join(':'));
const unicast = fc
  .bigInt({ min: 0x2000n << 112n, max: (0x4000n << 112n) - 1n })
  .map((value): string => addressAt('ipv6', value));

test('every packet survives the way to bytes and back', () => {
  const base = { ethernetDestination: mac, ethernetSource: mac, source: unicast, target: unicast };
  const flags = { isRouter: fc.boolean(), isSolicited: fc.boolean(), overrides: fc.boolean() };
  const advertised = fc
    .record({ ...base, ...flags, destination: unicast })
    .map((one): NdpPacket => ({ ...one, kind: 'advertisement' }));
  const solicited = fc
    .record({ ...base, destination: unicast, linkAddress: mac })
    .map((one): NdpPacket => ({
      ...one,
      kind: 'solicitation',
      isRouter: false,
      isSolicited: false,
      overrides: false,
    }));
  fc.assert(
    fc.property(fc.oneof(advertised, solicited), (one) => {
      expect(parseNdpPacket(ndpFrame(one))).toEqual({ packet: one });
    }),
    { numRuns: 500 },
  );
});
