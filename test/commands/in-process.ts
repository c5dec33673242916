import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Config } from '@oclif/core/config';
import { settings } from '@oclif/core/settings';
import { captureOutput } from '@oclif/test';
import type { Outcome } from './child-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** oclif with the commands of the sources. */
export async function loadConfig(): Promise<Config> {
  settings.enableAutoTranspile = false;
  const packageJson = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  return Config.load({
    root,
    pjson: { ...packageJson, oclif: { ...packageJson.oclif, commands: './src/commands' } },
    ignoreManifest: true,
  });
}

const loading = loadConfig();

/** Runs a command of the sources inside this process: for the many cases that need no process of their own. */
export async function runHere(command: string, args: readonly string[]): Promise<Outcome> {
  const config = await loading;
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    const { stdout, stderr, error } = await captureOutput(
      async () => config.runCommand(command, [...args]),
      { stripAnsi: false, testNodeEnv: 'production' },
    );
    if (error !== undefined) {
      throw error;
    }
    return { stdout, stderr, code: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = before;
  }
}
