import { expect, test } from 'vitest';
import { differenceText, nearestPods } from '../../../../src/checks/models/traffic/near-labels.ts';
import { aBackend } from '../../../builders/backends.ts';

type Labels = Readonly<Record<string, string>>;

/** `web-1: tier is "back", not "front"`, of each sort of pods that comes near. */
function near(selector: Labels, ...pods: readonly Labels[]): readonly string[] {
  const made = pods.map((labels, index) => aBackend(`shop/web-${index + 1}`, { labels }));
  return nearestPods(selector, made).map(
    ({ pods: alike, differences }) =>
      `${alike.map(({ metadata }) => metadata.name).join(' ')}: ${differences.map(differenceText).join('; ')}`,
  );
}

test('pods with the same labels count as one sort, whatever their revision', () => {
  expect(near({ app: 'web' }, { app: 'wep', 'pod-template-hash': 'a' }, { app: 'wep' })).toEqual([
    'web-1 web-2: app is "wep", not "web"',
  ]);
});

test('the sort that fits more of the selector comes first', () => {
  expect(
    near(
      { app: 'web', tier: 'front' },
      { app: 'db', tier: 'front' },
      { app: 'web', tier: 'front-end', release: 'a' },
    ),
  ).toEqual(['web-2: tier is "front-end", not "front"', 'web-1: app is "db", not "web"']);
});

test('a value under a key that is used for the same thing comes near', () => {
  expect(near({ app: 'web' }, { 'app.kubernetes.io/name': 'web' }, { k8s: 'web' })).toEqual([
    'web-1: "web" stands under app.kubernetes.io/name, not under app',
  ]);
});

test('a label that is not there at all is named with what is wanted', () => {
  expect(near({ app: 'web', version: 'v2' }, { app: 'web' })).toEqual([
    'web-1: there is no label version (wanted: "v2")',
  ]);
});

test('pods of other applications are no likeness, and neither is a label called __proto__', () => {
  expect(near({ app: 'web' }, { app: 'mysql' }, { role: 'cache' })).toEqual([]);
  expect(near(JSON.parse('{"__proto__":"web"}') as Labels, { app: 'mysql' })).toEqual([]);
});

test('labels without end, as in a forged dump, take no time', () => {
  const endless = 'x'.repeat(2_000_000);
  expect(near({ app: endless }, { app: `${endless}y` })).toHaveLength(1);
  expect(near({ [endless]: 'web' }, { [`${endless}y`]: 'web' })).toEqual([]);
});
