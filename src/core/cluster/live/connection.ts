import { createHash } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { OutsideError } from '../../facts/errors.ts';
import { inner, isRaw, raws, text, type Raw } from '../parse/fields.ts';
import { impersonationHeaders, type Access } from './chosen-access.ts';
import { reasonOf } from './kubeconfig.ts';
import { proxyFor } from './proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** An API server, and what every request to it carries. */
export interface Connection {
  readonly server: URL;
  readonly agent: HttpAgent;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** The client certificate that is shown to the server, to say when it has expired. */
  readonly clientCertificate: string | Buffer | undefined;
}

/** Opens connections for one access; the credentials are asked for anew each time, sockets are kept. */
export interface Connector {
  connect(signal: AbortSignal): Promise<Connection>;
}

/** A connector that authenticates as @kubernetes/client-node does, plugins and token files included. */
export function connectorFor(
  access: Access,
  kubeConfig: KubeConfig,
  environment: Environment,
): Connector {
  kubeConfig.loadFromString(JSON.stringify(documentFor(access, environment)));
  return connectorOf(kubeConfig, access);
}

/** A connector with the ServiceAccount of the pod that we run in. */
export function inClusterConnector(kubeConfig: KubeConfig): {
  readonly connector: Connector;
  readonly access: Access;
} {
  kubeConfig.loadFromCluster();
  const context = kubeConfig.getContextObject(kubeConfig.getCurrentContext());
  const access: Access = {
    context: undefined,
    server: kubeConfig.getCurrentCluster()?.server ?? '',
    cluster: {},
    user: {},
    userName: 'in-cluster service account',
    namespace: context?.namespace?.trim() ?? 'default',
    impersonation: undefined,
  };
  return { connector: connectorOf(kubeConfig, access), access };
}

function connectorOf(kubeConfig: KubeConfig, access: Access): Connector {
  let kept: { readonly material: string; readonly agent: HttpAgent } | undefined;
  return {
    async connect(signal) {
      const options = await credentials(kubeConfig, access, signal);
      const material = createHash('sha256')
        .update(JSON.stringify([options.cert, options.key]))
        .digest('hex');
      if (kept?.material !== material) {
        kept = { material, agent: agentFor(options, kubeConfig.getCurrentCluster()?.proxyUrl) };
      }
      return {
        server: new URL(access.server),
        agent: kept.agent,
        headers: headersOf(options, access),
        clientCertificate: certificateOf(options),
      };
    },
  };
}

/** One context, cluster and user; client-node ignores a cluster's CA when there is no user. */
function documentFor(access: Access, environment: Environment): Raw {
  const proxy = text(access.cluster, 'proxy-url') ?? proxyFor(access.server, environment);
  const isPlain = access.server.startsWith('http:');
  const cluster = {
    ...access.cluster,
    server: access.server,
    ...(proxy !== undefined && { 'proxy-url': proxy }),
    // client-node refuses plain HTTP unless told that nothing is to be verified
    ...(isPlain && { 'insecure-skip-tls-verify': true }),
  };
  return {
    'current-context': 'chosen',
    contexts: [{ name: 'chosen', context: { cluster: 'chosen', user: 'chosen' } }],
    clusters: [{ name: 'chosen', cluster }],
    users: [{ name: 'chosen', user: userFor(access) }],
  };
}

function userFor({ user, cluster, server }: Access): Raw {
  const tokenFile = text(user, 'tokenFile');
  const withFile =
    tokenFile === undefined || tokenFile === '' || isRaw(user['auth-provider'])
      ? user
      : { ...user, 'auth-provider': { name: 'tokenFile', config: { tokenFile } } };
  return isRaw(user['exec'])
    ? { ...withFile, exec: withExecInfo(inner(user, 'exec'), { ...cluster, server }) }
    : withFile;
}

/** kubectl tells every plugin which form of answer it expects; client-node 2 leaves that out. */
function withExecInfo(exec: Raw, cluster: Raw): Raw {
  const info = {
    apiVersion: text(exec, 'apiVersion') ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(exec['provideClusterInfo'] === true && { cluster }),
    },
  };
  const variable = { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) };
  return { ...exec, env: [...raws(exec, 'env'), variable] };
}

async function credentials(
  kubeConfig: KubeConfig,
  access: Access,
  signal: AbortSignal,
): Promise<RequestOptions> {
  const options: RequestOptions = { headers: {} };
  const aborted = Promise.withResolvers<never>();
  const stop = () => aborted.reject(new OutsideError(`stopped while ${asking(access)}`));
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([kubeConfig.applyToHTTPSOptions(options), aborted.promise]);
  } catch (cause) {
    throw credentialsFailed(access, cause);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return options;
}

function asking({ user, userName }: Access): string {
  const command = text(inner(user, 'exec'), 'command');
  return command === undefined
    ? `reading the credentials of "${userName}"`
    : `the credential plugin ${command} of "${userName}" was running`;
}

function credentialsFailed(access: Access, cause: unknown): OutsideError {
  if (cause instanceof OutsideError) {
    return cause;
  }
  const exec = inner(access.user, 'exec');
  const command = text(exec, 'command');
  if (command === undefined) {
    return new OutsideError(
      `the credentials of "${access.userName}" cannot be used: ${reasonOf(cause)}`,
      { cause, suggestions: [`kubectl config view --minify${contextFlag(access)}`] },
    );
  }
  const isMissing = isRaw(cause) && cause['code'] === 'ENOENT';
  const hint = text(exec, 'installHint');
  return new OutsideError(
    isMissing
      ? `the credential plugin ${command} of "${access.userName}" is not installed`
      : `the credential plugin ${command} of "${access.userName}" failed: ${reasonOf(cause)}`,
    {
      cause,
      suggestions: isMissing
        ? [hint ?? `install ${command}, or put it into PATH`]
        : [`try it by hand: ${[command, ...argumentsOf(exec)].join(' ')}`],
    },
  );
}

function argumentsOf(exec: Raw): readonly string[] {
  const list = exec['args'];
  return Array.isArray(list) ? list.map(String) : [];
}

/** ` --context=lab`, to be appended to a kubectl command line. */
export function contextFlag({ context }: Access): string {
  return context === undefined ? '' : ` --context=${context}`;
}

function agentFor(options: RequestOptions, proxyUrl: string | undefined): HttpAgent {
  if (proxyUrl !== undefined && options.agent instanceof HttpAgent) {
    // client-node's proxy agents open a tunnel per request unless told to keep it
    return Object.assign(options.agent, { keepAlive: true });
  }
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
  const tls = { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername };
  const given = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
  return options.agent instanceof HttpsAgent
    ? new HttpsAgent({ keepAlive: true, ...given })
    : new HttpAgent({ keepAlive: true });
}

function headersOf(options: RequestOptions, access: Access): Connection['headers'] {
  const given = options.headers;
  const headers = isRaw(given) ? given : {};
  const basic: Raw =
    typeof options.auth === 'string' && options.auth !== ''
      ? { Authorization: `Basic ${Buffer.from(options.auth).toString('base64')}` }
      : {};
  const texts = Object.entries({ ...basic, ...headers }).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value.trim()] as const] : [],
  );
  return { ...Object.fromEntries(texts), ...impersonationHeaders(access.impersonation) };
}

function certificateOf(options: RequestOptions): string | Buffer | undefined {
  const { cert } = options;
  return typeof cert === 'string' || Buffer.isBuffer(cert) ? cert : undefined;
}
