import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import type { Lab } from '../../testbed/lab.ts';
import { ask, causesOf, outcomeOf } from './answer.ts';
import { controllerFaults } from './controller-faults.ts';
import { inMetalLB } from './fault.ts';
import type { Fault } from './fault.ts';
import { breakIt, mendIt } from './fault-hands.ts';
import { surroundingFaults } from './surrounding-faults.ts';
import { networkFaults } from './network-faults.ts';
import { l2Advertisement, namespace, pool, yamlOf } from './manifest.ts';
import { tell } from './reactions.ts';
import { speakerFaults } from './speaker-faults.ts';

const ground = [namespace('faults'), pool('lan', '10.25.0.32/27'), l2Advertisement('everything')];

/** Else a controller that cannot start would leave the old one running beside it. */
const oneAtATime = inMetalLB(
  'patch deployment controller -p',
  JSON.stringify({ spec: { strategy: { type: 'Recreate', rollingUpdate: null } } }),
);

/** Tests that what is wrong with MetalLB's own programs is found on a running cluster. */
export function testInstallation(lab: () => Lab, version: MetalLBVersion): void {
  describe('when MetalLB itself is broken', () => {
    beforeAll(async () => {
      await tell(lab(), [oneAtATime]);
      await lab().apply(yamlOf(ground));
    });
    afterAll(async () => {
      await tell(lab(), [
        inMetalLB('delete ipaddresspools,l2advertisements --all'),
        ['delete', 'namespace', 'faults', '--wait=false'],
      ]);
    });

    const faults = [
      ...controllerFaults,
      ...speakerFaults,
      ...networkFaults,
      ...surroundingFaults,
    ].filter(({ versions }) => versions === undefined || versions.includes(version));
    test.each(faults)('$name: $cause', async (fault) => {
      const subject = `faults/${fault.called ?? `service-${faults.indexOf(fault) + 1}`}`;
      try {
        await breakIt(lab(), fault, subject);
        await expectFound(lab(), fault, subject);
      } finally {
        // Also when it was not found, else every later fault would meet two.
        await mendIt(lab(), fault, { subject, version });
      }
      const [pending, health] = await Promise.all([
        outcomeOf(lab(), ['pending', subject]),
        outcomeOf(lab(), ['health']),
      ]);
      expect(pending).toMatchObject({ code: 0, causes: [] });
      expect(health).toMatchObject({ code: 0, causes: [] });
    });
  });
}

async function expectFound(lab: Lab, fault: Fault, subject: string): Promise<void> {
  const { cause, strikes, says, also = [], warns = false } = fault;
  const { warnsPending = [], failsPending = [] } = fault;
  const told = await ask(lab, strikes ? ['pending', subject] : ['health']);
  const code = warns && !strikes ? 0 : 1;
  expect({ code: told.code, top: causesOf(told)[0] }, told.text).toEqual({ code, top: cause });
  expect(causesOf(told)).toEqual(expect.arrayContaining([...also]));
  for (const fragment of [cause, ...says]) {
    expect(told.text).toContain(fragment);
  }
  const other = await outcomeOf(lab, strikes ? ['health'] : ['pending', subject]);
  expect(other).toMatchObject(
    strikes
      ? { code: warns ? 0 : 1, causes: expect.arrayContaining([cause]) }
      : { code: failsPending.length > 0 ? 1 : 0, causes: [...failsPending, ...warnsPending] },
  );
}
