import { expect, test } from 'vitest';
import { causes } from '../src/checks/causes.ts';
import { checks } from '../src/checks/index.ts';
import { answer, causesIn, incidentOf, names, snapshotOf } from './incidents-at-hand.ts';

const found = await Promise.all(
  names.map(async (name) => ({
    name,
    expected: incidentOf(name).expect.sick.causes,
    found: causesIn(answer(name, await snapshotOf(name, 'sick'))),
  })),
);

test('every cause of the catalogue is what some recorded incident comes down to', () => {
  const shown = new Set(found.flatMap((incident) => incident.expected));
  expect(causes.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
});

test('every cause of the catalogue is found in some recorded incident', () => {
  const seen = new Set(found.flatMap((incident) => incident.found));
  expect(causes.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
});

test('every cause can be found by a check', () => {
  const findable = new Set(checks.flatMap((check) => check.causes));
  expect(causes.map(({ id }) => id).filter((id) => !findable.has(id))).toEqual([]);
});

test('recorded incidents hold several causes at once, and all of them are told', () => {
  const several = found.filter(({ expected }) => expected.length > 1);
  expect(several.length).toBeGreaterThanOrEqual(8);
  const untold = several.filter(({ expected, found: told }) =>
    expected.some((cause) => !told.includes(cause)),
  );
  expect(untold.map(({ name }) => name)).toEqual([]);
});
