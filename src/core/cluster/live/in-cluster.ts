import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { LiveSource } from '../cluster-source.ts';
import type { Access } from './chosen-access.ts';
import { impersonationOf } from './impersonation.ts';

const usualDirectory = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The access that a pod has with its ServiceAccount; undefined outside a pod. */
export async function inClusterAccess(
  source: LiveSource,
  environment: Readonly<Record<string, string | undefined>>,
  directory: string = usualDirectory,
): Promise<Access | undefined> {
  const host = environment['KUBERNETES_SERVICE_HOST'];
  const port = environment['KUBERNETES_SERVICE_PORT'] ?? '443';
  const namespace = await readFile(join(directory, 'namespace'), 'utf8').catch(() => undefined);
  if (host === undefined || host === '' || namespace === undefined) {
    return undefined;
  }
  return {
    kubeconfig: undefined,
    context: undefined,
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    cluster: { 'certificate-authority': join(directory, 'ca.crt') },
    user: { tokenFile: join(directory, 'token') },
    userName: 'the ServiceAccount of this pod',
    namespace: source.namespace ?? namespace.trim(),
    impersonation: impersonationOf(source, {}),
  };
}
