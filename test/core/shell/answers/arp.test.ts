import { describe, expect, test } from 'vitest';
import type { WireLook } from '../../../../src/core/facts/wire.ts';
import { askedAs } from '../../../../src/core/shell/answers/arp-advice.ts';
import { arpReport } from '../../../../src/core/shell/answers/arp.ts';
import { faultsOfSchema } from '../../../schemas/validate.ts';

const one = '02:00:5e:10:00:11';
const two = '02:00:5e:10:00:12';
const answer = { mac: one, count: 3, firstMs: 0.6, lastMs: 1_501, unasked: false };
const look: WireLook = {
  address: '192.0.2.9',
  at: '2026-03-14T03:12:40.000Z',
  from: {
    host: 'laptop',
    interface: 'eth0',
    mac: '02:00:5e:10:00:01',
    addresses: ['192.0.2.200/24'],
  },
  method: 'arp',
  reach: { kind: 'on-link' },
  windowMs: 2_000,
  asked: 3,
  answers: [answer],
  neighbours: [],
  ports: [],
  unseen: [],
};
const silent = { ...look, answers: [] };
const kernel: WireLook = { ...look, method: 'neighbours', withoutSocket: 'no-right' };

const about = { version: '0.1.0', stoppedBy: undefined };
const nodeAddresses = `kubectl get nodes -o jsonpath='{.items[*].status.addresses[?(@.type=="InternalIP")].address}' | tr ' ' '\\n'`;

const verdictOf = (seen: WireLook, free: boolean) => {
  const report = arpReport(seen, { free }, { version: '0.1.0', stoppedBy: undefined });
  expect(faultsOfSchema('arp.v1.schema.json', JSON.parse(JSON.stringify(report)))).toEqual([]);
  const { verdict, exitCode, headline } = report;
  return { verdict, exitCode, headline };
};

describe('who has it', () => {
  test.each<readonly [string, WireLook, string, number, string]>([
    ['one machine', look, 'one', 0, `192.0.2.9 is answered by ${one} alone`],
    [
      'two',
      { ...look, answers: [answer, { ...answer, mac: two }] },
      'several',
      1,
      `2 Ethernet addresses answer for 192.0.2.9: ${one}, ${two}`,
    ],
    [
      'one that answers and one that announces',
      { ...look, answers: [answer, { ...answer, mac: two, unasked: true }] },
      'several',
      1,
      `2 Ethernet addresses claim 192.0.2.9: ${one}, ${two}`,
    ],
    ['nobody', silent, 'nobody', 1, 'nobody answers for 192.0.2.9 on eth0'],
    [
      'silence that proves nothing',
      { ...silent, gaps: ['interface-down'] },
      'not-seen',
      3,
      'who answers for 192.0.2.9 could not be seen',
    ],
    [
      'only an announcement',
      { ...look, answers: [{ ...answer, unasked: true }] },
      'only-announced',
      1,
      `${one} announces 192.0.2.9 and does not answer when asked`,
    ],
    [
      'an announcement before the interface went',
      { ...look, answers: [{ ...answer, unasked: true }], gaps: ['interface-gone'] },
      'not-seen',
      3,
      `192.0.2.9 is known by ${one}; whether others answer too cannot be seen`,
    ],
    [
      'an answer before the interface went',
      { ...look, gaps: ['interface-gone'] },
      'one',
      0,
      `192.0.2.9 is answered by ${one} alone`,
    ],
    [
      "one in the kernel's table",
      kernel,
      'not-seen',
      3,
      `192.0.2.9 is known by ${one}; whether others answer too cannot be seen`,
    ],
    [
      'nobody answering the kernel',
      { ...kernel, answers: [] },
      'nobody',
      1,
      'nobody answers for 192.0.2.9 on eth0',
    ],
    [
      'behind a gateway',
      { ...silent, asked: 0, reach: { kind: 'routed', gateway: '192.0.2.1' } },
      'not-seen',
      3,
      '192.0.2.9 is on no network of this host: who answers for it cannot be seen from here',
    ],
  ])('%s', (_, seen, verdict, exitCode, headline) => {
    expect(verdictOf(seen, false)).toEqual({ verdict, exitCode, headline });
  });
});

