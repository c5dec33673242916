import { describe, expect, test } from 'vitest';
import { failuresOn } from '../../../../src/checks/models/announcing/failures.ts';
import { announcersStanding } from '../../../../src/checks/announcers/announcers-standing.ts';
import { checkout, factsOf, lan, speakerPod, statusFrom } from './facts.ts';

const said = (event: string, at: string, more: Readonly<Record<string, string>> = {}) =>
  JSON.stringify({ event, ips: ['10.4.11.3'], protocol: 'bgp', level: 'info', ts: at, ...more });
const failed = (at: string) =>
  said('announceFailed', at, { error: 'cannot merge', level: 'error' });
const nodes = ['n1', 'n2', 'n3'].map((node) => speakerPod(node));

const heard = (...lines: readonly string[]) =>
  failuresOn(checkout, factsOf(lan.with('pods', ...nodes).withLog('speaker-n1', lines)));

describe('that an address could not be announced', () => {
  test('is told with the words of MetalLB', () => {
    expect(heard(failed('2026-03-14T03:00:00Z'))).toEqual([
      { node: 'n1', protocol: 'bgp', reason: 'cannot merge', announcedBefore: false },
    ]);
  });

  test('leaves what was sent before as it is', () => {
    const before = said('serviceAnnounced', '2026-03-14T02:00:00Z');
    expect(heard(before, failed('2026-03-14T03:00:00Z'))).toMatchObject([
      { announcedBefore: true },
    ]);
    const withdrawn = said('serviceWithdrawn', '2026-03-14T02:30:00Z');
    expect(heard(before, withdrawn, failed('2026-03-14T03:00:00Z'))).toMatchObject([
      { announcedBefore: false },
    ]);
  });

  test('is over once it was announced', () => {
    expect(
      heard(failed('2026-03-14T02:00:00Z'), said('serviceAnnounced', '2026-03-14T03:00:00Z')),
    ).toEqual([]);
  });
});

const winner =
  announcersStanding({ snapshot: lan.build(), service: undefined }).addresses[0]?.announcer ?? '';

describe('a withdrawal by the elected node', () => {
  const all = (...statuses: Parameters<typeof statusFrom>[0][]) =>
    announcersStanding({
      snapshot: lan
        .with('pods', ...nodes)
        .with('serviceL2Statuses', ...statuses.map((node) => statusFrom(node)))
        .withLog(`speaker-${winner}`, [
          said('serviceWithdrawn', '2026-03-14T01:00:00Z', {
            protocol: 'layer2',
            reason: 'notOwner',
          }),
        ])
        .build(),
      service: undefined,
    }).addresses.map(({ verdict, announcer }) => [verdict, announcer]);

  test('leaves the address to nobody', () => {
    expect(all()).toEqual([['nobody', undefined]]);
  });

  test('counts no more than a later status of the same speaker', () => {
    expect(all(winner)).toEqual([['announced', winner]]);
  });
});
