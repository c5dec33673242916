import { afterAll, beforeAll, describe } from 'vitest';
import { startLab } from '../../testbed/lab.ts';
import type { Lab } from '../../testbed/lab.ts';
import { METALLB_VERSIONS } from '../../testbed/recipes.ts';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import { testAllocation } from './allocation.ts';
import { testInstallation } from './installation.ts';
import { testReplay } from './replay.ts';

/** Reproduces every cause on one lab with this release. */
export function describeCauses(version: MetalLBVersion): void {
  describe(`on the real MetalLB ${version}`, () => {
    let lab: Lab;
    beforeAll(async () => {
      lab = await startLab({
        metallb: version,
        otherImages: METALLB_VERSIONS.filter((other) => other !== version),
      });
    });
    afterAll(() => lab?.stop());
    testAllocation(() => lab, version);
    testReplay(() => lab, version);
    testInstallation(() => lab, version);
  });
}
