import { readFile, writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';

export interface KubeconfigParts {
  readonly server: string;
  /** The file of the authority's certificate. */
  readonly authority: string;
  readonly user: string;
  readonly certificate: string;
  readonly key: string;
}

/** Writes a kubeconfig with its certificates inside, so that the one file can be passed around. */
export async function writeKubeconfig(path: string, parts: KubeconfigParts): Promise<string> {
  const { server, user } = parts;
  const document = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'testbed',
        cluster: { server, 'certificate-authority-data': await base64Of(parts.authority) },
      },
    ],
    users: [
      {
        name: user,
        user: {
          'client-certificate-data': await base64Of(parts.certificate),
          'client-key-data': await base64Of(parts.key),
        },
      },
    ],
    contexts: [{ name: 'testbed', context: { cluster: 'testbed', user } }],
    'current-context': 'testbed',
  };
  await writeFile(path, stringify(document), { mode: 0o600 });
  return path;
}

async function base64Of(path: string): Promise<string> {
  return (await readFile(path)).toString('base64');
}
