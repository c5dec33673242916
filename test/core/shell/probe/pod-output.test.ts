import { describe, expect, test } from 'vitest';
import { looksFrom } from '../../../../src/core/shell/probe/pod-output.ts';
import type { WireQuestion } from '../../../../src/core/facts/wire-port.ts';
import { aLook, anAnswer } from '../../../builders/a-look.ts';

const question: WireQuestion = {
  address: '192.0.2.100',
  interface: undefined,
  windowMs: 2_000,
  questions: 3,
  ports: [
    { protocol: 'TCP', port: 80 },
    { protocol: 'HTTP', port: 80 },
    { protocol: 'HTTPS', port: 443 },
  ],
  portTimeoutMs: 3_000,
  neighbours: ['192.0.2.11', '192.0.2.12', '192.0.2.13'],
};
const at = '2026-03-14T03:12:30Z';
const mark = '@@5ec2e7';
const asked = { node: 'node2', at, mark, questions: [question] };

const device = [
  '@@ host node2',
  '@@ address 192.0.2.100',
  '@@ route',
  '192.0.2.100 dev eth0  src 192.0.2.12 ',
  '@@ device eth0',
  '2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue qlen 1000',
  '    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff',
  '    inet 192.0.2.12/24 scope global eth0',
  '    inet6 2001:db8::12/64 scope global ',
];
const arping = [
  '@@ arping',
  'ARPING 192.0.2.100 from 192.0.2.12 eth0',
  'Unicast reply from 192.0.2.100 [02:00:00:00:00:01] 0.065ms',
  'Unicast reply from 192.0.2.100 [52:54:00:AB:CD:EF] 0.120ms',
  'Unicast reply from 192.0.2.100 [02:00:00:00:00:01] 0.065ms',
  'Sent 3 probe(s) (3 broadcast(s))',
];
const around = [
  '@@ neighbours',
  'ARPING 192.0.2.11 from 192.0.2.12 eth0',
  'Unicast reply from 192.0.2.11 [02:00:00:00:00:01] 0.065ms',
  '@@ table',
  '192.0.2.11 dev eth0 lladdr 02:00:00:00:00:99 ref 1 used 0/0/0 probes 1 STALE',
  '192.0.2.13 dev eth0 lladdr 02:00:00:00:00:03 REACHABLE',
  '192.0.2.13 dev eth1 lladdr 02:00:00:00:01:03 STALE',
  '192.0.2.77 dev eth0 lladdr 02:00:00:00:00:77 REACHABLE',
  '192.0.2.12 dev eth0  FAILED',
];
const ports = [
  '@@ port TCP 80',
  'exit 0',
  '@@ port HTTP 80',
  '> HTTP/1.1 503 Service Unavailable',
  'exit 0',
];
const printed = (...lines: readonly (readonly string[])[]) =>
  [...lines.flat(), '@@ end', ''].join('\n').replaceAll(/^@@ /gm, `${mark} `);

describe('the interfaces of the node', () => {
  const interfacesIn = (...lines: readonly string[]) =>
    looksFrom(printed(device, ['@@ interfaces', ...lines], arping), asked)?.[0]?.from.interfaces;

  test('are those that have an address, whichever program `ip` it is', () => {
    expect(
      interfacesIn(
        '1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever',
        '2: eth0    inet 192.0.2.12/24 brd 192.0.2.255 scope global eth0\\       valid_lft forever',
        '2: eth0    inet6 2001:db8::12/64 scope global \\       valid_lft forever',
        '14: vlan20@eth0    inet 198.51.100.12/26 scope global vlan20',
      ),
    ).toEqual([
      { name: 'eth0', addresses: ['192.0.2.12/24', '2001:db8::12/64'] },
      { name: 'vlan20', addresses: ['198.51.100.12/26'] },
    ]);
  });

  test('are not told where `ip` refuses, nor where some may be cut off', () => {
    expect(interfacesIn("ip: can't send: Operation not permitted")).toBeUndefined();
    expect(interfacesIn()).toBeUndefined();
    const many = Array.from({ length: 200 }, () => '2: eth0    inet 192.0.2.12/24 brd 192.0.2.255');
    expect(interfacesIn(...many)).toBeUndefined();
    expect(interfacesIn(...many.slice(1))).toHaveLength(1);
  });
});

