import { describe, expect, test } from 'vitest';
import { parseAddress, type IpAddress } from '../../src/core/facts/ip.ts';
import type { PortAttempt, WireLook } from '../../src/core/facts/wire.ts';
import type { WireQuestion } from '../../src/core/facts/wire-port.ts';
import type {
  HostInterface,
  HostPort,
  HostRoute,
  KernelNeighbour,
} from '../../src/arp/host/host-port.ts';
import { parseArpPacket } from '../../src/arp/packet.ts';
import { proberOver } from '../../src/arp/prober.ts';
import type { PortTrial } from '../../src/arp/look/ports.ts';
import { FakeClock, FakeSegment, machineWith, type Machine } from './fake-segment.ts';
import { arpFrames, node, other, us } from './frames.ts';

const ip = (text: string): IpAddress => parseAddress(text) as IpAddress;

const eth0: HostInterface = {
  name: 'eth0',
  index: 2,
  mac: us,
  type: 'ether',
  isUp: true,
  hasCarrier: true,
  speaksArp: true,
  master: undefined,
  addresses: [{ address: ip('192.0.2.200'), prefixLength: 24 }],
};

const question: WireQuestion = {
  address: '192.0.2.9',
  interface: undefined,
  windowMs: 2_000,
  questions: 3,
  ports: [],
  portTimeoutMs: 300,
  neighbours: [],
};

interface Scene {
  readonly machines?: readonly Machine[];
  readonly interfaces?: () => readonly HostInterface[];
  readonly route?: HostRoute;
  readonly table?: () => readonly KernelNeighbour[];
  readonly tryPort?: (trial: PortTrial) => Promise<PortAttempt>;
}

const straight: HostRoute = { kind: 'on-link', interface: 'eth0', source: '192.0.2.200' };

function sceneOf(scene: Scene = {}) {
  const clock = new FakeClock();
  const segment = new FakeSegment(clock, scene.machines);
  const host: HostPort = {
    name: 'laptop',
    interfaces: async () => scene.interfaces?.() ?? [eth0],
    route: async () => scene.route ?? straight,
    neighbours: async () => scene.table?.() ?? [],
  };
  const joined: string[] = [];
  const prober = proberOver({
    host,
    openLink: segment.openLink,
    clock,
    tryPort: async ({ question: { protocol, port }, ...trial }) =>
      scene.tryPort?.({ question: { protocol, port }, ...trial }) ?? {
        protocol,
        port,
        outcome: 'open',
        ms: 1,
      },
    nudge: async () => undefined,
    joinGroup: (group, name) => {
      joined.push(`${group} on ${name}`);
      return () => joined.push('left');
    },
  });
  const look = (more: Partial<WireQuestion> = {}, signal = new AbortController().signal) =>
    prober.look({ ...question, ...more }, signal);
  return { clock, segment, look, joined };
}

const answer = (mac: string, more: Partial<WireLook['answers'][number]> = {}) => ({
  mac,
  count: 3,
  firstMs: 1,
  lastMs: 1_501,
  unasked: false,
  ...more,
});

test('one machine that answers each of three questions', async () => {
  const { look, segment } = sceneOf({ machines: [machineWith('192.0.2.9', node)] });
  expect(await look()).toEqual({
    address: '192.0.2.9',
    at: '2026-03-14T03:12:40.000Z',
    from: {
      host: 'laptop',
      interface: 'eth0',
      mac: us,
      why: '192.0.2.9 is in 192.0.2.0/24 of eth0',
      addresses: ['192.0.2.200/24'],
      interfaces: [{ name: 'eth0', addresses: ['192.0.2.200/24'] }],
    },
    reach: { kind: 'on-link' },
    method: 'arp',
    windowMs: 2_000,
    asked: 3,
    answers: [answer(node)],
    neighbours: [],
    ports: [],
    unseen: [],
  });
  expect(segment.sent.map(({ at }) => at)).toEqual([0, 750, 1_500]);
  expect(segment.openLinks).toBe(0);
});

test('the second of two machines is heard too, however late', async () => {
  const { look } = sceneOf({
    machines: [machineWith('192.0.2.9', node), machineWith('192.0.2.9', other, 400)],
  });
  expect((await look()).answers).toEqual([
    answer(node),
    answer(other, { firstMs: 400, lastMs: 1_900 }),
  ]);
});

test('a machine that answers each question twice says so: a program beside its kernel, or a loop', async () => {
  const twice = [machineWith('192.0.2.9', node), machineWith('192.0.2.9', node, 2)];
  const { look } = sceneOf({ machines: twice });
  expect((await look()).answers).toEqual([
    answer(node, { count: 6, lastMs: 1_502, isTwice: true }),
  ]);
  expect((await sceneOf({ machines: twice }).look({ questions: 1 })).answers).toEqual([
    answer(node, { count: 2, lastMs: 2 }),
  ]);
});

