import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/core/diagnosis/judge.ts';
import { materialFrom } from '../../../src/core/diagnosis/material.ts';
import type { SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { bgpCases } from '../bgp-cases.ts';
import { checkOf, serviceIn } from '../case.ts';

const clash = bgpCases.find(({ check }) => check === 'MLB-B14');

function withoutWords(builder: SnapshotBuilder | undefined) {
  if (clash === undefined || builder === undefined) {
    throw new Error('no case of MLB-B14');
  }
  const snapshot = { ...builder.build(), logs: [] };
  const service = serviceIn(snapshot, clash.subject);
  return judge(checkOf('MLB-B14'), materialFrom(snapshot), service).verdict;
}

describe('without the logs of the speakers', () => {
  test('where two preferences could meet, only they would tell whether they do', () => {
    const verdict = withoutWords(clash?.sick);
    expect(verdict).toMatchObject({
      verdict: 'unknown',
      missing: [{ fact: 'logs of the speakers' }],
    });
  });

  test('where none could meet nobody misses them', () => {
    expect(withoutWords(clash?.healthy).verdict).toBe('pass');
  });
});
