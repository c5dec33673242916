import { describe, expect, test } from 'vitest';
import type { AddressPath, PathStep } from '../../../src/core/facts/path.ts';
import { laidOut } from '../../../src/core/report/layout.ts';
import { markdownOf } from '../../../src/core/report/markdown.ts';
import { foldedPaths, pathSections } from '../../../src/core/report/path-text.ts';
import { textOf } from '../../../src/core/report/text.ts';
import { pendingDiagnosis, reportWith, terminal } from './sample.ts';

const steps: readonly PathStep[] = [
  { question: 'advertised', answer: 'good', says: 'pool lan, by L2Advertisement all', causes: [] },
  { question: 'eligible', answer: 'good', says: '2 of 3 nodes may announce it: a, b', causes: [] },
  {
    question: 'announced',
    answer: 'broken',
    says: 'no speaker is there',
    causes: ['speaker-absent', 'version-skew'],
    title: 'No speaker runs',
  },
  { question: 'wire', answer: 'not-looked', says: 'nobody looked', causes: [] },
  { question: 'data-path', answer: 'unknown', says: 'cannot be said without nodes', causes: [] },
  { question: 'elsewhere', answer: 'doubtful', says: 'kube-vip runs too', causes: ['rival'] },
];

function path(address: string, more: Partial<AddressPath> = {}): AddressPath {
  return { address, pool: 'lan', by: ['layer2', 'bgp'], announcer: 'a', steps, ...more };
}

const one = { paths: [path('192.0.2.10')], headline: 'traffic fails: something else' };

describe('the drawn way', () => {
  test('is a line per question, with a sign that can be read aloud', () => {
    expect(
      laidOut(
        pathSections(one, terminal).map((each) => [each]),
        terminal,
      ),
    ).toBe(
      `path    192.0.2.10 (pool lan, layer 2 and BGP)
        advertised    ok        pool lan, by L2Advertisement all
        may announce  ok        2 of 3 nodes may announce it: a, b
        announced     BROKEN    no speaker is there
        on the wire   -         nobody looked
        data path     unknown   cannot be said without nodes
        elsewhere     doubtful  kube-vip runs too
`,
    );
  });

  test('calls by its name what stands in the headline already', () => {
    const headline = 'traffic fails: no speaker is there';
    const [section] = pathSections({ ...one, headline }, terminal);
    expect(section?.lines[3]?.text).toBe('no speaker runs (speaker-absent, version-skew)');
    const [narrow] = pathSections({ ...one, headline }, { width: 40 });
    expect(narrow?.lines[3]?.text).toBe('announced: BROKEN, no speaker runs');
  });

  test.each([
    ['What should speak BGP is not there', 'what should speak BGP is not there (x)'],
    ['FRR-K8s refuses it', 'FRR-K8s refuses it (x)'],
    ['Services share it', 'Services share it (x)'],
  ])('writes %s in the middle of a line', (title, words) => {
    const headline = 'traffic fails: no speaker is there';
    const named = steps.map((each) =>
      each.title === undefined ? each : { ...each, title, causes: ['x'] },
    );
    const [section] = pathSections(
      { paths: [path('192.0.2.10', { steps: named })], headline },
      terminal,
    );
    expect(section?.lines[3]?.text).toBe(words);
  });

  test('has no columns on a narrow terminal', () => {
    const narrow = { ...terminal, width: 40 };
    expect(
      laidOut(
        pathSections(one, narrow).map((each) => [each]),
        narrow,
      ),
    ).toBe(`path
  192.0.2.10 (pool lan, layer 2 and BGP)
  advertised: ok, pool lan, by
    L2Advertisement all
  may announce: ok, 2 of 3 nodes may
    announce it: a, b
  announced: BROKEN, no speaker is there
  on the wire: nobody looked
  data path: unknown, cannot be said
    without nodes
  elsewhere: doubtful, kube-vip runs too
`);
  });

  test('is shown once for addresses that go the same way, and again for one that does not', () => {
    const [first] = steps;
    const other = path('2001:db8::11', {
      steps: [{ question: 'advertised', answer: 'broken', says: 'no pool', causes: [] }],
      pool: undefined,
      by: [],
    });
    const named = (address: string) =>
      path(address, { steps: first === undefined ? [] : [{ ...first, says: `${address} is in` }] });
    expect(
      foldedPaths([named('192.0.2.10'), other, named('2001:db8::10')]).map(
        ({ addresses }) => addresses,
      ),
    ).toEqual([['192.0.2.10', '2001:db8::10'], ['2001:db8::11']]);
    expect(pathSections({ paths: [other], headline: '' }, terminal)[0]?.lines[0]?.text).toBe(
      '2001:db8::11 (in no pool)',
    );
  });
});

const asked = { ...pendingDiagnosis, symptom: 'no-traffic', paths: one.paths } as const;

test('a healthy answer shows the way and where to look next', () => {
  const text = textOf(
    reportWith({
      ...asked,
      outcome: 'healthy',
      headline: 'nothing stops traffic',
      rootCauses: [],
      next: ['triage no-traffic shop/checkout --probe'],
    }),
    terminal,
  );
  expect(text.split('\n\n').map((block) => block.split('\n')[0])).toEqual([
    expect.stringMatching(/^nothing stops traffic/),
    'path    192.0.2.10 (pool lan, layer 2 and BGP)',
    'next    triage no-traffic shop/checkout --probe',
  ]);
});

describe('tests for what no cluster tells', () => {
  const report = reportWith({
    ...asked,
    outcome: 'healthy',
    headline: 'nothing stops traffic',
    rootCauses: [],
    next: ['triage no-traffic shop/checkout --probe'],
    tests: [
      { says: 'a ping proves nothing', mutates: false },
      { says: 'on a: does a SYN come in?', command: 'tcpdump -eni any', mutates: false },
    ],
  });

  test('stand last in the text', () => {
    expect(textOf(report, terminal).split('\n\n').at(-1)).toBe(
      `test    if it fails all the same: what no cluster tells, and how to see it
        a ping proves nothing
        on a: does a SYN come in?
            tcpdump -eni any
`,
    );
  });

  test('are a list in markdown', () => {
    expect(markdownOf(report, { program: 'triage' })).toContain(
      `**If it fails all the same**

- a ping proves nothing
- on a: does a SYN come in?
  \`tcpdump -eni any\``,
    );
  });
});

test('markdown has it as a table, with what is broken in bold', () => {
  const text = markdownOf(reportWith(asked), { program: 'triage' });
  expect(text).toContain(`**Path:** 192.0.2.10 (pool lan, layer 2 and BGP)

| question | answer | |
|---|---|---|
| advertised | ok | pool lan, by L2Advertisement all |
| may announce | ok | 2 of 3 nodes may announce it: a, b |
| announced | **BROKEN** | no speaker is there |
| on the wire | - | nobody looked |`);
});

test('markdown keeps the text of a cluster out of its columns', () => {
  const says = 'kube|vip <b>`x`';
  const steps = [{ question: 'elsewhere', answer: 'good', says, causes: [] }] as const;
  const report = reportWith({ ...asked, paths: [path('192.0.2.10', { steps })] });
  expect(markdownOf(report, { program: 'triage' })).toContain(
    '| elsewhere | ok | kube\\|vip \\<b\\>\\`x\\` |',
  );
});