test('silence is no answer, and three questions were put', async () => {
  const { look } = sceneOf();
  expect(await look()).toMatchObject({ asked: 3, answers: [], unseen: [] });
});

test('nothing is ever sent but questions, none faster than five a second', async () => {
  const { look, segment } = sceneOf({ machines: [machineWith('192.0.2.9', node)] });
  await look({ questions: 10, windowMs: 100 });
  const packets = segment.sent.map(({ frame }) => parseArpPacket(frame));
  expect(packets.every((each) => 'packet' in each && each.packet.operation === 'request')).toBe(
    true,
  );
  expect(segment.sent.map(({ at }) => at)).toEqual(
    Array.from({ length: 10 }, (_, index) => index * 200),
  );
});

test('a question is answered by no frame of ours, whoever asks for our address meanwhile', async () => {
  const { look, segment, clock } = sceneOf();
  clock.at(100, () => segment.say(arpFrames.foreignProbe));
  await look();
  expect(segment.sent).toHaveLength(3);
});

test('an announcement that nobody asked for is told from an answer', async () => {
  const { look, segment, clock } = sceneOf();
  clock.at(300, () => segment.say(arpFrames.gratuitousReplyToAll));
  clock.at(900, () => segment.say(arpFrames.gratuitousRequest));
  expect((await look()).answers).toEqual([
    answer(node, { count: 2, firstMs: 300, lastMs: 900, unasked: true }),
  ]);
});

test('whoever probes for the address is told', async () => {
  const { look, segment, clock } = sceneOf();
  clock.at(100, () => segment.say(arpFrames.foreignProbe));
  expect(await look({ isProbe: true, windowMs: 5_000 })).toMatchObject({
    probers: [other],
    answers: [],
  });
});

test('a probe has no address of ours in it, and a neighbour is asked with one', async () => {
  const { look, segment } = sceneOf();
  await look({ isProbe: true, windowMs: 5_000, neighbours: ['192.0.2.11'] });
  const senders = segment.sent.map(({ frame }) => {
    const parsed = parseArpPacket(frame);
    return 'packet' in parsed ? `${parsed.packet.targetIp} ${parsed.packet.senderIp}` : 'none';
  });
  expect(new Set(senders)).toEqual(new Set(['192.0.2.9 0.0.0.0', '192.0.2.11 192.0.2.200']));
  expect(
    segment.sent.filter((_, index) => senders[index]?.endsWith('0.0.0.0')).map(({ at }) => at),
  ).toEqual([0, 1_500, 3_000]);
});

test('answers get names by the neighbours asked in the same look and by the kernel', async () => {
  const { look } = sceneOf({
    machines: [
      machineWith('192.0.2.9', node),
      machineWith('192.0.2.11', node),
      machineWith('192.0.2.12', other),
    ],
    table: () => [
      { address: '192.0.2.13', interface: 'eth0', mac: other, state: 'STALE' },
      { address: 'fe80::11', interface: 'eth0', mac: node, state: 'REACHABLE' },
      { address: '192.0.2.11', interface: 'eth0', mac: other, state: 'STALE' },
    ],
  });
  const { neighbours } = await look({
    neighbours: [
      '192.0.2.11',
      '192.0.2.12',
      '198.51.100.1',
      '2001:db8::11',
      'nonsense',
      '192.0.2.13',
    ],
  });
  expect(neighbours).toEqual([
    { address: '192.0.2.11', mac: node },
    { address: '192.0.2.12', mac: other },
    { address: '192.0.2.13', mac: other },
    { address: 'fe80::11', mac: node },
  ]);
});

test('a neighbour that answers with two cards is listed with both', async () => {
  const { look } = sceneOf({
    machines: [machineWith('192.0.2.11', node), machineWith('192.0.2.11', other)],
  });
  const { neighbours } = await look({ neighbours: ['192.0.2.11'] });
  expect(neighbours).toEqual([
    { address: '192.0.2.11', mac: node },
    { address: '192.0.2.11', mac: other },
  ]);
});

test('of very many neighbours a hundred are asked for, and that is said', async () => {
  const { look, segment } = sceneOf();
  const neighbours = Array.from({ length: 150 }, (_, index) => `192.0.2.${index + 20}`);
  expect((await look({ neighbours })).unseen).toEqual([
    'of 150 neighbours on the link only the first 100 were asked for',
  ]);
  // no more than fifty a second of neighbours
  expect(segment.sent.length).toBeLessThanOrEqual(3 + 100);
});

