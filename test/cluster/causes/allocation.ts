import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import type { Lab } from '../../testbed/lab.ts';
import { ask, causesOf, outcomeOf } from './answer.ts';
import { automatic } from './automatic.ts';
import { clusterIPs } from './cluster-ips.ts';
import { families } from './families.ts';
import { requests } from './requests.ts';
import { sharing } from './sharing.ts';
import { mend, setUp, tearDown } from './stage-hands.ts';

const stages = [...automatic, requests, sharing, families, ...clusterIPs];

/** Tests that every reason of the real allocator to refuse a Service is found on a running cluster. */
export function testAllocation(lab: () => Lab, version: MetalLBVersion): void {
  const own = stages.filter(({ versions }) => versions?.includes(version) ?? true);
  describe.each(own)('with $name', (stage) => {
    beforeAll(() => setUp(lab(), stage, version));
    afterAll(() => tearDown(lab(), stage));

    test.each(stage.situations)('$name: $cause', async ({ subject, cause, says }) => {
      const answer = await ask(lab(), ['pending', subject]);
      expect({ code: answer.code, top: causesOf(answer)[0] }, answer.text).toEqual({
        code: 1,
        top: cause,
      });
      for (const fragment of [subject, cause, ...says]) {
        expect(answer.text).toContain(fragment);
      }
    });

    test.each(stage.content ?? [])('$subject has what it wants', async ({ subject, says }) => {
      const answer = await ask(lab(), ['pending', subject]);
      expect({ code: answer.code, causes: causesOf(answer) }).toEqual({ code: 0, causes: [] });
      says.forEach((fragment) => expect(answer.text).toContain(fragment));
    });

    test('the whole cluster is told all of it', async () => {
      const { code, causes } = await outcomeOf(lab(), ['health']);
      expect(code).toBe(1);
      const expected = new Set(stage.situations.map(({ cause }) => cause));
      expect(causes).toEqual(expect.arrayContaining([...expected]));
    });

    test('each has its address when the cause is gone', async () => {
      const addresses = await mend(lab(), stage);
      // Two at a time: each is a process of its own.
      for (const pair of pairsOf([...addresses])) {
        const outcomes = await Promise.all(
          pair.map(([subject]) => outcomeOf(lab(), ['pending', subject])),
        );
        expect(outcomes).toEqual(
          pair.map(([, address]) => ({
            code: 0,
            headline: expect.stringContaining(address),
            causes: [],
          })),
        );
      }
    });
  });
}

function pairsOf<T>(items: readonly T[]): (readonly T[])[] {
  return items.flatMap((_, index) => (index % 2 === 0 ? [items.slice(index, index + 2)] : []));
}
