import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.ts';

/** Programs of the system that a running bed calls, and the Debian package of each. */
const SYSTEM_PROGRAMS = [
  { program: 'ip', package: 'iproute2' },
  { program: 'nsenter', package: 'util-linux' },
  { program: 'setpriv', package: 'util-linux' },
  { program: 'nft', package: 'nftables' },
  { program: 'openssl', package: 'openssl' },
  { program: 'chroot', package: 'coreutils' },
  { program: 'curl', package: 'curl' },
  { program: 'bird', package: 'bird2' },
] as const;

/** Says, one sentence each, what keeps this machine from building the programs. */
export async function missingForBuilding(): Promise<string[]> {
  const least = await leastGoVersion();
  const answer = await runCommand('go', ['env', 'GOVERSION']).catch(() => undefined);
  if (answer === undefined) {
    return [`Go ${least} or newer is not on the PATH`];
  }
  const found = answer.stdout.trim().replace(/^go/, '');
  return isOlder(found, least) ? [`Go ${least} or newer is needed, this is Go ${found}`] : [];
}

/** Says, one sentence each, what keeps this machine from running a bed. */
export async function missingForRunning(): Promise<string[]> {
  if (process.platform !== 'linux') {
    return ['the test bed needs Linux'];
  }
  const missing: string[] = [];
  if (process.getuid?.() !== 0) {
    missing.push('the test bed makes network namespaces and must be run by root');
  }
  for (const { program, package: debianPackage } of SYSTEM_PROGRAMS) {
    const answer = await runCommand('sh', ['-c', `command -v ${program}`], {
      environment: systemEnvironment(),
    });
    if (answer.code !== 0) {
      missing.push(`\`${program}\` is missing (Debian package ${debianPackage})`);
    }
  }
  return missing;
}

/** The environment of the machine, with the folders of system programs always on the PATH. */
export function systemEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin` };
}

/** The newest `go` line of the pinned modules; etcd asks for more than the others. */
async function leastGoVersion(): Promise<string> {
  const root = join(import.meta.dirname, 'programs');
  let least = '1.25';
  for (const folder of await readdir(root)) {
    const line = /^go (\S+)$/m.exec(await readFile(join(root, folder, 'go.mod'), 'utf8'));
    const version = line?.[1] ?? least;
    least = isOlder(least, version) ? version : least;
  }
  return least;
}

function isOlder(version: string, than: string): boolean {
  const left = version.split('.').map((part) => Number.parseInt(part, 10));
  const right = than.split('.').map((part) => Number.parseInt(part, 10));
  for (const [index, part] of right.entries()) {
    const difference = (left[index] ?? 0) - part;
    if (difference !== 0) {
      return difference < 0;
    }
  }
  return false;
}