describe('a flood', () => {
  test('of answers is counted, and 64 Ethernet addresses are kept', async () => {
    const { look, segment, clock } = sceneOf();
    clock.at(10, () => {
      for (let index = 0; index < 20_000; index += 1) {
        const frame = arpFrames.reply.slice();
        frame.set([0x02, 0x77, 0, 0, index >> 8, index & 0xff], 6);
        frame.set([0x02, 0x77, 0, 0, index >> 8, index & 0xff], 22);
        segment.say(frame);
      }
    });
    const { answers, notKept, unseen } = await look();
    expect(answers).toHaveLength(64);
    expect(notKept).toBe(20_000 - 64);
    expect(unseen).toEqual([
      '19936 answers of further Ethernet addresses were counted and not kept',
    ]);
  });

  test('of hostile frames is counted by reason and is no answer', async () => {
    const { look, segment, clock } = sceneOf();
    clock.at(10, () => {
      segment.say(arpFrames.reply.with(22, 0xff));
      segment.say(arpFrames.reply.with(22, 0x01));
      segment.say(arpFrames.reply.with(5, 0x99));
    });
    expect(await look()).toMatchObject({
      answers: [],
      ignored: [
        { why: 'from an Ethernet address that no machine can have', count: 2 },
        { why: 'sent to somebody else', count: 1 },
      ],
    });
  });

  test('of foreign probes keeps sixteen', async () => {
    const { look, segment, clock } = sceneOf();
    clock.at(10, () => {
      for (let index = 0; index < 100; index += 1) {
        segment.say(arpFrames.foreignProbe.with(27, index));
      }
    });
    expect((await look()).probers).toHaveLength(16);
  });
});

describe('the interface', () => {
  test('goes down: what could not be sent is counted and not tried again', async () => {
    const { look, segment, clock } = sceneOf();
    clock.at(100, () => {
      segment.sending = 'down';
      segment.losses = { downs: 1, unread: 0 };
    });
    const seen = await look();
    expect(seen).toMatchObject({ asked: 1, gaps: ['interface-down', 'questions-unsent'] });
    expect(seen.unseen).toEqual([
      'eth0 was down for a while (once): what was said meanwhile is lost',
      '2 questions could not be sent: the interface was down',
    ]);
    expect(segment.sent).toHaveLength(1);
  });

  test('is deleted: the look ends with what was heard, and says so', async () => {
    let interfaces: readonly HostInterface[] = [eth0];
    const { look, segment, clock } = sceneOf({
      machines: [machineWith('192.0.2.9', node)],
      interfaces: () => interfaces,
    });
    clock.at(100, () => {
      segment.sending = 'gone';
      interfaces = [];
    });
    const seen = await look();
    expect(seen).toMatchObject({
      asked: 1,
      answers: [answer(node, { count: 1, lastMs: 1 })],
      gaps: ['interface-gone', 'questions-unsent'],
    });
    expect(seen.unseen[0]).toBe(
      'eth0 went away during the look, at the latest after 0.8 s: nothing was heard after that',
    );
    expect(segment.openLinks).toBe(0);
  });

  test('is deleted after the last question, which only the interfaces tell', async () => {
    let interfaces: readonly HostInterface[] = [eth0];
    const { look, segment, clock } = sceneOf({ interfaces: () => interfaces });
    clock.at(1_600, () => {
      segment.losses = { downs: 1, unread: 0 };
      interfaces = [];
    });
    expect(await look()).toMatchObject({
      asked: 3,
      gaps: ['interface-gone'],
      unseen: ['eth0 went away during the look: nothing was heard after that'],
    });
  });

  test('comes back as another device of the same name, and is listened on again', async () => {
    let interfaces: readonly HostInterface[] = [eth0];
    const { look, segment, clock } = sceneOf({
      machines: [machineWith('192.0.2.9', node)],
      interfaces: () => interfaces,
    });
    clock.at(100, () => {
      segment.sending = 'gone';
      interfaces = [];
    });
    clock.at(1_000, () => {
      segment.sending = 'sent';
      interfaces = [{ ...eth0, index: 9 }];
    });
    const seen = await look();
    expect(segment.opened).toBe(2);
    expect(seen).toMatchObject({ asked: 2, answers: [answer(node, { count: 2 })] });
    expect(segment.openLinks).toBe(0);
  });

  test('has lost frames', async () => {
    const { look, segment, clock } = sceneOf();
    clock.at(100, () => {
      segment.losses = { downs: 0, unread: 77 };
    });
    expect(await look()).toMatchObject({
      gaps: ['frames-lost'],
      unseen: ['77 frames came faster than they could be read'],
    });
  });

  test('has no carrier and no address', async () => {
    const { look } = sceneOf({
      interfaces: () => [{ ...eth0, hasCarrier: false, addresses: [] }],
    });
    expect(await look()).toMatchObject({
      gaps: ['no-carrier'],
      unseen: [
        'eth0 has no carrier: nobody is cabled to it',
        'eth0 has no IPv4 address to ask with, and some machines answer only those who have one',
      ],
    });
  });
});

