import { expect, test } from 'vitest';
import { accessFlags, aimLike, aimOf } from '../../../src/core/shell/aim.ts';

function textsOf(flags: Parameters<typeof aimOf>[0]) {
  const { kubectl, triage } = aimOf(flags);
  return { kubectl: kubectl.map(({ text }) => text), triage: triage.map(({ text }) => text) };
}

test('every flag that chose the cluster or the person is carried on, quoted', () => {
  const flags = {
    kubeconfig: '/tmp/my kc',
    context: 'low',
    as: 'a',
    'as-group': ['b', 'c'],
    'as-uid': '1',
  };
  const words = [
    "--kubeconfig='/tmp/my kc'",
    '--context=low',
    '--as=a',
    '--as-group=b',
    '--as-group=c',
    '--as-uid=1',
  ];
  expect(textsOf({ ...flags, 'metallb-namespace': 'lb' })).toEqual({
    kubectl: words,
    triage: [...words, '--metallb-namespace=lb'],
  });
});

test('a recording is carried on to triage, never to kubectl', () => {
  const flags = { from: 'dump', at: '2026-01-01T00:00:00Z' };
  expect(textsOf(flags)).toEqual({
    kubectl: [],
    triage: ['--from=dump', '--at=2026-01-01T00:00:00Z'],
  });
});

test('what was not chosen is not carried on', () => {
  expect(textsOf({ namespace: 'shop' })).toEqual({ kubectl: [], triage: [] });
});

test('a recording is told with the flags of the run that made it, and with no others', () => {
  const live = { kubeconfig: '/tmp/my kc', context: 'low', 'metallb-namespace': 'lb' };
  const target = { server: 'x', namespace: 'default', flags: accessFlags(live) };
  expect(aimLike(target)).toEqual(aimOf(live));
  const foreign = [
    { name: 'as; reboot', value: 'x' },
    { name: 'context', value: 'a;b' },
  ];
  expect(aimLike({ ...target, flags: foreign })?.kubectl).toEqual([
    { name: 'context', text: "--context='a;b'" },
  ]);
});

test('what nobody gave flags to has none', () => {
  expect(aimLike({ server: 'x', namespace: 'default' })).toBeUndefined();
});
