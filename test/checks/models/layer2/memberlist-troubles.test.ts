import { expect, test } from 'vitest';
import { memberlistTroubles } from '../../../../src/checks/models/layer2/memberlist-troubles.ts';
import type { SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aPod } from '../../../builders/programs.ts';
import { factsOf } from '../announcing/facts.ts';
import { announced, said, threeNodes, withCondition } from '../../layer2-scenes.ts';

const at = (second: number) => ({ ts: `2026-03-14T03:12:${String(second).padStart(2, '0')}Z` });
const failing = (...addresses: readonly string[]) =>
  said({
    ...at(1),
    op: 'memberDiscovery',
    msg: 'partial join',
    error: addresses
      .map((each) => `* Failed to join ${each}:7946: dial tcp ${each}:7946: connection refused`)
      .join('\n'),
  });
const event = (second: number, kind: 'NodeJoin' | 'NodeLeave', address: string) =>
  said({
    ...at(second),
    msg: 'node event - forcing sync',
    'node addr': address,
    'node event': kind,
  });

function troubled(builder: SnapshotBuilder): readonly string[] {
  return memberlistTroubles(factsOf(builder)).map(({ kind, node }) => `${kind} ${node}`);
}
const saying = (...lines: readonly string[]) => troubled(announced.withLog('speaker-n1', lines));

test('a join that failed is over when all whom it missed joined by themselves', () => {
  const missed = failing('10.0.0.2', '10.0.0.3');
  expect(saying(missed)).toEqual(['join n1']);
  expect(saying(missed, event(2, 'NodeJoin', '10.0.0.2'))).toEqual(['join n1']);
  const both = [event(2, 'NodeJoin', '10.0.0.2'), event(2, 'NodeJoin', '10.0.0.3')];
  expect(saying(missed, ...both)).toEqual([]);
  expect(saying(missed, ...both, event(5, 'NodeLeave', '10.0.0.3'))).toEqual(['join n1']);
});

test('a join in part that names nobody is over when all speakers at work have joined', () => {
  // the library tells no error where at least one was joined
  const inPart = said({ ...at(1), op: 'memberDiscovery', msg: 'partial join', error: '' });
  const both = [event(0, 'NodeJoin', '10.0.0.3'), event(2, 'NodeJoin', '10.0.0.2')];
  expect(saying(inPart)).toEqual(['join n1']);
  expect(saying(inPart, event(2, 'NodeJoin', '10.0.0.2'))).toEqual(['join n1']);
  expect(saying(inPart, ...both)).toEqual([]);
  expect(saying(inPart, ...both, event(5, 'NodeLeave', '10.0.0.2'))).toEqual(['join n1']);
  const without2 = announced.with(
    'pods',
    aPod('controller'),
    aPod('speaker', { name: 'speaker-n1', node: 'n1' }),
    aPod('speaker', { name: 'speaker-n3', node: 'n3' }),
  );
  const third = event(0, 'NodeJoin', '10.0.0.3');
  expect(troubled(without2.withLog('speaker-n1', [third, inPart]))).toEqual([]);
});

test('a key that does not fit stays a trouble, whoever joined', () => {
  const foreign = said({
    ...at(1),
    msg: 'partial join',
    error: '* Failed to join 10.0.0.2:7946: No installed keys could decrypt the message',
  });
  expect(saying(foreign, event(2, 'NodeJoin', '10.0.0.2'))).toEqual(['key n1']);
});

test('whoever cannot join a speaker that does not run sees all there are', () => {
  const missed = failing('10.0.0.2');
  const without2 = announced.with(
    'pods',
    aPod('controller'),
    aPod('speaker', { name: 'speaker-n1', node: 'n1' }),
    aPod('speaker', { name: 'speaker-n3', node: 'n3' }),
  );
  const silent2 = announced.with('nodes', ...threeNodes({ n2: withCondition('Ready', 'Unknown') }));
  expect(troubled(without2.withLog('speaker-n1', [missed]))).toEqual([]);
  expect(troubled(silent2.withLog('speaker-n1', [missed]))).toEqual([]);
  expect(troubled(silent2.withLog('speaker-n1', [failing('10.0.0.2', '10.0.0.3')]))).toEqual([
    'join n1',
  ]);
});
