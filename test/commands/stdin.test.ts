import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const from = 'test/incidents/pool-exhausted/healthy';

/** Runs triage in a script whose next lines are on stdin, and gives what is left of them. */
function leftOver(words: readonly string[]): string {
  const script = '"$0" bin/dev.js "$@" > /dev/null 2> /dev/null; cat';
  const run = spawnSync('sh', ['-c', script, process.execPath, ...words], {
    input: 'the next line of the script\n',
    encoding: 'utf8',
  });
  return run.stdout;
}

test.each([
  ['announcers', '--from', from],
  ['no-traffic', '--from', from],
  ['pending', '--from', from],
  ['pools', '--from', from],
  ['explain'],
  ['arp'],
  ['from-alert'],
  ['validate'],
])('%s leaves to a script what stands on stdin', (...words) => {
  expect(leftOver(words)).toBe('the next line of the script\n');
});
