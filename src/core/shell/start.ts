import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Interfaces } from '@oclif/core';
import { versionLine } from './version-line.ts';

/** How the program was started, and from where. */
export interface Start {
  readonly argv: readonly string[];
  /** Folder of package.json. */
  readonly home: URL;
  /** Run `src/commands` instead of the built commands. */
  readonly fromSources?: boolean;
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly oclif: Readonly<Record<string, unknown>>;
}

/**
 * Hands the command line to oclif. Neither awaited nor flushed: an awaited run ends with exit 13 when the
 * reader of a pipe goes away, and oclif's flush cuts long output off for a slow reader (oclif/core #453, #1585).
 */
export function start({ argv, home, fromSources = false }: Start): void {
  const root = fileURLToPath(home);
  const packageJson = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as PackageJson;
  const [, script = '', ...words] = argv;
  if (words[0] === '--version' && words.length === 1) {
    process.stdout.write(`${versionLine(packageJson.version)}\n`);
    return;
  }
  const oclif = {
    ...packageJson.oclif,
    ...(pluginCommands.includes(words[0] ?? '') ? {} : { plugins: [] }),
    ...(isKubectlPlugin(script) ? { bin: 'kubectl triage' } : {}),
    ...(fromSources ? { commands: './src/commands', hooks: sourceHooks } : {}),
  };
  const options = { root, pjson: { ...packageJson, oclif }, ignoreManifest: fromSources };
  void runWith(asked(words), options);
}

/** Loaded only now: `--version` has no need of it. */
async function runWith(words: string[], options: Interfaces.LoadOptions): Promise<void> {
  const { handle, run } = await import('./oclif.ts');
  run(words, options).catch(handle);
}

/** Looking up plugins costs every start ten milliseconds; these are the only commands that come from one. */
const pluginCommands: readonly string[] = ['autocomplete', 'help'];

const sourceHooks = {
  command_not_found: {
    target: './src/core/shell/command-not-found.ts',
    identifier: 'commandNotFound',
  },
};

/** kubectl runs `kubectl-triage` for `kubectl triage`. */
function isKubectlPlugin(script: string): boolean {
  return basename(script).startsWith('kubectl-triage');
}

/** `triage` alone at a terminal asks what the person sees; anywhere else it is a call for help. */
function asked(words: readonly string[]): string[] {
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY;
  return words.length === 0 && isTerminal ? ['ask'] : [...words];
}
