import { expect, test } from 'vitest';
import { defineCheck } from '../../../src/core/diagnosis/check.ts';
import { inPathOrder } from '../../../src/core/diagnosis/path-order.ts';
import type { CheckId, RootCause, Severity } from '../../../src/core/facts/finding.ts';
import type { PathQuestion } from '../../../src/core/facts/path.ts';

function check(id: CheckId, link?: PathQuestion) {
  return defineCheck({
    id,
    asks: 'Is it?',
    symptoms: ['no-traffic'],
    causes: [],
    needs: [],
    helps: [],
    ...(link !== undefined && { link }),
    run: () => [],
  });
}

const checks = [
  check('MLB-T01', 'data-path'),
  check('MLB-T02', 'advertised'),
  check('MLB-T03', 'announced'),
  check('MLB-T04'),
];

function cause(by: CheckId, severity: Severity, confidence = 0.9): RootCause {
  return {
    cause: `${by} ${severity} ${confidence}`,
    check: by,
    severity,
    confidence,
    about: { kind: 'Service', namespace: 'shop', name: 'a' },
    says: 'it is so',
    details: [],
    explains: [],
    because: [],
    wouldChangeMyMind: [],
    remedies: [],
  };
}

test('what is certain comes first, of that the first link on the way, and of one link the surer cause', () => {
  const ranked = inPathOrder(
    [
      cause('MLB-T02', 'warning'),
      cause('MLB-T04', 'error'),
      cause('MLB-T01', 'error', 0.7),
      cause('MLB-T01', 'error', 0.9),
      cause('MLB-T03', 'error'),
      cause('MLB-T02', 'info'),
    ],
    checks,
  );
  expect(ranked.map((each) => each.cause)).toEqual([
    'MLB-T03 error 0.9',
    'MLB-T01 error 0.9',
    'MLB-T01 error 0.7',
    'MLB-T04 error 0.9',
    'MLB-T02 warning 0.9',
    'MLB-T02 info 0.9',
  ]);
});

test('equals stay as they were ranked', () => {
  const first = { ...cause('MLB-T01', 'error'), cause: 'first' };
  const second = { ...cause('MLB-T01', 'error'), cause: 'second' };
  expect(inPathOrder([first, second], checks)).toEqual([first, second]);
});
