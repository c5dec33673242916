import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { outputOf } from './command.ts';
import { RECIPES } from './recipes.ts';
import type { MetalLBVersion, ProgramName, Recipe } from './recipes.ts';
import { missingForBuilding, missingForRunning } from './requirements.ts';

export interface MetalLBRelease {
  readonly version: MetalLBVersion;
  readonly controller: string;
  readonly speaker: string;
  /** The folder of the released manifests: metallb-native.yaml, metallb-frr.yaml and so on. */
  readonly manifests: string;
}

/** Gives absolute paths of the programs; what is not in the cache is built first, which takes minutes. */
export async function programs<Name extends ProgramName>(
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const paths: [string, string][] = [];
  for (const name of names) {
    paths.push([name, await programPath(name)]);
  }
  return Object.fromEntries(paths) as Record<Name, string>;
}

/** Gives one MetalLB release: its programs and its manifests, built first if need be. */
export async function metallbRelease(version: MetalLBVersion): Promise<MetalLBRelease> {
  const controller = await programPath(`controller@${version}`);
  const speaker = await programPath(`speaker@${version}`);
  return { version, controller, speaker, manifests: join(controller, '..', 'kept') };
}

/** Where binaries live from run to run, and where test beds keep their files. */
export function cacheRoot(): string {
  const chosen = process.env['TRIAGE_TESTBED_CACHE'];
  return resolve(chosen ?? join(homedir(), '.cache', 'metallb-triage-testbed'));
}

async function programPath(name: ProgramName): Promise<string> {
  const recipe = recipeOf(name);
  const folder = await cacheFolder(recipe);
  const path = join(folder, recipe.binary);
  if (!(await exists(path))) {
    await build(recipe, path);
  }
  if (recipe.keep !== undefined && !(await exists(join(folder, 'kept')))) {
    await keepFiles(recipe, recipe.keep, folder);
  }
  return path;
}

async function build(recipe: Recipe, path: string): Promise<void> {
  const missing = await missingForBuilding();
  if (missing.length > 0) {
    throw new Error(`cannot build ${recipe.binary}: ${missing.join('; ')}`);
  }
  // Built beside its place and renamed, so that a killed build leaves no half binary.
  const unfinished = `${path}.${process.pid}.unfinished`;
  await mkdir(join(path, '..'), { recursive: true });
  try {
    const flags = ['build', '-trimpath', '-ldflags', recipe.ldflags, '-o', unfinished];
    await go([...flags, recipe.package], recipe);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function keepFiles(
  recipe: Recipe,
  keep: { module: string; folder: string },
  folder: string,
): Promise<void> {
  const moduleFolder = await go(['list', '-m', '-f', '{{.Dir}}', keep.module], recipe);
  const unfinished = join(folder, `kept.${process.pid}.unfinished`);
  await cp(join(moduleFolder.trim(), keep.folder), unfinished, { recursive: true });
  // The module cache is read-only, and so are copies of it.
  await outputOf('chmod', ['-R', 'u+w', unfinished]);
  try {
    await rename(unfinished, join(folder, 'kept'));
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(join(folder, 'kept')))) {
      throw error;
    }
  }
}

/** Statically linked programs only: a dynamic one finds no loader in a pod's root folder. */
function go(args: readonly string[], recipe: Recipe): Promise<string> {
  const environment = { ...process.env, CGO_ENABLED: '0' };
  return outputOf('go', args, { folder: pinFolder(recipe), environment });
}

async function cacheFolder(recipe: Recipe): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) {
    hash.update(await readFile(join(pinFolder(recipe), file)));
  }
  hash.update(JSON.stringify(['CGO_ENABLED=0', '-trimpath', recipe.ldflags, recipe.keep]));
  return join(cacheRoot(), `${recipe.folder}-${hash.digest('hex').slice(0, 12)}`);
}

function pinFolder(recipe: Recipe): string {
  return join(import.meta.dirname, 'programs', recipe.folder);
}

function recipeOf(name: ProgramName): Recipe {
  const recipe = RECIPES.get(name);
  if (recipe === undefined) {
    throw new Error(`no such program: ${name}; there are ${[...RECIPES.keys()].join(', ')}`);
  }
  return recipe;
}

function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

async function main(wanted: readonly string[]): Promise<void> {
  const missing = wanted.length === 0 ? await missingForRunning() : [];
  if (missing.length > 0) {
    // Said before the minutes of building, which would be for nothing.
    throw new Error(`the test bed cannot run here: ${missing.join('; ')}`);
  }
  const everything = [...RECIPES.keys()].filter((name) => name !== 'kwok');
  const names = wanted.length > 0 ? (wanted as ProgramName[]) : everything;
  for (const name of names) {
    const started = performance.now();
    const path = await programPath(name);
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    process.stdout.write(`${seconds.padStart(7)} s  ${name.padEnd(24)} ${path}\n`);
  }
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
