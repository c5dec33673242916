import { describe, expect, test } from 'vitest';
import type { ArpReport } from '../../../../src/core/facts/arp-report.ts';
import { arpMarkdown } from '../../../../src/core/report/answers/arp-markdown.ts';
import { arpText } from '../../../../src/core/report/answers/arp-text.ts';

const canvas = {
  width: 80,
  colour: false,
  unicode: true,
  verbose: false,
  wide: false,
  program: 'triage',
};

const report: ArpReport = {
  schemaVersion: 'triage.arp/v1',
  tool: { name: 'triage', version: '0.1.0' },
  command: 'arp',
  asks: 'who',
  verdict: 'several',
  exitCode: 1,
  headline: '2 Ethernet addresses claim 192.0.2.9: 02:00:5e:10:00:11, 02:00:5e:10:00:12',
  look: {
    address: '192.0.2.9',
    at: '2026-03-14T03:12:40.000Z',
    from: {
      host: 'laptop',
      interface: 'eth0',
      mac: '02:00:5e:10:00:01',
      why: '192.0.2.9 is in 192.0.2.0/24 of eth0',
      addresses: ['192.0.2.200/24'],
    },
    method: 'arp',
    windowMs: 2_000,
    asked: 3,
    answers: [
      { mac: '02:00:5e:10:00:11', count: 3, firstMs: 0.6, lastMs: 1_501.2, unasked: false },
      {
        mac: '02:00:5e:10:00:12',
        count: 1,
        firstMs: 300,
        lastMs: 300,
        unasked: true,
        sentBy: '02:00:5e:10:00:77',
      },
    ],
    probers: ['02:00:5e:10:00:55'],
    ignored: [{ why: 'sent to somebody else', count: 2 }],
    neighbours: [
      { address: '192.0.2.11', mac: '02:00:5e:10:00:11' },
      { address: '192.0.2.13', mac: '02:00:5e:10:00:13' },
    ],
    ports: [
      { protocol: 'TCP', port: 443, outcome: 'open', ms: 2 },
      { protocol: 'TCP', port: 80, outcome: 'refused', ms: 1, says: 'ECONNREFUSED' },
    ],
    unseen: ['77 frames came faster than they could be read'],
  },
  advice: [{ says: 'this once, as root', command: 'sudo triage arp 192.0.2.9' }],
  interrupted: false,
};

test('at a terminal of 80 columns', () => {
  expect(arpText(report, canvas)).toBe(`\
2 Ethernet addresses claim 192.0.2.9: 02:00:5e:10:00:11, 02:00:5e:10:00:12

who     02:00:5e:10:00:11  3 answers, 0.6 ms to 1.5 s
          also 192.0.2.11
        02:00:5e:10:00:12  1 announcement after 300 ms
          sent by 02:00:5e:10:00:77 on its behalf
beside  02:00:5e:10:00:13  192.0.2.13
ports   TCP 443  open after 2 ms
        TCP 80   refused (ECONNREFUSED) after 1 ms
asked   3 questions by ARP, listened for 2.0 s on eth0 (02:00:5e:10:00:01)
        192.0.2.9 is in 192.0.2.0/24 of eth0
unseen  77 frames came faster than they could be read
heard   02:00:5e:10:00:55 asked whether it is free
        2 frames not counted: sent to somebody else

do      this once, as root:
          sudo triage arp 192.0.2.9
`);
});

test('in a ticket', () => {
  expect(arpMarkdown(report)).toContain('### 2 Ethernet addresses claim 192.0.2.9');
  expect(arpMarkdown(report)).toContain('TCP 80   refused (ECONNREFUSED)');
});

describe('whatever the host and its interface are called', () => {
  const evil = '\u001b[2J\u202eevil\u200b';
  const acted = /[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u;
  const hostile: ArpReport = {
    ...report,
    headline: evil,
    look: {
      ...report.look,
      from: { ...report.look.from, host: evil, interface: evil, why: evil },
      unseen: [evil],
      neighbours: [{ address: evil, mac: '02:00:5e:10:00:11' }],
      ports: [{ protocol: 'TCP', port: 1, outcome: 'error', ms: 1, says: evil }],
    },
    advice: [{ says: evil, command: evil }],
  };

  test.each([20, 40, 80])('nothing of it reaches a terminal of %i columns', (width) => {
    expect(arpText(hostile, { ...canvas, width })).not.toMatch(acted);
  });

  test('nor a ticket', () => {
    expect(arpMarkdown(hostile)).not.toMatch(acted);
  });
});

test('what nobody could be asked about has no line on questions', () => {
  const look = { ...report.look, asked: 0, windowMs: 0, answers: [], ports: [], neighbours: [] };
  expect(arpText({ ...report, look }, canvas)).not.toContain('asked   ');
});

test('of many ways to the right that is missing only the first is shown, unless all are wanted', () => {
  const advice = ['this once', 'as yourself', 'for good', 'in a Pod'].map((says) => ({ says }));
  expect(arpText({ ...report, advice }, canvas)).toContain(`
do      this once
        3 more ways: -v
`);
  expect(arpText({ ...report, advice }, { ...canvas, verbose: true })).toContain('in a Pod');
});

test('who was asked beside it and keeps silent is told', () => {
  const silentBeside = [
    { address: '192.0.2.14', asked: true },
    { address: '198.51.100.7', asked: false },
  ];
  expect(arpText({ ...report, silentBeside }, canvas)).toContain(`
beside  02:00:5e:10:00:13  192.0.2.13
        nobody answers for 192.0.2.14
        198.51.100.7 was not asked: it is on no network of eth0
`);
});

test('a machine that answers twice, or not when it is asked alone, is told as such', () => {
  const answers = [
    {
      mac: '02:00:5e:10:00:13',
      count: 6,
      firstMs: 1,
      lastMs: 1_501,
      unasked: false,
      askedAlone: 'silent',
      isTwice: true,
    },
  ] as const;
  const told = arpText({ ...report, look: { ...report.look, answers } }, canvas);
  expect(told.replaceAll(/\s+/g, ' ')).toContain(
    '1.5 s also 192.0.2.13; silent when asked alone; answers each question twice',
  );
});
