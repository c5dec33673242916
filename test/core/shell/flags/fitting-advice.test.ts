import { expect, test } from 'vitest';
import { fittingAdvice } from '../../../../src/core/shell/flags/fitting-advice.ts';

const name = 'name one: --kubeconfig FILE';

test.each([
  [
    ['from', 'context'],
    [name, 'or read a recorded cluster: --from PATH'],
  ],
  [['with'], [name, 'or read a recorded cluster: --with PATH']],
  [['context'], [name]],
])('a command with %j is told %j', (flags, told) => {
  expect(fittingAdvice([name, 'or read a recorded cluster: --from PATH'], flags)).toEqual(told);
});
