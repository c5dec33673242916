import { describe, expect, test } from 'vitest';
import type { Cause } from '../../../src/core/diagnosis/cause.ts';
import { type Check, defineCheck } from '../../../src/core/diagnosis/check.ts';
import type { Basis } from '../../../src/core/diagnosis/confidence.ts';
import { conclude } from '../../../src/core/diagnosis/conclude.ts';
import type { Judgement } from '../../../src/core/diagnosis/judge.ts';
import { evidence } from '../../../src/core/facts/evidence.ts';
import type { Finding, Verdict } from '../../../src/core/facts/finding.ts';

function cause(id: string, stage: Cause['stage'], explains: readonly string[] = []): Cause {
  const text = 'words';
  return {
    id,
    stage,
    explains,
    title: text,
    law: text,
    looksLike: text,
    why: text,
    howToBeSure: text,
    whatToDo: text,
    whatItIsNot: text,
  };
}

const catalogue: readonly Cause[] = [
  cause('no-right', 'installation', ['crash']),
  cause('crash', 'installation', ['waiting']),
  cause('full', 'allocation'),
  cause('waiting', 'allocation'),
  cause('nearly-full', 'health'),
];

const service = (name: string) => ({ kind: 'Service', namespace: 'shop', name });

function finding(id: string, more: Partial<Finding> = {}): Finding {
  return {
    check: 'MLB-T01',
    cause: id,
    severity: 'error',
    about: service('a'),
    affects: [service('a')],
    says: `${id} it is`,
    details: [],
    because: [],
    suggests: [],
    ...more,
  };
}

function checkFor(causes: readonly string[], basis: Basis = 'derived'): Check {
  return defineCheck({
    id: 'MLB-T01',
    asks: 'Is it?',
    symptoms: ['health'],
    causes,
    needs: [],
    helps: [],
    basis,
    run: () => [],
  });
}

function judged(verdict: Verdict['verdict'], causes: readonly string[], findings: Finding[] = []) {
  const head = { check: 'MLB-T01', asks: 'Is it?' } as const;
  const missing = [
    { fact: 'services', why: 'no', permission: 'list services', collect: undefined },
  ];
  const verdicts = {
    pass: { ...head, verdict: 'pass' },
    fail: { ...head, verdict: 'fail', findings },
    unknown: { ...head, verdict: 'unknown', missing },
    skipped: { ...head, verdict: 'skipped', why: 'no' },
  } as const;
  const judgement: Judgement = {
    check: checkFor(causes),
    verdict: verdicts[verdict],
    blind: false,
    deniedHelp: [],
  };
  return judgement;
}

const failing = (...findings: Finding[]) =>
  judged(
    'fail',
    findings.map((each) => each.cause),
    findings,
  );

const namesOf = (...judgements: Judgement[]) =>
  conclude(judgements, catalogue).rootCauses.map((root) => root.cause);

describe('root causes', () => {
  test('what strikes earlier in the course of MetalLB comes first', () => {
    expect(namesOf(failing(finding('full'), finding('no-right')))).toEqual(['no-right', 'full']);
  });

  test('mere consequences are left out', () => {
    expect(namesOf(failing(finding('crash'), finding('no-right')))).toEqual(['no-right']);
    expect(namesOf(failing(finding('waiting'), finding('crash')))).toEqual(['crash']);
  });

  test('a warning explains no error away', () => {
    const warning = finding('no-right', { severity: 'warning' });
    expect(namesOf(failing(finding('crash'), warning))).toEqual(['crash', 'no-right']);
  });

  test('unless what it explains weighs no more than itself', () => {
    const warning = finding('no-right', { severity: 'warning' });
    const lesser = finding('crash', { severity: 'warning' });
    expect(namesOf(failing(lesser, warning))).toEqual(['no-right']);
  });

  test('what keeps no Service pending is no reason that one is', () => {
    const asked = (judgement: Judgement): Judgement => ({
      ...judgement,
      check: { ...judgement.check, symptoms: ['pending', 'health'] },
    });
    const [crash, waiting] = [failing(finding('crash')), failing(finding('waiting'))];
    expect(namesOf(crash, asked(waiting))).toEqual(['crash', 'waiting']);
    expect(namesOf(asked(crash), asked(waiting))).toEqual(['crash']);
  });

  test('errors come before warnings, and what explains more before what explains less', () => {
    const many = finding('waiting', { affects: [service('a'), service('b')] });
    const warning = finding('nearly-full', { severity: 'warning', affects: [] });
    expect(namesOf(failing(warning, finding('full'), many))).toEqual([
      'waiting',
      'full',
      'nearly-full',
    ]);
  });

  test('an empty list of Services means all of them, and comes before any list', () => {
    const all = finding('waiting', { affects: [] });
    const some = finding('full', { affects: [service('a'), service('b')] });
    expect(namesOf(failing(some, all))).toEqual(['waiting', 'full']);
  });

  test('two findings of one cause on one object are one root cause with the evidence of both', () => {
    const seen = (value: string) =>
      evidence({ kind: 'field', of: service('a'), path: 'p', value }, value);
    const { rootCauses, evidence: cited } = conclude(
      [
        failing(finding('full', { because: [seen('one')], details: ['x'] })),
        failing(
          finding('full', {
            because: [seen('two')],
            details: ['x', 'y'],
            affects: [service('b')],
            doubts: ['unless'],
            against: [seen('three')],
          }),
        ),
      ],
      catalogue,
    );
    expect(rootCauses).toEqual([
      {
        cause: 'full',
        check: 'MLB-T01',
        severity: 'error',
        confidence: 0.54,
        about: service('a'),
        says: 'full it is',
        details: ['x', 'y'],
        explains: [service('a'), service('b')],
        because: [seen('one').id, seen('two').id],
        wouldChangeMyMind: ['three', 'unless'],
        remedies: [],
      },
    ]);
    expect(Object.keys(cited).toSorted()).toEqual([seen('one').id, seen('two').id].toSorted());
  });

  test('every cited evidence id resolves', () => {
    const seen = evidence({ kind: 'field', of: service('a'), path: 'p', value: '1' }, 'one');
    const conclusion = conclude([failing(finding('full', { because: [seen] }))], catalogue);
    const [root] = conclusion.rootCauses;
    expect(root?.because.map((id) => conclusion.evidence[id])).toEqual([seen]);
  });
});

describe('ruled out', () => {
  const ruledOut = (...judgements: Judgement[]) =>
    conclude(judgements, catalogue).ruledOut.map((each) => each.cause);

  test('only a passed check rules its causes out', () => {
    expect(ruledOut(judged('pass', ['full']))).toEqual(['full']);
    expect(ruledOut(judged('skipped', ['full']))).toEqual([]);
    expect(ruledOut(judged('unknown', ['full']))).toEqual([]);
  });

  test('nothing is ruled out that another check still leaves open', () => {
    expect(ruledOut(judged('pass', ['full']), judged('unknown', ['full']))).toEqual([]);
    expect(ruledOut(judged('pass', ['full']), failing(finding('full')))).toEqual([]);
  });

  test('what is missing is listed once', () => {
    const { unknowns } = conclude(
      [judged('unknown', ['full']), judged('unknown', ['waiting'])],
      catalogue,
    );
    expect(unknowns.map(({ permission }) => permission)).toEqual(['list services']);
  });
});
