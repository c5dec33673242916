// Bundles what ships into dist/: one entry per command, shared code in chunks, so that `--help` and `explain`
// never load the Kubernetes client. `--to DIR` puts dist/ there instead of beside package.json.
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @oclif/core is CommonJS inside; these are the words it expects to find. */
const banner = [
  "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

const to = process.argv.includes('--to')
  ? (process.argv[process.argv.indexOf('--to') + 1] ?? root)
  : root;
const outdir = join(to, 'dist');

rmSync(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: [
    'src/core/shell/start.ts',
    'src/core/shell/command-not-found.ts',
    ...globSync('src/commands/**/*.ts', { cwd: root }),
  ],
  outbase: 'src',
  outdir,
  bundle: true,
  splitting: true,
  // its native part lies beside it, in a package per platform
  external: ['koffi'],
  platform: 'node',
  format: 'esm',
  target: 'node22',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  banner: { js: banner },
  logLevel: 'warning',
});
