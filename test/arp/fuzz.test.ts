import { expect, test } from 'vitest';
import { arpFilter, ndpFilter, type Instruction } from '../../src/arp/socket/filter.ts';
import { hear, type Heard, type Listener } from '../../src/arp/hear.ts';
import { ipv6Bytes } from '../../src/arp/ndp.ts';
import { runFilter } from './bpf.ts';
import { arpFrames, ndpFrames, us } from './frames.ts';

/** By hand with FUZZ_FRAMES=10000000. */
const frameCount = Number(process.env['FUZZ_FRAMES'] ?? 1_000_000);

const neighbours = { ipv4: '192.0.2.11', ipv6: '2001:db8::11' } as const;
const listeners: Readonly<Record<'ipv4' | 'ipv6', Listener>> = {
  ipv4: {
    family: 'ipv4',
    address: '192.0.2.9',
    mac: us,
    ip: '192.0.2.200',
    neighbours: new Set([neighbours.ipv4]),
  },
  ipv6: {
    family: 'ipv6',
    address: '2001:db8::9',
    mac: us,
    ip: '2001:db8::200',
    neighbours: new Set([neighbours.ipv6]),
  },
};
const filters: Readonly<Record<'ipv4' | 'ipv6', readonly Instruction[]>> = {
  ipv4: arpFilter({ addresses: ['192.0.2.9', neighbours.ipv4], probed: '192.0.2.9' }),
  ipv6: ndpFilter({ addresses: ['2001:db8::9', neighbours.ipv6], probed: '2001:db8::9' }),
};

/** Offsets at which an answer must have exactly these bytes, written down apart from the reader. */
const mustHave = {
  ipv4: [12, [8, 6, 0, 1, 8, 0, 6, 4, 0]],
  ipv6: [20, [58, 255]],
} as const;
const claimAt = { ipv4: 28, ipv6: 62 } as const;
const addressBytes = {
  ipv4: { own: [192, 0, 2, 9], neighbour: [192, 0, 2, 11] },
  ipv6: { own: ipv6Bytes('2001:db8::9'), neighbour: ipv6Bytes(neighbours.ipv6) },
} as const;

const holds = (frame: Uint8Array, offset: number, wanted: readonly number[]): boolean =>
  wanted.every((byte, index) => frame[offset + index] === byte);

/** Whether bytes alone, without the reader, allow what was heard. */
function isAllowed(frame: Uint8Array, family: 'ipv4' | 'ipv6', heard: Heard): boolean {
  const [offset, wanted] = mustHave[family];
  if (heard.kind === 'ignored') {
    return true;
  }
  if (!holds(frame, offset, wanted)) {
    return false;
  }
  const { own, neighbour } = addressBytes[family];
  switch (heard.kind) {
    case 'answer':
      return holds(frame, claimAt[family], own);
    case 'neighbour':
      return holds(frame, claimAt[family], neighbour);
    case 'prober':
      return family === 'ipv4'
        ? holds(frame, 28, [0, 0, 0, 0]) && holds(frame, 38, own)
        : holds(frame, 22, Array(16).fill(0)) && holds(frame, 62, own);
  }
}

/** The same frames in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const goodFrames = [...Object.values(arpFrames), ...Object.values(ndpFrames)];

/** A good frame with a few bytes changed or its end cut off; now and then nothing but noise. */
function spoiled(random: () => number, room: Uint8Array): Uint8Array {
  const choice = random() % 16;
  if (choice === 0) {
    const length = random() % room.length;
    for (let index = 0; index < length; index += 1) {
      room[index] = random();
    }
    return room.subarray(0, length);
  }
  const base = goodFrames[random() % goodFrames.length] ?? new Uint8Array();
  room.set(base);
  const changes = choice % 4;
  for (let change = 0; change < changes; change += 1) {
    room[random() % base.length] = random();
  }
  return room.subarray(0, choice === 1 ? random() % base.length : base.length);
}

test(
  `of ${frameCount.toLocaleString('en')} spoiled frames none is misread, and the kernel's filter agrees`,
  { timeout: 600_000 },
  () => {
    const random = numbersFrom(0x5eed);
    const room = new Uint8Array(128);
    const counts = { answer: 0, neighbour: 0, prober: 0, ignored: 0 };
    const wrong: string[] = [];
    for (let index = 0; index < frameCount; index += 1) {
      const frame = spoiled(random, room);
      const family = frame[12] === 0x86 ? 'ipv6' : 'ipv4';
      const heard = hear(frame, listeners[family]);
      counts[heard.kind] += 1;
      const isLetThrough = runFilter(filters[family], { frame }) > 0;
      // what says something must come through; what comes through may still be refused when looked at closer
      const agrees = isLetThrough || heard.kind === 'ignored';
      if (!isAllowed(frame, family, heard) || !agrees) {
        wrong.push(`${Buffer.from(frame).toString('hex')}: ${JSON.stringify(heard)}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(frameCount / 200);
  },
);

test('what the filter of ARP lets through is well formed and about an address asked for', () => {
  const random = numbersFrom(0xcafe);
  const room = new Uint8Array(128);
  const unwanted = new Map<string, number>();
  for (let index = 0; index < 100_000; index += 1) {
    const frame = spoiled(random, room);
    const heard = hear(frame, listeners.ipv4);
    if (runFilter(filters.ipv4, { frame }) > 0 && heard.kind === 'ignored') {
      unwanted.set(heard.why, (unwanted.get(heard.why) ?? 0) + 1);
    }
  }
  expect([...unwanted.keys()].toSorted()).toEqual([
    'from an Ethernet address that no machine can have',
    'sent by this interface itself',
    'sent to somebody else',
  ]);
});
