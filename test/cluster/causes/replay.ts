import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import type { Lab } from '../../testbed/lab.ts';
import { runTriage } from '../../testbed/triage.ts';
import { fullPool } from './automatic.ts';
import { outcomeOf } from './answer.ts';
import { dumpTo } from './dump.ts';
import { setUp, tearDown } from './stage-hands.ts';

const subject = 'full/checkout';
const questions: readonly (readonly string[])[] = [['pending', subject], ['health']];
const formats = ['text', 'json', 'markdown'];
const forms = questions.flatMap((words) =>
  formats.map((format) => ({ command: words[0], words, format })),
);

/** Tests that what was seen live is said again from a recording, from a dump, and to a user with few rights. */
export function testReplay(lab: () => Lab, version: MetalLBVersion): void {
  describe('with a full pool, asked in other ways', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'triage-replay-'));
      await setUp(lab(), fullPool, version);
    });
    afterAll(async () => {
      await rm(folder, { recursive: true });
      await tearDown(lab(), fullPool);
    });

    test.each(forms)('a recording gives every byte of $command as $format', async (form) => {
      const file = join(folder, `${form.command}-${form.format}.json.gz`);
      const asked = [...form.words, '-o', form.format];
      const { kubeconfig } = lab();
      const live = await runTriage([...asked, '--record', file], { kubeconfig });
      const again = await runTriage([...asked, '--from', file]);
      expect(live).toMatchObject({ code: 1, stdout: expect.stringContaining('pool-exhausted') });
      expect(again).toMatchObject({ code: live.code, stdout: live.stdout });
    });

    test('what kubectl dumps gives the same cause', async () => {
      await dumpTo(lab(), join(folder, 'dump'));
      for (const words of questions) {
        const live = await outcomeOf(lab(), words);
        const dumped = await runTriage([...words, '-o', 'json', '--from', join(folder, 'dump')]);
        const { diagnosis } = JSON.parse(dumped.stdout);
        expect({
          code: dumped.code,
          top: diagnosis.rootCauses[0]?.cause,
          headline: diagnosis.headline,
        }).toEqual({ code: live.code, top: live.causes[0], headline: live.headline });
      }
    });

    test('a user with the rights that `triage rbac` prints is told the same', async () => {
      const rights = await runTriage(['rbac', '--user', 'oncall']);
      expect(rights.code, rights.stderr).toBe(0);
      const kubeconfig = await lab().restrictedUser('oncall', rights.stdout);
      for (const words of questions) {
        const live = await outcomeOf(lab(), words);
        expect(await outcomeOf({ kubeconfig }, words)).toEqual(live);
      }
    });
  });
}
