import { expect, test } from 'vitest';
import { aimOf } from '../../../src/core/shell/aim.ts';

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
