import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLab } from '../testbed/lab.ts';
import type { Lab } from '../testbed/lab.ts';
import { ask, causesOf } from './causes/answer.ts';
import { loadBalancer, yamlOf } from './causes/manifest.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ metallb: undefined, nodes: 1 });
  await lab.apply(yamlOf([loadBalancer('default/web')]));
});

afterAll(() => lab?.stop());

test.each([['pending', 'default/web'], ['health']])(
  'a cluster without MetalLB is told so (%s)',
  async (...words) => {
    const answer = await ask(lab, words);
    expect({ code: answer.code, causes: causesOf(answer) }, answer.text).toEqual({
      code: 1,
      causes: ['metallb-not-installed'],
    });
  },
);