test('a question that a busy machine puts late is left its time to be answered', async () => {
  const { look, clock } = sceneOf({ machines: [machineWith('192.0.2.9', node, 150)] });
  clock.stall(1, 5_000);
  const { asked, answers, windowMs } = await look({});
  expect({ asked, windowMs }).toEqual({ asked: 3, windowMs: 5_201 });
  expect(answers).toMatchObject([{ mac: node, count: 3 }]);
});

test('stopped in the middle it tells what was seen by then, and closes the socket', async () => {
  const { look, segment, clock } = sceneOf({ machines: [machineWith('192.0.2.9', node)] });
  const stop = new AbortController();
  clock.at(500, () => stop.abort());
  const seen = await look({ ports: [{ protocol: 'TCP', port: 80 }] }, stop.signal);
  expect(seen).toMatchObject({
    asked: 1,
    gaps: ['stopped'],
    answers: [answer(node, { count: 1, lastMs: 1 })],
    unseen: ['the look was stopped before its time was up'],
  });
  expect(segment.openLinks).toBe(0);
});

test('a question that cannot be asked rejects and leaves nothing open', async () => {
  const { look, segment } = sceneOf({
    machines: [
      () => {
        throw new Error('the wire bites');
      },
    ],
  });
  await expect(look()).rejects.toThrow('the wire bites');
  expect(segment.openLinks).toBe(0);
});

