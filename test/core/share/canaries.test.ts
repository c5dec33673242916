import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ObjectMeta } from '../../../src/core/facts/kube-objects.ts';
import type { Reading } from '../../../src/core/facts/reading.ts';
import type { Snapshot } from '../../../src/core/facts/snapshot.ts';
import { shareSnapshot } from '../../../src/core/share/share-snapshot.ts';
import { isKnownWord } from '../../../src/core/share/word-plan.ts';
import { snapshotOf } from '../../incidents-at-hand.ts';

function withMetadata<T extends { readonly metadata: ObjectMeta }>(
  reading: Reading<T>,
  change: (metadata: ObjectMeta) => Partial<ObjectMeta>,
): Reading<T> {
  return reading.state !== 'read'
    ? reading
    : {
        ...reading,
        items: reading.items.map((item) => ({
          ...item,
          metadata: { ...item.metadata, ...change(item.metadata) },
        })),
      };
}

/** The canary wherever a person, an operator or a program may have put it. */
function planted(snapshot: Snapshot, canary: string): Snapshot {
  const { readings, logs, target } = snapshot;
  const annotated = ({ annotations, labels }: ObjectMeta) => ({
    annotations: {
      ...annotations,
      'example.org/owner': canary,
      'metallb.io/note': `call ${canary} first`,
      [`${canary}/x`]: 'yes',
      json: JSON.stringify({ password: canary, nested: JSON.stringify([canary]) }),
    },
    labels: { ...labels, team: canary },
  });
  const lines = [
    JSON.stringify({ level: 'error', error: `peer ${canary}: refused`, [canary]: 1 }),
    JSON.stringify({ msg: escapedFully(canary) }).replaceAll('\\\\', '\\'),
    `level=error password=${canary} url=https://user:${canary}@${canary}/path?q=${canary}`,
    `panic: "${escapedFully(canary)}" and ${encodeURIComponent(canary)}`,
  ];
  return {
    ...snapshot,
    target: {
      ...target,
      context: canary,
      server: `${canary}:6443`,
      identity: canary,
      flags: [{ name: 'kubeconfig', value: `/home/${canary}/.kube/config` }],
    },
    notices: [`the file ${canary} was skipped`],
    readings: {
      ...readings,
      services: withMetadata(readings.services, annotated),
      ipAddressPools: withMetadata(readings.ipAddressPools, annotated),
      nodes: withMetadata(readings.nodes, ({ labels }) => ({
        labels: { ...labels, 'kubernetes.io/hostname': canary },
      })),
      events:
        readings.events.state !== 'read'
          ? readings.events
          : {
              ...readings.events,
              items: readings.events.items.map((item) => ({
                ...item,
                message: `${item.message} (${canary})`,
              })),
            },
    },
    logs: logs.map((excerpt) =>
      excerpt.lines.state === 'read'
        ? {
            ...excerpt,
            lines: { ...excerpt.lines, items: [...excerpt.lines.items, ...lines] },
          }
        : excerpt,
    ),
  };
}

function noReadings({ readings }: Snapshot): Snapshot['readings'] {
  const entries = Object.keys(readings).map((fact) => [fact, { state: 'absent' }]);
  return Object.fromEntries(entries) as Snapshot['readings'];
}

function escapedFully(text: string): string {
  return Array.from(
    text,
    (letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** The parts of a canary that would give it away. */
function partsOf(canary: string): readonly string[] {
  return (canary.match(/[\p{L}\p{N}]+/gu) ?? []).filter((part) => !isKnownWord(part));
}

async function leaksOf(canary: string): Promise<readonly string[]> {
  const { snapshot } = shareSnapshot(planted(await snapshotOf('config-rejected', 'sick'), canary));
  const text = JSON.stringify(snapshot).toLowerCase();
  return partsOf(canary).filter((part) => text.includes(part.toLowerCase()));
}

describe('a shared recording', () => {
  test.each([
    ['a password', 'Tr0ub4dor&3xyz'],
    ['a token', 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEyMyJ9.c2VjcmV0LWNsYWltcw.QmFzZTY0U2ln'],
    ['a host name', 'db01.warehouse-berlin.acmewidgets.example'],
    ['an e-mail address', 'anneliese.schmidt+oncall@acmewidgets.example'],
    ['a name with other letters', 'Jürgen-Łukasz'],
    ['a cloud key', 'AKIAIOSFODNN7EXAMPLE'],
  ])('never holds %s, wherever it stood', async (_title, canary) => {
    expect(partsOf(canary).length).toBeGreaterThan(0);
    expect(await leaksOf(canary)).toEqual([]);
  });

  test('never holds any word that is not Kubernetes or MetalLB', async () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9]{7,16}$/).filter((text) => !isKnownWord(text));
    await fc.assert(
      fc.asyncProperty(word, async (canary) => (await leaksOf(canary)).length === 0),
      { numRuns: 40 },
    );
  });

  test.each([
    '203.0.113.77',
    '2001:db8:77:9::2d',
    '198.51.100.4',
    'ip-203-0-113-77',
    'app.203.0.113.77.nip.io',
    'v203.0.113.77',
    'host_203_0_113_77',
    '52:54:00:12:34:56',
  ])('never holds the address %s', async (canary) => {
    const whole = planted(await snapshotOf('config-rejected', 'sick'), canary);
    expect(JSON.stringify(shareSnapshot(whole).snapshot)).not.toContain(canary);
  });

  test('moves addresses although somebody allows all private ones, and counts what it moved', async () => {
    const whole = planted(await snapshotOf('pool-exhausted', 'sick'), '10.0.0.0/8');
    const { snapshot, addresses } = shareSnapshot(whole);
    expect(JSON.stringify(snapshot)).not.toContain('10.4.11.');
    expect(JSON.stringify(snapshot)).toContain('10.0.0.0/8');
    expect(addresses).toBeGreaterThan(10);
    expect(shareSnapshot({ ...whole, readings: noReadings(whole), logs: [] }).addresses).toBe(0);
  });

  test('hides a password made of known words', async () => {
    const whole = planted(await snapshotOf('config-rejected', 'sick'), 'metallb');
    const { snapshot } = shareSnapshot(whole);
    expect(JSON.stringify(snapshot)).toContain('password=[hidden]');
  });

  test('is the same in every run, and shared again stays shared', async () => {
    const whole = await snapshotOf('pool-exhausted', 'sick');
    const once = shareSnapshot(whole);
    expect(shareSnapshot(whole).snapshot).toEqual(once.snapshot);
    expect([...once.names.keys()].every((token) => /^n\d+$/.test(token))).toBe(true);
  });
});

test('a shared recording names nobody by an AS number', async () => {
  const whole = await snapshotOf('config-rejected-by-bgp-peer', 'sick');
  const { bgpPeers } = whole.readings;
  const peers =
    bgpPeers.state === 'read'
      ? bgpPeers.items.map((peer) => ({
          ...peer,
          spec: { ...peer.spec, myASN: 3320, peerASN: 200_100 },
        }))
      : [];
  const logs = whole.logs.map((excerpt) => ({
    ...excerpt,
    lines: { state: 'read', items: ['peer AS 200100 refused 3320:77'] } as const,
  }));
  const planted = {
    ...whole,
    logs,
    readings: { ...whole.readings, bgpPeers: { state: 'read', items: peers } as const },
  };
  expect(peers.length).toBeGreaterThan(0);
  expect(JSON.stringify(shareSnapshot(planted).snapshot)).not.toMatch(/\b(?:3320|200100)\b/);
});
