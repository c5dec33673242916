import { expect, test } from 'vitest';
import { runTriage } from './child-process.ts';

test('a home that cannot be read is no business of triage: it has nothing there', async () => {
  const env = { XDG_DATA_HOME: '/dev/null' };
  const { stderr, code } = await runTriage(['arp', '127.0.0.1'], { env });
  expect({ stderr, code }).toEqual({
    stderr: 'error: 127.0.0.1 is a loopback address, which never leaves a machine\n',
    code: 2,
  });
});
