import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const generated = ['oclif.manifest.json', 'docs/checks/*.md', 'docs/causes/*.md', 'docs/bugs/*.md'];

function filesUnder(folder: string): Readonly<Record<string, string>> {
  const paths = generated.flatMap((pattern) => globSync(pattern, { cwd: folder })).toSorted();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

test('generated files are what npm run generate makes, and nothing is left over', () => {
  const folder = mkdtempSync(join(tmpdir(), 'triage-generate-'));
  try {
    execFileSync(process.execPath, [join(root, 'scripts/generate.ts'), '--to', folder]);
    expect(filesUnder(root)).toEqual(filesUnder(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
