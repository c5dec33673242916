// node scripts/run.mjs FILE ARGS...: installs from the lock file when node_modules is missing or older than
// it, then runs FILE on the Node that the install brought. Plain JavaScript without dependencies, because it
// starts on whatever Node the machine has. (`node a && node b` would not do: dash remembers where it found
// the first node.)
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = `${root}node_modules/.bin`;
const stampFile = `${root}node_modules/.installed-from`;
const lock = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .digest('hex');

function install() {
  process.stderr.write('installing the locked dependencies (npm ci) ...\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write('npm ci failed, see above; it needs npm and the npm registry\n');
    process.exit(status ?? 1);
  }
  writeFileSync(stampFile, lock);
}

// Whoever ran `npm ci` before has no stamp, and needs no second installation: npm's own note says what it put there.
function isInstalled() {
  const noteFile = `${root}node_modules/.package-lock.json`;
  if (!existsSync(noteFile) || !existsSync(`${bin}/node`)) {
    return false;
  }
  const there = JSON.parse(readFileSync(noteFile, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages;
  const isThere = (path) =>
    path === '' ||
    (there[path] === undefined
      ? wanted[path].optional === true
      : there[path].version === wanted[path].version);
  return Object.keys(wanted).every(isThere);
}

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== lock) {
  if (isInstalled()) {
    writeFileSync(stampFile, lock);
  } else {
    install();
  }
}
const run = spawnSync(`${bin}/node`, process.argv.slice(2), {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
});
if (run.error) {
  process.stderr.write(`cannot start ${bin}/node: ${run.error.message}\n`);
}
process.exitCode = run.status ?? 1;
