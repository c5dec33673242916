import { expect, test } from 'vitest';
import { causes } from '../../src/checks/causes.ts';
import { checks } from '../../src/checks/index.ts';
import { Exit } from '../../src/core/facts/exit.ts';
import { loadConfig } from './in-process.ts';

interface FlagShape {
  readonly char?: string;
  readonly type: string;
  readonly options?: readonly string[];
  readonly env?: string;
  readonly multiple?: boolean;
}

function shapeOf({ char, type, options, env, multiple }: FlagShape): string {
  return [
    char === undefined ? undefined : `-${char}`,
    multiple === true ? `${type}...` : type,
    options?.join('|'),
    env,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** Scripts and people rely on all of this: a change here needs a line in CHANGELOG.md. */
test('the surface of the program is what was agreed', async () => {
  const { commands } = await loadConfig();
  const own = commands
    .filter(({ pluginName }) => pluginName === 'metallb-triage')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const surface = {
    commands: Object.fromEntries(
      own.map(({ id, aliases, args, flags }) => [
        id,
        {
          aliases,
          args: Object.keys(args),
          flags: Object.fromEntries(
            Object.entries(flags)
              .toSorted(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, flag]) => [`--${name}`, shapeOf(flag as FlagShape)]),
          ),
        },
      ]),
    ),
    exit: Exit,
    checks: Object.fromEntries(checks.map(({ id, causes: found }) => [id, found])),
    causes: causes.map(({ id }) => id),
  };
  await expect(`${JSON.stringify(surface, null, 2)}\n`).toMatchFileSnapshot('golden/surface.json');
});
