import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The program as it ships, in a folder that goes away with it. */
export interface BuiltProgram extends Disposable {
  readonly home: string;
  readonly script: string;
}

/** Bundles the sources as they are now; what the package would hold, in a folder of its own. */
export function builtProgram(): BuiltProgram {
  const home = mkdtempSync(join(tmpdir(), 'triage-package-'));
  for (const path of ['bin/run.js', 'package.json', 'oclif.manifest.json']) {
    cpSync(join(root, path), join(home, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
  execFileSync(process.execPath, [join(root, 'scripts/bundle.ts'), '--to', home]);
  return {
    home,
    script: join(home, 'bin/run.js'),
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}
