import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../../testbed/lab.ts';

const kinds = [
  'namespaces,nodes,services,endpointslices,events,configmaps',
  'deployments,daemonsets,pods',
  'validatingwebhookconfigurations,customresourcedefinitions',
];

/** Makes the folder that somebody without `triage` would send: `cluster-info dump`, and MetalLB's kinds beside it. */
export async function dumpTo(lab: Lab, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await succeed(lab, ['cluster-info', 'dump', '-A', '--output-directory', join(folder, 'info')]);
  const resources = await succeed(lab, ['api-resources', '--api-group=metallb.io', '-o', 'name']);
  for (const kind of [...kinds, ...resources.trim().split('\n')]) {
    const text = await succeed(lab, ['get', kind, '-A', '-o', 'yaml']);
    await writeFile(join(folder, `${kind.replaceAll(',', '-')}.yaml`), text);
  }
}

async function succeed(lab: Lab, words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await lab.kubectl(words);
  if (code !== 0) {
    throw new Error(`kubectl ${words.join(' ')}: ${stderr.trim()}`);
  }
  return stdout;
}
