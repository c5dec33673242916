import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../testbed/command.ts';
import { systemEnvironment } from '../testbed/requirements.ts';
import { triageCommand } from '../testbed/triage.ts';

/** Folders that stand for two images: the real busybox of the machine, and the same with triage in it. */
export async function makeToolImages(folder: string): Promise<Readonly<Record<string, string>>> {
  const plain = await busyboxIn(join(folder, 'busybox'));
  const withTriage = await busyboxIn(join(folder, 'with-triage'));
  const { program } = triageCommand({ kubeconfig: undefined });
  const lines = [
    '#!/bin/sh',
    'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
    `exec '${process.execPath}' '${program}' "$@"`,
    '',
  ];
  await writeFile(join(withTriage, 'triage'), lines.join('\n'), { mode: 0o755 });
  return { 'busybox:1.37': plain, 'triage:test': withTriage };
}

/** A name for every program that this busybox has in it. */
async function busyboxIn(folder: string): Promise<string> {
  await mkdir(folder);
  const environment = systemEnvironment();
  const { stdout: path } = await runCommand('sh', ['-c', 'command -v busybox'], { environment });
  const { stdout: list } = await runCommand(path.trim(), ['--list'], { environment });
  const names = list.split('\n').filter((name) => name !== '' && !name.includes('/'));
  await Promise.all(names.map((name) => symlink(path.trim(), join(folder, name))));
  return folder;
}
