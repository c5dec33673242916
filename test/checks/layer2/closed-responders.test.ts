import { expect, test } from 'vitest';
import { anL2Advertisement } from '../../builders/some-objects.ts';
import { serviceIn, told, verdictOf } from '../case.ts';
import { announced } from '../layer2-scenes.ts';

const line = (event: string, name: string, ts: string) =>
  JSON.stringify({ level: 'info', event, interface: name, ts, msg: event });
const started = JSON.stringify({ level: 'info', msg: 'MetalLB speaker starting version 0.16.1' });
const opened = (name: string, ts = '2026-03-01T00:00:02Z') => line('createARPResponder', name, ts);
const closed = (name: string, ts = '2026-03-14T03:00:00Z') => line('deleteARPResponder', name, ts);

function saidOf(lines: readonly string[], cluster = announced) {
  const builder = cluster.withLog('speaker-n1', lines);
  const found = told(verdictOf('MLB-L28', builder, serviceIn(builder.build(), 'shop/search')));
  return Array.isArray(found)
    ? found.map(({ severity, says }) => `${severity}: ${says}`)
    : found.verdict;
}

const closedOn = (name: string) => [
  `error: the speaker on n1 closed its responder on ${name} 12 min ago, and answers on no interface since`,
];

test('a speaker that closed its only responder answers nobody', () => {
  expect(
    saidOf([started, opened('eth0'), opened('veth1'), closed('eth0'), closed('veth1')]),
  ).toEqual(closedOn('eth0'));
});

test('one that opened it again, or has another, may answer', () => {
  expect(
    saidOf([started, opened('eth0'), closed('eth0'), opened('eth0', '2026-03-14T03:01:00Z')]),
  ).toBe('pass');
  expect(saidOf([started, opened('eth0'), opened('eth1'), closed('eth0')])).toBe('pass');
});

test('a log without its beginning may lack the responders that are open', () => {
  expect(saidOf([closed('eth0')])).toBe('pass');
  expect(saidOf([started, opened('veth1'), closed('veth1')])).toBe('pass');
});

test('of an advertisement that names interfaces only those count', () => {
  const named = announced.with(
    'l2Advertisements',
    anL2Advertisement('all', { interfaces: ['eth1'] }),
  );
  expect(saidOf([closed('eth0')], named)).toBe('pass');
  expect(saidOf([closed('eth1')], named)).toEqual(closedOn('eth1'));
});