describe('what busybox printed', () => {
  test('every answer, the neighbours that were asked, and the ports', () => {
    expect(looksFrom(printed(device, arping, around, ports), asked)).toEqual([
      {
        address: '192.0.2.100',
        at,
        from: {
          host: 'node2',
          node: 'node2',
          interface: 'eth0',
          mac: '02:00:00:00:00:02',
          addresses: ['192.0.2.12/24', '2001:db8::12/64'],
        },
        method: 'arp',
        reach: { kind: 'on-link' },
        windowMs: 4_000,
        asked: 3,
        answers: [
          {
            mac: '02:00:00:00:00:01',
            count: 2,
            firstMs: 0.065,
            lastMs: 1_000.065,
            unasked: false,
          },
          {
            mac: '52:54:00:ab:cd:ef',
            count: 1,
            firstMs: 0.12,
            lastMs: 0.12,
            unasked: false,
          },
        ],
        neighbours: [
          { address: '192.0.2.11', mac: '02:00:00:00:00:01' },
          { address: '192.0.2.13', mac: '02:00:00:00:00:03' },
          { address: '192.0.2.13', mac: '02:00:00:00:01:03' },
        ],
        ports: [
          { protocol: 'TCP', port: 80, outcome: 'open', ms: 0 },
          { protocol: 'HTTP', port: 80, outcome: 'open', ms: 0, says: 'HTTP 503' },
        ],
        unseen: [
          'without triage in the image only arping asked: announcements that nobody asked for were not heard',
          'HTTPS and UDP are not tried from a node',
        ],
      },
    ]);
  });

  test.each([
    ['nc: 192.0.2.100 (192.0.2.100:80): Connection refused', 'refused'],
    ['nc: 192.0.2.100 (192.0.2.100:80): Connection timed out', 'timeout'],
    ['nc: timed out', 'timeout'],
    ['nc: 192.0.2.100 (192.0.2.100:80): No route to host', 'unreachable'],
    ['nc: 192.0.2.100 (192.0.2.100:80): Network is unreachable', 'unreachable'],
    ['sh: nc: not found', 'error'],
  ])('%s: %s', (words, outcome) => {
    const [look] = looksFrom(printed(device, ['@@ port TCP 80', words, 'exit 1']), asked) ?? [];
    expect(look?.ports.map((each) => each.outcome)).toEqual([outcome]);
  });

  test.each([
    [['exit 0'], 'timeout'],
    [["nc: can't connect to remote host (192.0.2.100): Connection refused", 'exit 0'], 'refused'],
    [['> SSH-2.0-OpenSSH_9.2', 'exit 0'], 'error'],
    [['> HTTP/1.0 200 OK', 'exit 0'], 'open'],
    [['> nc: Connection refused', 'exit 0'], 'error'],
  ])('an HTTP request that was answered with %j came to %s', (lines, outcome) => {
    const [look] = looksFrom(printed(device, ['@@ port HTTP 80', ...lines]), asked) ?? [];
    expect(look?.ports.map((each) => each.outcome)).toEqual([outcome]);
  });

  test('without arping nothing was asked, and it says so', () => {
    const [look] =
      looksFrom(printed(device, ['@@ arping', 'sh: arping: not found'], around), asked) ?? [];
    expect(look).toMatchObject({ method: 'neighbours', asked: 0, answers: [] });
    expect(look?.unseen).toContain('nobody could be asked by ARP: sh: arping: not found');
  });

  test.each([
    [
      '192.0.2.100 via 192.0.2.254 dev eth0  src 192.0.2.12 ',
      { kind: 'routed', gateway: '192.0.2.254' },
    ],
    ['local 192.0.2.100 dev lo  src 192.0.2.100 ', { kind: 'own', interface: 'lo' }],
    ['RTNETLINK answers: Network is unreachable', { kind: 'unroutable' }],
  ])('%s', (line, reach) => {
    const [look] =
      looksFrom(printed(['@@ address 192.0.2.100', '@@ route', line, '@@ device eth0']), asked) ??
      [];
    expect(look?.reach).toEqual(reach);
  });
});

describe('what triage printed', () => {
  const inside = aLook('192.0.2.100', { answers: [anAnswer('02:00:00:00:00:01')], neighbours: [] });
  const report = [
    '@@ triage',
    'note: a word before it',
    ...JSON.stringify({ look: inside }, null, 2).split('\n'),
  ];

  test('is taken as it is, with the node and the neighbours of the script', () => {
    const [look] = looksFrom(printed(device, report, around, ports), asked) ?? [];
    expect(look).toMatchObject({
      answers: inside.answers,
      from: { node: 'node2', host: 'laptop' },
      neighbours: [{ address: '192.0.2.11' }, { address: '192.0.2.13' }, { address: '192.0.2.13' }],
      ports: [{ protocol: 'TCP' }, { protocol: 'HTTP' }],
      unseen: ['HTTPS and UDP are not tried from a node'],
    });
  });

  test('what nobody was to try is told of either', () => {
    const leftOut = ['SCTP is not tried: port 36412'];
    const wanted = { ...asked, questions: [{ ...question, ports: [], leftOut }] };
    const unseenIn = (...lines: readonly (readonly string[])[]) =>
      looksFrom(printed(device, ...lines), wanted)?.[0]?.unseen;
    expect(unseenIn(report)).toEqual(leftOut);
    expect(unseenIn(arping)).toContain('SCTP is not tried: port 36412');
  });

  test('garbage in its place falls back to the rest', () => {
    const [look] = looksFrom(printed(device, ['@@ triage', '{"look": '], arping), asked) ?? [];
    expect(look?.answers).toHaveLength(2);
  });
});

test('what the holder of the address sends opens no port, nor ends the output', () => {
  const forged = ['@@ port HTTP 80', '> @@ port TCP 8443', '> exit 0', 'exit 0'];
  const [look] = looksFrom(printed(device, forged), asked) ?? [];
  expect(look?.ports.map(({ protocol, port, outcome }) => [protocol, port, outcome])).toEqual([
    ['HTTP', 80, 'error'],
  ]);
  const guessed = [...device, '@@ port HTTP 80', '@@ port TCP 8443', 'exit 0', '@@ end'];
  expect(looksFrom(guessed.join('\n'), asked)).toBe(undefined);
});

test('output without its end is no look at all', () => {
  expect(looksFrom([...device, ...arping].join('\n'), asked)).toBe(undefined);
  expect(looksFrom('', asked)).toBe(undefined);
});
