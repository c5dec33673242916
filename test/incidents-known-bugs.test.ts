import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { answer, names, snapshotOf } from './incidents-at-hand.ts';

interface ExpectedBugs {
  readonly expect: Readonly<
    Record<
      'sick' | 'healthy',
      { readonly bugs?: readonly string[]; readonly causes: readonly string[] }
    >
  >;
}

const told = names
  .map((name) => {
    const path = join(import.meta.dirname, 'incidents', name, 'incident.yaml');
    return { name, expected: (parse(readFileSync(path, 'utf8')) as ExpectedBugs).expect };
  })
  .filter(({ expected }) => expected.sick.bugs !== undefined);

describe.each(told)('$name', ({ name, expected }) => {
  test.each(['sick', 'healthy'] as const)('%s: the known bugs that show', async (variant) => {
    const diagnosis = answer(name, await snapshotOf(name, variant));
    expect(diagnosis.knownBugs.map(({ bug }) => bug)).toEqual(expected[variant].bugs);
    const unresolved = diagnosis.knownBugs
      .flatMap(({ because }) => because)
      .filter((id) => diagnosis.evidence[id] === undefined);
    expect(unresolved).toEqual([]);
  });
});

describe.each(names)('%s, healthy', (name) => {
  test('no bug is above a cause, and none that is not costly changes the answer', async () => {
    const diagnosis = answer(name, await snapshotOf(name, 'healthy'));
    const costly = diagnosis.knownBugs.filter(({ severity }) => severity === 'warning');
    if (diagnosis.outcome === 'warnings' && diagnosis.rootCauses.length === 0) {
      expect(costly.length).not.toBe(0);
    }
    expect(diagnosis.knownBugs.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('at least fifteen bugs have a recorded pair', () => {
  const gone = told.flatMap(({ expected }) =>
    (expected.sick.bugs ?? []).filter((bug) => !expected.healthy.bugs?.includes(bug)),
  );
  expect(new Set(gone).size).toBeGreaterThanOrEqual(15);
});
