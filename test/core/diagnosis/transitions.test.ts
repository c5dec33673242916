import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
import { stateOf, transitionsBetween } from '../../../src/core/diagnosis/transitions.ts';
import type { Service } from '../../../src/core/facts/kube-objects.ts';
import type { Snapshot } from '../../../src/core/facts/snapshot.ts';
import type { Transition } from '../../../src/core/facts/transitions.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot, now, type SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aWorkload } from '../../builders/programs.ts';
import { aPool } from '../../builders/some-objects.ts';

const later = '2026-03-14T03:14:10Z';
const full = () =>
  aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/32'))
    .withService(aService('shop/cart', { ip: '10.4.11.10' }));
const waiting = () => full().withService(aService('shop/checkout'));
const checkout = { kind: 'Service', namespace: 'shop', name: 'checkout' };

function looked(snapshot: Snapshot, subject?: Service) {
  const symptom = subject === undefined ? 'health' : 'pending';
  return { snapshot, diagnosis: diagnose({ symptom, snapshot, subject }) };
}

/** What is told after each look but the first. */
function told(
  ...looks: readonly (SnapshotBuilder | Snapshot)[]
): readonly (readonly Transition[])[] {
  const snapshots = looks.map((each, index) => ({
    ...('build' in each ? each.build() : each),
    takenAt: index < 2 ? now : later,
  }));
  const [first, ...rest] = snapshots;
  if (first === undefined) {
    return [];
  }
  let state = stateOf(looked(first), undefined);
  return rest.map((snapshot) => {
    const next = stateOf(looked(snapshot), state);
    const transitions = transitionsBetween(state, next, snapshot.takenAt);
    state = next;
    return transitions;
  });
}

const shortly = (transitions: readonly Transition[] = []) =>
  transitions.map((each) =>
    each.kind === 'came' || each.kind === 'went' ? `${each.kind} ${each.cause.cause}` : each.kind,
  );

describe('transitions', () => {
  test('two equal looks tell nothing', () => {
    expect(told(waiting(), waiting())).toEqual([[]]);
  });

  test('a cause that came and went is told with how long it lasted', () => {
    const [came, went] = told(full(), waiting(), full());
    expect(shortly(came)).toEqual(['outcome', 'came pool-exhausted']);
    expect(went).toContainEqual(
      expect.objectContaining({
        kind: 'went',
        seconds: (Date.parse(later) - Date.parse(now)) / 1_000,
      }),
    );
  });

  test('how long a cause lasted is not known when it was there from the beginning', () => {
    const [went] = told(waiting(), full());
    expect(went).toContainEqual(expect.objectContaining({ kind: 'went', seconds: undefined }));
  });

  test('what cannot be read any more has neither gone nor moved, and comes back without noise', () => {
    const blind = waiting().forbidding('services', 'ipAddressPools');
    const [lost, found] = told(waiting(), blind, waiting());
    expect(shortly(lost)).not.toContain('went pool-exhausted');
    expect(shortly(lost)).not.toContain('address');
    expect(lost).toContainEqual(
      expect.objectContaining({ kind: 'unread', facts: expect.arrayContaining(['services']) }),
    );
    expect(shortly(found)).not.toContain('came pool-exhausted');
    expect(shortly(found)).toContain('read-again');
  });

  test('a cause behind a graver one has not gone', () => {
    const dead = waiting()
      .with('deployments', aWorkload('controller', { replicas: 0 }))
      .with('pods');
    const [came, back] = told(waiting(), dead, waiting());
    expect(shortly(came)).toContain('came controller-absent');
    expect(shortly(came)).not.toContain('went pool-exhausted');
    expect(shortly(back)).toContain('went controller-absent');
    expect(shortly(back)).not.toContain('came pool-exhausted');
  });

  test('addresses are compared as addresses, of every Service, come or gone', () => {
    const [moved] = told(
      aSnapshot().withService(aService('shop/checkout', { ip: ['10.4.11.10', 'fd00::1'] })),
      aSnapshot().withService(
        aService('shop/checkout', { ip: ['fd00:0::1', '10.4.11.11'] }),
        aService('shop/new', { ip: '10.4.11.12' }),
      ),
    );
    expect(moved?.filter(({ kind }) => kind === 'address')).toEqual([
      {
        kind: 'address',
        service: checkout,
        before: ['10.4.11.10', 'fd00::1'],
        after: ['10.4.11.11', 'fd00::1'],
      },
      {
        kind: 'address',
        service: { kind: 'Service', namespace: 'shop', name: 'new' },
        before: [],
        after: ['10.4.11.12'],
      },
    ]);
  });

  test('a Service that got its address is asked other questions: its causes do not go, they are no matter', () => {
    const served = aService('shop/checkout', { ip: '10.4.11.11' });
    const before = looked(waiting().build(), aService('shop/checkout'));
    const after = looked(
      full().withPool(aPool('more', '10.4.11.11/32')).withService(served).build(),
      served,
    );
    const state = stateOf(before, undefined);
    const transitions = transitionsBetween(state, stateOf(after, state), later);
    expect(shortly(transitions)).toEqual(['outcome', 'address']);
  });
});
