// npm run generate [-- --to DIR]: makes every file that is derived from the sources. A test makes them again
// into a temporary folder and compares.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Plugin } from '@oclif/core/config';
import { settings } from '@oclif/core/settings';
import { causes } from '../src/checks/causes.ts';
import { checks } from '../src/checks/index.ts';
import { causePage, checkPage } from '../src/core/report/explanation.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Generated folders and files; what is in them and is not made any more is removed. */
const generatedFolders = ['docs/checks', 'docs/causes'];

interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** oclif's manifest, made from the sources, but pointing at what ships. */
async function manifest(): Promise<GeneratedFile> {
  settings.enableAutoTranspile = false;
  const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const plugin = new Plugin({
    root,
    type: 'core',
    isRoot: true,
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
    pjson: { ...packageJson, oclif: { ...packageJson.oclif, commands: './src/commands' } },
  });
  await plugin.load();
  const commands = Object.entries(plugin.manifest.commands)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, command]) => [
      id,
      { ...command, relativePath: ['dist', 'commands', `${id.replaceAll(':', '/')}.js`] },
    ]);
  const content = { commands: Object.fromEntries(commands), version: plugin.manifest.version };
  return { path: 'oclif.manifest.json', content: `${JSON.stringify(content, null, 2)}\n` };
}

function pages(): readonly GeneratedFile[] {
  return [
    ...checks.map((check) => ({ path: `docs/checks/${check.id}.md`, content: checkPage(check) })),
    ...causes.map((cause) => ({
      path: `docs/causes/${cause.id}.md`,
      content: causePage(
        cause,
        checks.filter((check) => check.causes.includes(cause.id)),
      ),
    })),
  ];
}

const to = process.argv.includes('--to')
  ? (process.argv[process.argv.indexOf('--to') + 1] ?? root)
  : root;
const files = [await manifest(), ...pages()];
for (const folder of generatedFolders) {
  rmSync(join(to, folder), { recursive: true, force: true });
}
for (const { path, content } of files) {
  mkdirSync(dirname(join(to, path)), { recursive: true });
  writeFileSync(join(to, path), content);
}
process.stdout.write(`${files.length} files generated\n`);
