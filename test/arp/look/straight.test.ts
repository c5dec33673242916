import { expect, test } from 'vitest';
import { parseAddress, type IpAddress } from '../../../src/core/facts/ip.ts';
import type { HostInterface } from '../../../src/arp/host/host-port.ts';
import { ndpFrame, parseNdpPacket } from '../../../src/arp/ndp.ts';
import { proberOver } from '../../../src/arp/prober.ts';
import { FakeClock, FakeSegment, type Machine } from '../fake-segment.ts';
import { node, other, us } from '../frames.ts';

const ip = (text: string): IpAddress => parseAddress(text) as IpAddress;
const target = '2001:db8::9';
const own = '2001:db8::200';

/** A machine that has the address, and may miss what is sent to it alone. */
function machine(mac: string, hearsUnicast: boolean): Machine {
  return (frame) => {
    const parsed = parseNdpPacket(frame);
    if (!('packet' in parsed) || parsed.packet.source !== own) {
      return [];
    }
    const { ethernetDestination } = parsed.packet;
    const isForIt = ethernetDestination.startsWith('33:33:') || ethernetDestination === mac;
    if (!isForIt || (ethernetDestination === mac && !hearsUnicast)) {
      return [];
    }
    const reply = ndpFrame({
      kind: 'advertisement',
      ethernetDestination: us,
      ethernetSource: mac,
      source: target,
      destination: own,
      target,
      linkAddress: mac,
      isRouter: false,
      isSolicited: true,
      overrides: false,
    });
    return [{ frame: reply, afterMs: 1 }];
  };
}

function lookAt(machines: readonly Machine[], isProbe = false) {
  const clock = new FakeClock();
  const segment = new FakeSegment(clock, machines);
  const eth0: HostInterface = {
    name: 'eth0',
    index: 2,
    mac: us,
    type: 'ether',
    isUp: true,
    hasCarrier: true,
    speaksArp: true,
    master: undefined,
    addresses: [{ address: ip(own), prefixLength: 64 }],
  };
  const prober = proberOver({
    host: {
      name: 'laptop',
      interfaces: async () => [eth0],
      route: async () => ({ kind: 'on-link', interface: 'eth0', source: own }),
      neighbours: async () => [],
    },
    openLink: segment.openLink,
    clock,
    tryPort: async ({ question: { protocol, port } }) => ({
      protocol,
      port,
      outcome: 'open',
      ms: 1,
    }),
    nudge: async () => undefined,
    joinGroup: () => () => undefined,
  });
  const question = {
    address: target,
    interface: undefined,
    windowMs: 2_000,
    questions: 3,
    isProbe,
    ports: [],
    portTimeoutMs: 300,
    neighbours: [],
  };
  return { look: prober.look(question, new AbortController().signal), segment };
}

const sentTo = (segment: FakeSegment) =>
  segment.sent.map(({ frame, at }) => {
    const parsed = parseNdpPacket(frame);
    return 'packet' in parsed
      ? [
          at,
          parsed.packet.ethernetDestination,
          parsed.packet.destination,
          parsed.packet.linkAddress,
        ]
      : [at];
  });

test('who answered the group is asked once more alone, and that answer is not counted with the others', async () => {
  const { look, segment } = lookAt([machine(node, true)]);
  expect((await look).answers).toEqual([
    { mac: node, count: 3, firstMs: 1, lastMs: 1_501, unasked: false, askedAlone: 'answered' },
  ]);
  expect(sentTo(segment)).toEqual([
    [0, '33:33:ff:00:00:09', 'ff02::1:ff00:9', us],
    [750, '33:33:ff:00:00:09', 'ff02::1:ff00:9', us],
    [1_500, '33:33:ff:00:00:09', 'ff02::1:ff00:9', us],
    [2_000, node, target, us],
  ]);
});

test('who keeps silent then is asked twice, and known to have answered the group', async () => {
  const { look, segment } = lookAt([machine(node, false), machine(other, true)]);
  const seen = await look;
  expect(seen.answers.map(({ mac, askedAlone }) => [mac, askedAlone])).toEqual([
    [node, 'silent'],
    [other, 'answered'],
  ]);
  expect(
    sentTo(segment)
      .slice(3)
      .map(([at, mac]) => [at, mac]),
  ).toEqual([
    [2_000, node],
    [2_000, other],
    [2_500, node],
  ]);
  expect([seen.windowMs, segment.openLinks]).toEqual([3_000, 0]);
});

test('where nobody answered, or who asks has no address, nobody is asked alone', async () => {
  const silent = lookAt([]);
  expect((await silent.look).windowMs).toBe(2_000);
  expect(silent.segment.sent).toHaveLength(3);
  const probing = lookAt([machine(node, true)], true);
  await probing.look;
  expect(probing.segment.sent).toHaveLength(3);
});
