import { atMost, type Figure } from './figure.ts';
import { median, run } from './measure.ts';

const rounds = 11;

/** How long the bundled program takes to say its version and its help, against an empty Node. */
export async function benchStartUp(): Promise<readonly Figure[]> {
  const bare = await median(rounds, () => run(process.execPath, ['-e', '0']));
  const version = await median(rounds, () => run(process.execPath, ['bin/run.js', '--version']));
  const help = await median(rounds, () => run(process.execPath, ['bin/run.js', '--help']));
  return [
    atMost('--version over node -e 0', version.ms / bare.ms, { limit: 2.5, unit: 'x' }),
    atMost('--help over node -e 0', help.ms / bare.ms, { limit: 3.5, unit: 'x' }),
  ];
}
