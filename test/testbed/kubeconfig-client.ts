import { readFile, writeFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';

/** The server that a kubeconfig names and what is needed to speak to it as its user. */
export interface KubeconfigClient {
  readonly server: string;
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: Readonly<Record<string, string>> }[];
  readonly users: readonly { readonly user: Readonly<Record<string, string>> }[];
}

/** Reads a kubeconfig of the test bed: one cluster, one user, everything inside the file. */
export async function clientOf(kubeconfig: string): Promise<KubeconfigClient> {
  const { clusters, users } = await read(kubeconfig);
  const cluster = clusters[0]?.cluster ?? {};
  const user = users[0]?.user ?? {};
  return {
    server: cluster['server'] ?? '',
    ca: decoded(cluster['certificate-authority-data']),
    cert: decoded(user['client-certificate-data']),
    key: decoded(user['client-key-data']),
  };
}

/** Writes a copy that names another server and is otherwise the same, and gives its path. */
export async function pointKubeconfigAt(
  kubeconfig: string,
  server: string,
  target: string,
): Promise<string> {
  const document = await read(kubeconfig);
  const clusters = document.clusters.map((entry) => ({
    ...entry,
    cluster: { ...entry.cluster, server },
  }));
  await writeFile(target, stringify({ ...document, clusters }), { mode: 0o600 });
  return target;
}

async function read(kubeconfig: string): Promise<Kubeconfig> {
  return parse(await readFile(kubeconfig, 'utf8')) as Kubeconfig;
}

function decoded(base64: string | undefined): Buffer {
  return Buffer.from(base64 ?? '', 'base64');
}
