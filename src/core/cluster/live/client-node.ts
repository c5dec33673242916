import type { Agent } from 'node:http';
import type { RequestOptions } from 'node:https';
import { OutsideError } from '../../facts/errors.ts';
import { isRaw } from '../parse/fields.ts';
import type { Access } from './chosen-access.ts';
import { kubectlFlags } from './kubectl-flags.ts';
import { reasonOf } from './kubeconfig.ts';

/** What @kubernetes/client-node makes of a kubeconfig. */
export interface Prepared {
  /** An agent that goes through the proxy, when there is one. */
  readonly agent: Agent | undefined;
  readonly authorization: string | undefined;
}

/**
 * Lets @kubernetes/client-node log in with an old auth provider, and go through a proxy. It costs 0.1 s and
 * 60 MB to load, so it is asked only for these.
 */
export async function prepareWithClientNode(
  access: Access,
  proxy: string | undefined,
  signal: AbortSignal,
): Promise<Prepared> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(JSON.stringify(documentFor(access, proxy)));
  const options: RequestOptions = { headers: {} };
  const aborted = Promise.withResolvers<never>();
  const stop = () => aborted.reject(new Error('stopped before it answered'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([kubeConfig.applyToHTTPSOptions(options), aborted.promise]);
  } catch (cause) {
    throw new OutsideError(
      `the credentials of "${access.userName}" cannot be used: ${reasonOf(cause)}`,
      { cause, suggestions: [`kubectl config view --minify${kubectlFlags(access)}`] },
    );
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const headers = isRaw(options.headers) ? options.headers : {};
  const authorization = headers['Authorization'];
  return {
    agent: typeof options.agent === 'object' ? options.agent : undefined,
    authorization: typeof authorization === 'string' ? authorization : undefined,
  };
}

/** One context, cluster and user; without a user client-node would ignore the cluster's CA. */
function documentFor({ cluster, user, server }: Access, proxy: string | undefined) {
  const isPlain = server.startsWith('http:');
  const { exec: _, ...userWithoutPlugin } = user;
  return {
    'current-context': 'chosen',
    contexts: [{ name: 'chosen', context: { cluster: 'chosen', user: 'chosen' } }],
    clusters: [
      {
        name: 'chosen',
        cluster: {
          ...cluster,
          server,
          ...(proxy !== undefined && { 'proxy-url': proxy }),
          // it refuses plain HTTP unless told that nothing is to be verified
          ...(isPlain && { 'insecure-skip-tls-verify': true }),
        },
      },
    ],
    users: [{ name: 'chosen', user: userWithoutPlugin }],
  };
}
