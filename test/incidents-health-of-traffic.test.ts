import { describe, expect, test } from 'vitest';
import { diagnose } from '../src/checks/diagnose.ts';
import type { Diagnosis } from '../src/core/facts/finding.ts';
import { causesIn, exits, incidentOf, names, snapshotOf } from './incidents-at-hand.ts';

const ofTraffic = names.filter((name) => incidentOf(name).command === 'no-traffic');

async function healthOf(name: string, variant: 'sick' | 'healthy'): Promise<Diagnosis> {
  const snapshot = await snapshotOf(name, variant);
  return diagnose({ symptom: 'health', snapshot, subject: undefined });
}

describe('what no-traffic finds for one Service, health finds for all', () => {
  const told = ofTraffic.filter((name) => incidentOf(name).expect.sick.health !== undefined);

  test('some incidents say what health makes of them', () => {
    expect(told.length).toBeGreaterThanOrEqual(10);
  });

  test.each(told)('%s: the exit and every cause', async (name) => {
    const diagnosis = await healthOf(name, 'sick');
    expect({ exit: exits[diagnosis.outcome], causes: causesIn(diagnosis) }).toEqual(
      incidentOf(name).expect.sick.health,
    );
  });
});

/** Clusters without the fault of their incident of which health has something to say all the same. */
const justified: ReadonlyMap<string, string> = new Map([
  ['elected-speaker-refuses', 'bgp-without-peer'],
]);

test.each(ofTraffic)('%s: health has no word against the healthy twin', async (name) => {
  const { outcome, rootCauses } = await healthOf(name, 'healthy');
  const graver = rootCauses.filter(({ severity }) => severity !== 'info');
  const wanted = justified.has(name) ? 'warnings' : 'healthy';
  expect([outcome, graver.map(({ cause }) => cause).join()]).toEqual([
    wanted,
    justified.get(name) ?? '',
  ]);
});
