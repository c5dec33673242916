import { describe, expect, test } from 'vitest';
import { calicoSelects } from '../../../../src/checks/models/policies/calico-selector.ts';

const labels = new Map([
  ['app', 'web'],
  ['tier', 'front-end'],
  ['kubernetes.io/metadata.name', 'shop'],
]);
/** The label `zone` is one of which nobody knows. */
const match = (selector: string) =>
  calicoSelects(selector, (name) =>
    name === 'zone' ? undefined : [labels.get(name) ?? []].flat(),
  );

describe('a selector of Calico', () => {
  test.each([
    '',
    'all()',
    "app == 'web'",
    'app == "web"',
    "app != 'db'",
    "missing != 'x'",
    'has(app)',
    '!has(db)',
    "app in {'db', 'web'}",
    "app in {'web'}",
    "missing not in { 'a' }",
    "tier contains 'nt-e'",
    "tier starts with 'front'",
    "tier ends with 'end'",
    "app == 'db' || tier == 'front-end' && has(app)",
    "(app == 'db' || app == 'web') && !(tier == 'db')",
    "kubernetes.io/metadata.name not in {'kube-system'}",
    "zone == 'a' || all()",
  ])('%s selects', (selector) => {
    expect(match(selector)).toBe('yes');
  });

  test.each([
    'global()',
    "app == 'db'",
    "app != 'web'",
    '!all()',
    'has(db)',
    'app in {}',
    "app not in {'web'}",
    "missing == ''",
    "missing starts with ''",
    "(app == 'db' || app == 'web') && tier == 'db'",
    "zone == 'a' && app == 'db'",
  ])('%s does not', (selector) => {
    expect(match(selector)).toBe('no');
  });

  test.each([
    "zone == 'a'",
    '!has(zone)',
    "zone in {'a'} && app == 'web'",
    'app = web',
    "app == 'web",
    "app == 'web' app",
    'has(app',
    'has()',
    "app not 'web'",
    "(((app == 'web')",
    '('.repeat(20_000),
    '!'.repeat(20_000),
    '&&',
  ])('of %s it is not known', (selector) => {
    expect(match(selector)).toBe('perhaps');
  });
});
