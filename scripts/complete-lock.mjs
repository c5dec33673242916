// node scripts/complete-lock.mjs: run after `npm install` has changed package-lock.json. A registry mirror may
// lack the binaries of platforms nobody there uses; npm then leaves their lock entries out, and `npm ci` refuses
// the lock file everywhere. This writes the missing entries (name, version, platform) from what the packages
// that want them say; a machine of such a platform fetches them by version.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const systems = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openharmony',
  'win32',
  'netbsd',
  'openbsd',
  'sunos',
  'aix',
];
const processors = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
];
const missing = Object.values(lock.packages).flatMap((entry) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => lock.packages[`node_modules/${name}`] === undefined)
    .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
);

for (const { name, version, dev } of missing) {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (os !== undefined) {
    const base = {
      version: version.replace(/^[\^~]/, ''),
      ...(dev ? { dev } : {}),
      optional: true,
    };
    lock.packages[`node_modules/${name}`] = { ...base, ...(cpu ? { cpu: [cpu] } : {}), os: [os] };
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${missing.length} entries completed`);
