import { describe, expect, test } from 'vitest';
import { Exit } from '../../../src/core/facts/exit.ts';
import { aligned } from '../../../src/core/report/cause-text.ts';
import { printed, type PrintForm } from '../../../src/core/report/print-form.ts';
import type { Canvas } from '../../../src/core/report/style.ts';
import { columnsOf } from '../../../src/core/report/wrap.ts';
import { healthDiagnosis, poolExhausted, reportWith, terminal } from './sample.ts';

const wide = { ...terminal, wide: true };
const unknowns = [
  {
    fact: 'events',
    why: 'you may not list events',
    permission: 'list events',
    collect: 'kubectl get events -A -o yaml',
  },
];
const healthy = {
  outcome: 'healthy',
  headline: 'shop/checkout has 10.4.11.12 from pool lan',
  rootCauses: [],
  next: [],
} as const;

describe('golden answers', () => {
  const answers: readonly (readonly [string, ReturnType<typeof reportWith>, PrintForm, Canvas])[] =
    [
      ['pending.txt', reportWith(), 'text', terminal],
      ['pending-40.txt', reportWith({ unknowns }), 'text', { ...terminal, width: 40 }],
      ['pending-ascii.txt', reportWith(), 'text', { ...terminal, unicode: false }],
      ['pending-colour.txt', reportWith(), 'text', { ...terminal, colour: true }],
      ['pending-verbose.txt', reportWith(), 'text', { ...terminal, verbose: true }],
      ['pending-wide.txt', reportWith({ unknowns }), 'wide', wide],
      ['pending.md', reportWith({ unknowns }), 'markdown', terminal],
      ['health.txt', reportWith(healthDiagnosis), 'text', terminal],
      ['health.md', reportWith(healthDiagnosis), 'markdown', terminal],
    ];

  test.each(answers)('%s', async (name, report, form, canvas) => {
    await expect(printed(report, form, canvas)).toMatchFileSnapshot(`golden/${name}`);
  });
});

describe('the text of an answer', () => {
  test('is one line when all is well', () => {
    expect(printed(reportWith(healthy), 'text', terminal)).toBe(
      'shop/checkout has 10.4.11.12 from pool lan · 1 check passed\n',
    );
    expect(printed(reportWith(healthy), 'text', { ...terminal, width: 100 })).toBe(
      'shop/checkout has 10.4.11.12 from pool lan · 1 check passed · 11 calls, 214 kB, 0.4 s\n',
    );
  });

  test('with -v shows what passed even when all is well', () => {
    const text = printed(reportWith(healthy), 'text', { ...terminal, verbose: true });
    expect(text).toContain('MLB-A01  PASS     Is there a pool?');
    expect(text).toContain('no-pool (MLB-A01)');
  });

  test('never calls an interrupted reading healthy without saying so', () => {
    const report = reportWith(healthy, { interrupted: true, exitCode: Exit.interrupted });
    expect(printed(report, 'text', terminal)).toContain('stopped early');
  });

  test('names the missing right of what is unknown', () => {
    expect(printed(reportWith({ unknowns }), 'text', terminal)).toContain(
      'events: you may not list events (missing right: list events)',
    );
  });

  test('says no command twice', () => {
    const next = ['kubectl get events -A -o yaml', 'triage health'];
    const text = printed(reportWith({ unknowns, next }), 'text', terminal);
    expect(text.split('kubectl get events -A -o yaml')).toHaveLength(2);
    expect(text).toContain('next    triage health');
  });

  test('never says that no Service is affected when not everything could be read', () => {
    const scope = { reach: 'none', says: 'no Service is affected' } as const;
    const report = reportWith({ ...healthDiagnosis, outcome: 'unknown', rootCauses: [], scope });
    expect(printed(report, 'text', terminal)).not.toContain('no Service is affected');
    expect(printed(report, 'markdown', terminal)).not.toContain('no Service is affected');
  });

  test('calls us as the person does', () => {
    const canvas = { ...terminal, program: 'kubectl triage' };
    expect(printed(reportWith(), 'text', canvas)).toContain(
      'kubectl triage explain pool-exhausted',
    );
    expect(printed(reportWith(), 'markdown', canvas)).toContain(
      '`kubectl triage explain pool-exhausted`',
    );
  });

  test.each([80, 40])('fits %d columns, except for names that are longer', (width) => {
    for (const report of [reportWith({ unknowns }), reportWith(healthDiagnosis)]) {
      for (const form of ['text', 'wide'] as const) {
        const canvas = { ...terminal, width, wide: form === 'wide', verbose: true };
        const long = printed(report, form, canvas)
          .split('\n')
          .filter((line) => columnsOf(line) > width)
          .filter((line) => line.trim().includes(' '));
        expect(long).toEqual([]);
      }
    }
  });
});

