import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Interfaces } from '@oclif/core';
import { Exit } from '../facts/exit.ts';
import { versionLine } from './terminal/version-line.ts';

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
  const [, script = '', ...typed] = argv;
  const words = versionAsCommand(typed);
  process.stdout.on('error', giveUpWriting);
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
  const pjson = { ...packageJson, oclif };
  const options = { root, pjson, ignoreManifest: fromSources, userPlugins: false };
  void runWith(asked(words), options);
}

/** Loaded only now: `--version` has no need of it. */
async function runWith(words: string[], options: Interfaces.LoadOptions): Promise<void> {
  const { Config, handle, refusalOf, run } = await import('./oclif.ts');
  const config = await Config.load(options);
  if (refusalOf(words, config) !== undefined) {
    const [id = '', ...rest] = words;
    await config.runHook('command_not_found', { id, argv: rest });
    return;
  }
  run(words, config).catch(handle);
}

/** `triage --version -o json` asks the command of that name. */
function versionAsCommand([first = '', ...rest]: readonly string[]): readonly string[] {
  const words = first === '' ? rest : [first, ...rest];
  return first === '--version' && rest.length > 0 ? ['version', ...rest] : words;
}

/** A reader that went away is no fault; a full disk is, and nothing more can be said on stdout then. */
function giveUpWriting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') {
    process.stderr.write(`error: the answer could not be written: ${error.message}\n`);
    process.exit(Exit.usage);
  }
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
