import { describe, expect, test } from 'vitest';
import { bugs } from '../../../src/checks/bugs/index.ts';
import { matchBugs } from '../../../src/checks/bugs/match-bugs.ts';
import { causeOf } from '../../../src/checks/causes.ts';
import { diagnose } from '../../../src/checks/diagnose.ts';
import { materialFrom } from '../../../src/core/diagnosis/material.ts';
import type { KnownBugMatch } from '../../../src/core/facts/finding.ts';
import type { Reading } from '../../../src/core/facts/reading.ts';
import type { FactName, Snapshot } from '../../../src/core/facts/snapshot.ts';
import { compareReleases } from '../../../src/core/metallb/releases.ts';
import type { SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { checks } from '../../../src/checks/index.ts';
import { aService } from '../../builders/a-service.ts';
import { aNode, aPool } from '../../builders/some-objects.ts';
import { serviceIn } from '../case.ts';
import { bugCases, running } from './bug-cases.ts';

const excluded = { 'node.kubernetes.io/exclude-from-external-load-balancers': '' };

function matchesIn(snapshot: Snapshot) {
  const materials = [materialFrom(snapshot)];
  return matchBugs({ materials, subject: undefined, rootCauses: [], isPartial: false });
}

function matchOf(bug: string, builder: SnapshotBuilder): KnownBugMatch | undefined {
  return matchesIn(builder.build()).knownBugs.find((match) => match.bug === bug);
}

const denied = { state: 'forbidden', verb: 'list', resource: 'denied' } as const;

/** The snapshot with one kind of fact denied, logs included. */
function withoutRight(key: string, snapshot: Snapshot): Snapshot {
  if (key === 'controllerLogs' || key === 'speakerLogs') {
    const program = key === 'controllerLogs' ? 'controller' : 'speaker';
    const lines: Reading<string> = { ...denied, verb: 'get' };
    const logs = snapshot.logs.map((each) =>
      each.container === program ? { ...each, lines } : each,
    );
    return { ...snapshot, logs };
  }
  const readings = { ...snapshot.readings, [key as FactName]: denied };
  return { ...snapshot, readings };
}

describe.each(bugCases)('$bug: $says', ({ bug, sick, clean, says, about }) => {
  const listed = bugs.find((each) => each.bug === bug);

  test('is said of the sick cluster, with evidence that resolves', () => {
    const match = matchOf(bug, sick);
    const { evidence } = matchesIn(sick.build());
    expect([match?.says, match?.about?.name]).toEqual([says, about]);
    expect(match?.because.length).toBeGreaterThan(0);
    expect(match?.because.filter((id) => evidence[id] === undefined)).toEqual([]);
  });

  test('is not said of its twin of the same release', () => {
    expect(matchOf(bug, clean)).toBeUndefined();
  });

  test('neither shows nor breaks where a needed right is missing, or the release is not known', () => {
    const snapshot = sick.build();
    for (const key of listed?.needs ?? []) {
      expect([
        key,
        matchesIn(withoutRight(key, snapshot)).knownBugs.map((each) => each.bug),
      ]).toEqual([key, expect.not.arrayContaining([bug])]);
    }
    const strange = { controllerVersion: 'main', speakerVersion: 'main' };
    expect(matchOf(bug, sick.withInstallation(strange))).toBeUndefined();
  });
});

test.each(bugCases.filter(({ without }) => without !== undefined))(
  '$bug is not said of $without',
  ({ bug, sick, without = '' }) => {
    const other = sick.withInstallation({ controllerVersion: without, speakerVersion: without });
    expect(matchOf(bug, other)).toBeUndefined();
  },
);

describe('the catalogue of bugs', () => {
  test('has a case for each entry and an entry for each case', () => {
    const listed = bugs.map(({ bug }) => bug).toSorted();
    expect([...new Set(bugCases.map(({ bug }) => bug))].toSorted()).toEqual(listed);
    expect(listed.length).toBeGreaterThanOrEqual(30);
    expect(new Set(listed).size).toBe(listed.length);
  });

  test('names causes there are, numbers, and spans that run forward', () => {
    for (const { bug, related, since, fixedIn, accountsFor, needs, ...story } of bugs) {
      expect([bug, ...related].filter((each) => !/^[\w/-]+#\d+$/.test(each))).toEqual([]);
      expect(accountsFor.filter((cause) => causeOf(cause) === undefined)).toEqual([]);
      expect(compareReleases(since ?? 'v0.0.0', fixedIn ?? 'v9.0.0')).toBeLessThan(0);
      expect(needs.length, bug).toBeGreaterThan(0);
      expect(Object.values(story).filter((text) => text === '')).toEqual([]);
    }
  });

  test('says nothing of a healthy cluster of any release', () => {
    for (const version of ['v0.13.12', 'v0.14.9', 'v0.15.3', 'v0.16.1', 'v0.16.2', 'v1.0.0']) {
      expect([version, matchesIn(running(version).build()).knownBugs]).toEqual([version, []]);
    }
  });

  test('says nothing of releases beyond all knowledge', () => {
    const open = bugCases.find(({ bug }) => bug === 'metallb#2635');
    expect(
      open && matchOf(open.bug, open.sick.withInstallation({ speakerVersion: 'v0.99.0' })),
    ).toBeUndefined();
  });
});

describe('in an answer', () => {
  test('a costly bug makes a healthy cluster one with warnings and no root cause', () => {
    const snapshot = bugCases.find(({ bug }) => bug === 'metallb#2470')?.sick.build();
    if (snapshot === undefined) {
      throw new Error('there is such a case');
    }
    const diagnosis = diagnose({ symptom: 'health', snapshot, subject: undefined });
    expect([diagnosis.outcome, diagnosis.rootCauses, diagnosis.headline, diagnosis.next]).toEqual([
      'warnings',
      [],
      'nothing fails, but this release has a known fault that shows here: n1 of 2 nodes is cordoned and announces nothing with this release',
      ['triage explain metallb#2470'],
    ]);
  });

  test('a misleading one leaves it healthy', () => {
    const snapshot = bugCases.find(({ bug }) => bug === 'metallb#2626')?.sick.build();
    const diagnosis = snapshot && diagnose({ symptom: 'health', snapshot, subject: undefined });
    expect([diagnosis?.outcome, diagnosis?.knownBugs.map(({ bug }) => bug)]).toEqual([
      'healthy',
      ['metallb#2626'],
    ]);
  });

  test('a bug behind a found cause is attached to it', () => {
    const snapshot = bugCases.find(({ bug }) => bug === 'metallb#1774')?.sick.build();
    const diagnosis = snapshot && diagnose({ symptom: 'health', snapshot, subject: undefined });
    expect(diagnosis?.rootCauses[0]?.cause).toBe('duplicate-address');
    expect(diagnosis?.knownBugs[0]).toMatchObject({
      bug: 'metallb#1774',
      accountsFor: 'duplicate-address',
      versions: 'before v0.14.2',
      fixedIn: 'v0.14.2',
    });
  });

  test('beside a question about one Service stands what shows on it or explains it, and nothing else', () => {
    const cluster = running('v0.13.7')
      .withPool(aPool('lan', '192.0.2.0/29'))
      .with('nodes', aNode('n1', '10.0.0.1', excluded))
      .withService(aService('shop/web'), aService('shop/api'));
    const snapshot = cluster.build();
    const subject = serviceIn(snapshot, 'shop/web');
    const { knownBugs } = diagnose({ symptom: 'pending', snapshot, subject });
    expect(knownBugs.map(({ bug, about }) => [bug, about?.name])).toEqual([
      ['metallb#1586', 'web'],
    ]);
  });

  test('who asked some checks only is told of bugs behind what they found, and of no others', () => {
    const snapshot = running('v0.13.7')
      .with('nodes', aNode('n1', '10.0.0.1', excluded))
      .withService(
        aService('shop/web', { ip: '192.0.2.1' }),
        aService('shop/api', { ip: '192.0.2.1' }),
      )
      .build();
    const asked = (causes: readonly string[]) =>
      diagnose({
        symptom: 'health',
        snapshot,
        subject: undefined,
        checks: checks.filter((check) => check.causes.some((cause) => causes.includes(cause))),
      }).knownBugs.map(({ bug }) => bug);
    expect(asked(['duplicate-address'])).toEqual(['metallb#1774']);
    expect(asked(['no-pool'])).toEqual([]);
  });

  test('addresses that another product wrote strand no pools: MetalLB never gave them', () => {
    const cluster = running('v0.13.7').withPool(aPool('lan', '192.0.2.0/24'));
    const stray = aService('shop/web', { ip: '10.0.0.77' });
    const written = aService('shop/api', { ip: '198.51.100.7', writer: 'cilium-operator' });
    expect(matchOf('metallb#660', cluster.withService(stray))).toBeDefined();
    expect(
      matchOf('metallb#660', cluster.with('nodes', aNode('n7', '10.0.0.77')).withService(stray)),
    ).toBeUndefined();
    expect(matchOf('metallb#660', cluster.withService(written))).toBeUndefined();
  });

  test('a restart of v0.12 waits for all Services before it gives anything (#2443)', () => {
    const full = (version: string) =>
      running(version)
        .withPool(aPool('tiny', '192.0.2.0/32'))
        .withService(aService('shop/web', { ip: '192.0.2.0' }), aService('shop/api'));
    expect(matchOf('metallb#1984', full('v0.13.12'))).toBeDefined();
    expect(matchOf('metallb#1984', full('v0.12.1'))).toBeUndefined();
  });

  test('every cited evidence stands in the answer, sorted', () => {
    for (const { sick } of bugCases) {
      const diagnosis = diagnose({ symptom: 'health', snapshot: sick.build(), subject: undefined });
      const ids = Object.keys(diagnosis.evidence);
      expect(ids).toEqual(ids.toSorted());
      expect(
        diagnosis.knownBugs.flatMap(({ because }) => because).filter((id) => !ids.includes(id)),
      ).toEqual([]);
    }
  });
});
