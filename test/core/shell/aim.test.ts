import { describe, expect, test } from 'vitest';
import { accessFlags, aimLike, aimOf, flagsOfReplay } from '../../../src/core/shell/aim.ts';
import { sharedNotice } from '../../../src/core/share/shared-notice.ts';

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

describe('what a replay carries on', () => {
  const given = accessFlags({ from: 'snap.json.gz' });
  const replayed = (flags: Parameters<typeof accessFlags>[0], notices: readonly string[] = []) => {
    const target = { server: 'x', namespace: 'default', flags: accessFlags(flags) };
    const aim = aimLike({ ...target, flags: flagsOfReplay({ target, notices }, given) });
    return {
      kubectl: aim?.kubectl.map(({ text }) => text),
      triage: aim?.triage.map(({ text }) => text),
    };
  };

  test('of a recording that was made from files: the file given now', () => {
    const made = { from: 'dump', at: '2026-01-01T00:00:00Z', 'metallb-namespace': 'lb' };
    expect(replayed(made)).toEqual({
      kubectl: [],
      triage: ['--from=snap.json.gz', '--metallb-namespace=lb'],
    });
  });

  test('of a live run: what that run carried on', () => {
    expect(replayed({ context: 'low' })).toEqual({
      kubectl: ['--context=low'],
      triage: ['--context=low'],
    });
  });

  test('of a live run whose names are replaced: the file given now', () => {
    expect(replayed({ context: 'n001' }, [sharedNotice])).toEqual({
      kubectl: ['--context=n001'],
      triage: ['--from=snap.json.gz'],
    });
  });

  test('of a dump, which has no flags: the flags of this run', () => {
    expect(flagsOfReplay({ target: { server: 'x', namespace: 'default' } }, given)).toEqual(given);
  });
});