describe('text from the cluster', () => {
  const evil = 'lan\u001b[2J\u001b[31m\u202enal\u200b\u009b';
  const report = reportWith({
    headline: evil,
    rootCauses: [
      {
        ...poolExhausted,
        says: evil,
        details: [evil],
        remedies: [{ says: evil, command: evil, mutates: false }],
      },
    ],
    unknowns: [{ fact: evil, why: evil, permission: evil, collect: evil }],
    next: [evil],
  });

  test.each(['text', 'wide', 'markdown', 'json', 'yaml'] as const)(
    'reaches nobody unescaped in %s',
    (form) => {
      const shown = printed(report, form, { ...terminal, wide: form === 'wide' });
      expect(shown).not.toMatch(/[\p{Cf}\p{Zl}]|(?!\n)\p{Cc}/u);
      expect(shown).toMatch(/\\(?:x1b|u001b)/);
    },
  );

  test('cannot become markup in markdown', () => {
    const text = printed(
      reportWith({ headline: '<img src=x> [a](http://b) `c` | *d*', rootCauses: [] }),
      'markdown',
      terminal,
    );
    expect(text).toContain('### \\<img src=x\\> \\[a\\](http://b) \\`c\\` \\| \\*d\\*');
  });

  test('cannot break out of a fence or a code span', () => {
    const text = printed(
      reportWith({ rootCauses: [{ ...poolExhausted, details: ['``` # out'] }], next: ['a `b` c'] }),
      'markdown',
      terminal,
    );
    expect(text).toContain('````text\n``` # out\n````');
    expect(text).toContain('- ``a `b` c``');
  });
});

test('name prints cause ids and nothing else', () => {
  expect(printed(reportWith(), 'name', terminal)).toBe('pool-exhausted\n');
  expect(printed(reportWith(healthy), 'name', terminal)).toBe('');
});

test('details made of cells stand in columns, the others stay as they are', () => {
  expect(
    aligned([
      'lan  10.4.11.10-10.4.11.19  full',
      'held by a and b',
      'dmz  192.0.2.8/29  6 free',
    ]).map(({ text }) => text),
  ).toEqual([
    'lan  10.4.11.10-10.4.11.19  full',
    'held by a and b',
    'dmz  192.0.2.8/29           6 free',
  ]);
});

test('a thousand affected Services are counted, not listed', () => {
  const explains = Array.from({ length: 1_000 }, (_, index) => ({
    kind: 'Service',
    namespace: 'shop',
    name: `web-${index}`,
  }));
  const report = reportWith({ ...healthDiagnosis, rootCauses: [{ ...poolExhausted, explains }] });
  const text = printed(report, 'text', terminal).replaceAll(/\s+/g, ' ');
  expect(text).toContain('affects 1000 Services: shop/web-0, shop/web-1, shop/web-2, shop/web-3');
  expect(text).toContain('and 995 more (-o wide)');
  expect(printed(report, 'markdown', terminal)).toContain('- `shop/web-19`\n- and 980 more\n');
});