test('ports are tried in their order, and listening goes on meanwhile', async () => {
  const tried: string[] = [];
  const { look } = sceneOf({
    tryPort: async ({ question: { protocol, port } }) => {
      tried.push(`${protocol} ${port}`);
      return { protocol, port, outcome: 'refused', ms: 2, says: 'ECONNREFUSED' };
    },
  });
  const { ports } = await look({
    ports: [
      { protocol: 'TCP', port: 443 },
      { protocol: 'UDP', port: 53 },
    ],
  });
  expect(tried).toEqual(['TCP 443', 'UDP 53']);
  expect(ports.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
});

test('of many silent ports eight are tried at a time, and told in their order', async () => {
  let now = 0;
  let most = 0;
  const { look, clock } = sceneOf({
    tryPort: async ({ question: { protocol, port } }) => {
      now += 1;
      most = Math.max(most, now);
      await clock.sleep(10_000 - port, new AbortController().signal);
      now -= 1;
      return { protocol, port, outcome: 'timeout', ms: 4_000 };
    },
  });
  const ports = Array.from({ length: 20 }, (_, index) => ({
    protocol: 'TCP' as const,
    port: 8_000 + index,
  }));
  const seen = await look({ ports, leftOut: ['SCTP is not tried: port 36412'] });
  expect([most, seen.unseen]).toEqual([8, ['SCTP is not tried: port 36412']]);
  expect(seen.ports.map(({ port }) => port)).toEqual(ports.map(({ port }) => port));
});

describe('nobody is asked', () => {
  test('of an address behind a gateway; its ports are tried', async () => {
    const route = { kind: 'routed', interface: 'eth0', gateway: '192.0.2.1' } as const;
    const { look, segment } = sceneOf({ route });
    const seen = await look({ address: '198.51.100.9', ports: [{ protocol: 'TCP', port: 80 }] });
    expect(seen).toMatchObject({
      reach: { kind: 'routed', gateway: '192.0.2.1' },
      asked: 0,
      windowMs: 0,
      answers: [],
      ports: [{ outcome: 'open' }],
    });
    expect(seen.unseen).toEqual([
      '198.51.100.9 is on no network of this host; the way to it goes through 192.0.2.1 on eth0, and who answers behind a gateway cannot be seen from here; where its segment is cabled to this host all the same, name it with --interface',
    ]);
    expect(segment.sent).toEqual([]);
  });

  test('of an address of this host itself', async () => {
    const { look, segment } = sceneOf();
    expect(await look({ address: '192.0.2.200' })).toMatchObject({
      reach: { kind: 'own', interface: 'eth0' },
      asked: 0,
      unseen: [
        '192.0.2.200 is an address of this host itself, on eth0: what is sent to it never reaches the wire',
      ],
    });
    expect(segment.opened).toBe(0);
  });

  test('where the kernel says that the interface is no Ethernet', async () => {
    const { look, segment } = sceneOf();
    segment.refusal = {
      refused: 'not-ethernet',
      says: 'eth0 is not Ethernet (hardware type 65534)',
    };
    expect(await look()).toMatchObject({
      asked: 0,
      unseen: ['eth0 is not Ethernet (hardware type 65534)'],
    });
    await expect(look({ interface: 'eth0' })).rejects.toThrow('not Ethernet');
  });
});

describe('without a raw socket', () => {
  const refusal = { refused: 'no-right', says: 'the capability CAP_NET_RAW is missing' } as const;
  const onlyTable =
    "the capability CAP_NET_RAW is missing, so only the kernel's neighbour table was read: it keeps one Ethernet address, and a second one that answers is not seen";

  const entry = (state: string, mac?: string): KernelNeighbour => {
    return { address: '192.0.2.9', interface: 'eth0', mac, state };
  };

  test('the kernel is made to ask, and its answer is told', async () => {
    let table: readonly KernelNeighbour[] = [];
    const { look, segment, clock } = sceneOf({ table: () => table });
    segment.refusal = refusal;
    clock.at(0, () => {
      table = [entry('INCOMPLETE')];
    });
    clock.at(300, () => {
      table = [entry('REACHABLE', node)];
    });
    expect(await look()).toMatchObject({
      method: 'neighbours',
      withoutSocket: 'no-right',
      asked: 3,
      answers: [{ mac: node, count: 1, firstMs: 400, lastMs: 400, unasked: false }],
      unseen: [onlyTable],
    });
  });

  test('nobody answers the kernel', async () => {
    const { look, segment } = sceneOf({ table: () => [entry('FAILED')] });
    segment.refusal = refusal;
    expect(await look()).toMatchObject({ asked: 3, answers: [], unseen: [onlyTable] });
  });

  test('nobody is cabled to the interface, and the silence of the kernel proves nothing', async () => {
    const interfaces = () => [{ ...eth0, hasCarrier: false }];
    const { look, segment } = sceneOf({ table: () => [entry('FAILED')], interfaces });
    segment.refusal = refusal;
    expect(await look()).toMatchObject({
      answers: [],
      gaps: ['no-carrier'],
      unseen: [onlyTable, 'eth0 has no carrier: nobody is cabled to it'],
    });
  });

  test('an old entry proves little', async () => {
    const { look, segment } = sceneOf({ table: () => [entry('STALE', node)] });
    segment.refusal = refusal;
    expect(await look()).toMatchObject({
      asked: 0,
      answers: [{ mac: node }],
      unseen: [onlyTable, "the kernel's entry is STALE: nobody has confirmed it lately"],
    });
  });

  test('a kernel without an entry is waited for, and then it is said', async () => {
    const { look, segment } = sceneOf();
    segment.refusal = refusal;
    expect(await look()).toMatchObject({
      asked: 0,
      windowMs: 3_600,
      unseen: [
        onlyTable,
        'the kernel shows no entry for the address: nobody knows whether it was asked for',
      ],
    });
  });
});

test('who asks whether an IPv6 address is free joins its group, and leaves it', async () => {
  const six: HostInterface = {
    ...eth0,
    addresses: [{ address: ip('2001:db8::200'), prefixLength: 64 }],
  };
  const { look, joined } = sceneOf({ interfaces: () => [six] });
  expect(await look({ address: '2001:db8::9', isProbe: true })).toMatchObject({
    method: 'ndp',
    asked: 3,
  });
  expect(joined).toEqual(['ff02::1:ff00:9 on eth0', 'left']);
});

describe('whether the address of the network itself is free', () => {
  const network = { address: '192.0.2.0', isProbe: true };

  test('is not asked: no machine should have it', async () => {
    await expect(sceneOf().look(network)).rejects.toThrow(
      '192.0.2.0 is the network address of 192.0.2.0/24 on eth0: it names the network, and no machine should have it',
    );
  });

  test('who has it may be asked, because newer kernels give it away', async () => {
    expect((await sceneOf().look({ ...network, isProbe: false })).address).toBe('192.0.2.0');
  });

  test('of a network of two either address may be', async () => {
    const pair = { ...eth0, addresses: [{ address: ip('192.0.2.1'), prefixLength: 31 }] };
    const { look } = sceneOf({ interfaces: () => [pair] });
    expect((await look(network)).address).toBe('192.0.2.0');
  });
});