describe('whether it is free', () => {
  test.each<readonly [string, WireLook, string, number, string]>([
    ['it is', silent, 'free', 0, '192.0.2.9 is not in use on eth0'],
    ['somebody answers', look, 'in-use', 1, `192.0.2.9 is in use: ${one} answered`],
    [
      'somebody announces it',
      { ...look, answers: [{ ...answer, unasked: true }] },
      'in-use',
      1,
      `192.0.2.9 is in use: ${one} announced it`,
    ],
    [
      'somebody else wants it',
      { ...silent, probers: [two] },
      'about-to-be-taken',
      1,
      `192.0.2.9 is about to be taken: ${two} asks for it too`,
    ],
    [
      'frames were lost',
      { ...silent, gaps: ['frames-lost'] },
      'not-seen',
      3,
      'who answers for 192.0.2.9 could not be seen',
    ],
    [
      'nobody answers the kernel',
      { ...kernel, answers: [] },
      'not-seen',
      3,
      'nobody answered the kernel for 192.0.2.9; whether it is free cannot be proven that way',
    ],
    ['the kernel was answered', kernel, 'in-use', 1, `192.0.2.9 is in use: ${one} answered`],
    [
      'the kernel has an old entry',
      { ...kernel, asked: 0 },
      'not-seen',
      3,
      `192.0.2.9 is known by ${one}; whether others answer too cannot be seen`,
    ],
  ])('%s', (_, seen, verdict, exitCode, headline) => {
    expect(verdictOf(seen, true)).toEqual({ verdict, exitCode, headline });
  });
});

test('stopped by Ctrl-C it says so, whatever it saw', () => {
  const report = arpReport(look, { free: false }, { version: '0.1.0', stoppedBy: 'SIGINT' });
  expect(report).toMatchObject({ exitCode: 130, interrupted: true, verdict: 'one' });
});

test('who lacks the right is told how to get it, with the command typed', () => {
  const typed = {
    free: false,
    interface: "it's",
    count: 5,
    window: 4_000,
    beside: ['192.0.2.11', '192.0.2.12'],
    port: ['80'],
  };
  const { advice } = arpReport(kernel, typed, about);
  expect(JSON.stringify(advice)).toContain('NET_RAW');
  expect(askedAs('192.0.2.9', typed)).toBe(
    `triage arp 192.0.2.9 --interface 'it'\\''s' --count 5 --window 4000ms --beside 192.0.2.11,192.0.2.12 --port 80`,
  );
  expect(askedAs('192.0.2.9', { free: true })).toBe('triage arp 192.0.2.9 --free');
});

test('who is on another segment is told where to ask', () => {
  const away = { ...silent, asked: 0, reach: { kind: 'unroutable' } } as const;
  const { advice } = arpReport(away, { free: false }, { version: '0.1.0', stoppedBy: undefined });
  expect(advice).toEqual([
    { says: 'ask from a Linux host on the segment of the address, such as a node' },
  ]);
});

test.each([
  ['two machines', { ...look, answers: [answer, { ...answer, mac: two }] }],
  ['nobody', silent],
])('where %s answered, the cluster and the nodes beside it are asked next', (_, seen) => {
  const { advice } = arpReport(seen, { free: false }, { version: '0.1.0', stoppedBy: undefined });
  expect(advice.map(({ command }) => command)).toEqual([
    'triage announcers -v | grep -wF 192.0.2.9',
    `triage arp 192.0.2.9 --beside "$(${nodeAddresses} | grep -v : | paste -sd, -)"`,
  ]);
});

test('the addresses of the nodes are looked up in the family that is asked for', () => {
  const asked = { free: false, interface: 'eth1', count: 5 };
  const { advice } = arpReport({ ...silent, address: '2001:db8::9' }, asked, about);
  expect(advice.map(({ command }) => command)).toEqual([
    'triage announcers -v | grep -wF 2001:db8::9',
    `triage arp 2001:db8::9 --interface eth1 --count 5 --beside "$(${nodeAddresses} | grep : | paste -sd, -)"`,
  ]);
});

test('neighbours that were asked for and keep silent are named, and not advised again', () => {
  const seen = {
    ...look,
    asked: 3,
    answers: [],
    from: { ...look.from, addresses: ['192.0.2.200/24'] },
    neighbours: [{ address: '192.0.2.11', mac: '02:00:5e:10:00:11' }],
  };
  const beside = ['192.0.2.11', '192.0.2.12', '198.51.100.7'];
  const { silentBeside, advice } = arpReport(
    seen,
    { free: false, beside },
    { version: '0.1.0', stoppedBy: undefined },
  );
  expect(silentBeside).toEqual([
    { address: '192.0.2.12', asked: true },
    { address: '198.51.100.7', asked: false },
  ]);
  expect(advice.map(({ command }) => command)).toEqual([
    'triage announcers -v | grep -wF 192.0.2.9',
  ]);
});

test('an address of this host itself cannot answer on the wire, and is no silent neighbour', () => {
  const from = {
    ...look.from,
    addresses: ['192.0.2.200/24'],
    interfaces: [{ name: 'eth1', addresses: ['10.0.0.5/8'] }],
  };
  const wish = { free: false, beside: ['192.0.2.200', '10.0.0.5', '192.0.2.12'] };
  const { silentBeside } = arpReport({ ...look, from }, wish, {
    version: '0.1.0',
    stoppedBy: undefined,
  });
  expect(silentBeside).toEqual([{ address: '192.0.2.12', asked: true }]);
});
