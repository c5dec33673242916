import { expect, test } from 'vitest';
import { anEvent, anL2Advertisement } from '../../builders/some-objects.ts';
import { verdictOf } from '../case.ts';
import { announced, said } from '../layer2-scenes.ts';

const unheard = announced.with(
  'l2Advertisements',
  anL2Advertisement('all', { interfaces: ['eth9'] }),
);
const failed = anEvent({ kind: 'Service', namespace: 'shop', name: 'search' }, 'announceFailed', {
  message:
    'the interfaces specified by LB IP "10.0.0.100" doesn\'t exist in assigned node "n1" with protocol "layer2"',
  at: '2026-03-14T03:00:00Z',
});

test('an event tells of it where the logs of the speakers were not read', () => {
  const verdict = verdictOf('MLB-L25', unheard.with('events', failed), undefined);
  expect(verdict.verdict === 'fail' && verdict.findings.map(({ says }) => says)).toEqual([
    'n1 is elected and has no interface eth9, so nobody answers for 10.0.0.100 of shop/search',
  ]);
});

test('without an event and without logs nothing tells', () => {
  expect(verdictOf('MLB-L25', unheard, undefined)).toMatchObject({
    verdict: 'skipped',
    why: 'the logs of the speakers were not read',
  });
});

test('a log of which the beginning is cut off does not say which responders there are', () => {
  const responder = (ts: string) => said({ ts, event: 'createARPResponder', interface: 'cali9' });
  const named = unheard.with(
    'l2Advertisements',
    anL2Advertisement('all', { interfaces: ['eth0'] }),
  );
  const verdictAt = (time: string) =>
    verdictOf('MLB-L25', named.withLog('speaker-n1', [responder(time)]), undefined).verdict;
  // the speakers run since 2026-03-10T00:00:00Z
  expect(verdictAt('2026-03-10T00:00:04Z')).toBe('fail');
  expect(verdictAt('2026-03-14T03:00:00Z')).toBe('pass');
});
