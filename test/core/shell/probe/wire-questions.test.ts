import { expect, test } from 'vitest';
import { looksOf } from '../../../../src/core/shell/probe/probing.ts';
import {
  announcersFirst,
  wireQuestions,
  withNode,
} from '../../../../src/core/shell/probe/wire-questions.ts';
import type { WireProber } from '../../../../src/core/facts/wire-port.ts';
import { aLook } from '../../../builders/a-look.ts';
import { aService } from '../../../builders/a-service.ts';
import { aNode } from '../../../builders/some-objects.ts';

const flags = { interface: undefined, count: 3, http: undefined, udp: false };
const nodes = [aNode('n1', '10.0.0.1'), aNode('n2', 'fd00::2'), aNode('n3', 'no address')];
const ports = [
  80,
  { name: 'https-admin', protocol: 'TCP', port: 9443 },
  { protocol: 'UDP', port: 53 },
  { protocol: 'SCTP', port: 36_412 },
];

test('each address is asked for, with the nodes of its family beside it', () => {
  const service = aService('shop/web', {
    ip: ['10.4.11.10', 'fd00::10', '10.4.11.10'],
    ports: [80],
  });
  expect(wireQuestions(service, nodes, flags)).toEqual([
    {
      address: '10.4.11.10',
      interface: undefined,
      windowMs: 2_000,
      questions: 3,
      ports: [{ protocol: 'TCP', port: 80 }],
      portTimeoutMs: 4_000,
      neighbours: ['10.0.0.1'],
    },
    expect.objectContaining({ address: 'fd00::10', neighbours: ['fd00::2'] }),
  ]);
});

test.each([
  [{}, ['TCP 80', 'TCP 9443']],
  [{ udp: true }, ['TCP 80', 'TCP 9443', 'UDP 53']],
  [{ http: '/ready' }, ['TCP 80', 'HTTP 80 /ready', 'TCP 9443', 'HTTPS 9443 /ready']],
])('%j tries %j', (more, tried) => {
  const [question] = wireQuestions(aService('shop/web', { ip: '10.4.11.10', ports }), nodes, {
    ...flags,
    ...more,
  });
  const words = question?.ports.map(({ protocol, port, path }) =>
    [protocol, port, path].filter(Boolean).join(' '),
  );
  expect(words).toEqual(tried);
});

test('ports that nobody tries are named, and so is that there are too many', () => {
  const many = Array.from({ length: 70 }, (_, index) => 8_000 + index);
  const service = aService('shop/web', {
    ip: '10.4.11.10',
    ports: [...many, { protocol: 'SCTP', port: 36_412 }],
  });
  const [question] = wireQuestions(service, nodes, flags);
  expect(question?.ports).toHaveLength(64);
  expect(question?.leftOut).toEqual([
    'SCTP is not tried: port 36412',
    'of 70 attempts at ports only the first 64 were made',
  ]);
});

test('of many nodes a few are asked, and those that may announce come first', () => {
  const many = Array.from({ length: 400 }, (_, index) =>
    aNode(`n${index}`, `10.0.${index >> 8}.${index & 255}`),
  );
  const service = aService('shop/web', { ip: '10.4.11.10' });
  const inOrder = announcersFirst(many, ['n399', 'n398']);
  const [question] = wireQuestions(service, inOrder, flags);
  expect(question?.neighbours).toHaveLength(100);
  expect(question?.neighbours.slice(0, 3)).toEqual(['10.0.1.143', '10.0.1.142', '10.0.0.0']);
});

test('a Service without an address has nothing to be asked', () => {
  expect(wireQuestions(aService('shop/web'), nodes, flags)).toEqual([]);
});

test('a host with the address of a node is that node', () => {
  const from = { ...aLook('10.4.11.10').from, addresses: ['10.0.0.1/24'] };
  expect(withNode(aLook('10.4.11.10', { from }), nodes).from.node).toBe('n1');
  expect(withNode(aLook('10.4.11.10'), nodes).from.node).toBe(undefined);
});

test('one address is asked for after the other, until somebody stops it', async () => {
  const stop = new AbortController();
  const asked: string[] = [];
  const prober: WireProber = {
    look: async ({ address }) => {
      asked.push(address);
      stop.abort();
      return aLook(address);
    },
  };
  const service = aService('shop/web', { ip: ['10.4.11.10', '10.4.11.11'] });
  const titles: string[] = [];
  const looks = await looksOf(prober, wireQuestions(service, nodes, flags), {
    narrate: (title, work) => {
      titles.push(title);
      return work();
    },
    signal: stop.signal,
  });
  expect(looks).toEqual([aLook('10.4.11.10')]);
  expect([asked, titles]).toEqual([['10.4.11.10'], ['asking who has 10.4.11.10']]);
});
