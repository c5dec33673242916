import { readFile } from 'node:fs/promises';
import { UsageError } from '../../facts/errors.ts';
import { filledText, inner, isRaw, type Raw } from '../parse/fields.ts';
import { skipsVerification, type Access } from './chosen-access.ts';
import { runExecPlugin, type ExecCredential, type PluginPlace } from './exec-plugin.ts';
import { reasonOf } from './kubeconfig.ts';

/** What is shown to the server, and what is expected of it. */
export interface Credentials {
  /** The value of the Authorization header. */
  readonly authorization: string | undefined;
  readonly cert: string | Buffer | undefined;
  readonly key: string | Buffer | undefined;
  readonly ca: string | Buffer | undefined;
  readonly rejectUnauthorized: false | undefined;
  readonly servername: string | undefined;
}

/** Hands out the credentials of one user, with those of a plugin kept until they expire. */
export function createCredentialSource(place: PluginPlace) {
  let kept: ExecCredential | undefined;
  return async (signal: AbortSignal): Promise<Credentials> => {
    const { access } = place;
    const isKept = kept !== undefined && isFresh(kept);
    if (isRaw(access.user['exec']) && !isKept) {
      kept = await runExecPlugin(place, signal);
    }
    const { user, cluster } = access;
    return {
      authorization: await authorizationOf(user, kept),
      cert: kept?.certificate ?? (await dataOrFile(user, 'client-certificate')),
      key: kept?.key ?? (await dataOrFile(user, 'client-key')),
      ca: await dataOrFile(cluster, 'certificate-authority'),
      rejectUnauthorized: skipsVerification(cluster) ? false : undefined,
      servername: filledText(cluster, 'tls-server-name'),
    };
  };
}

function isFresh({ expires }: ExecCredential): boolean {
  return expires === undefined || Date.parse(expires) > Date.now();
}

/** As in kubectl a token file wins over a token, and a token over name and password. */
async function authorizationOf(
  user: Access['user'],
  plugin: ExecCredential | undefined,
): Promise<string | undefined> {
  const file = filledText(user, 'tokenFile');
  const token =
    plugin?.token ??
    (file === undefined ? undefined : (await contentOf(file)).toString('utf8').trim()) ??
    filledText(user, 'token');
  if (token !== undefined && token !== '') {
    return `Bearer ${token}`;
  }
  const name = filledText(user, 'username');
  const pair = `${name}:${filledText(user, 'password') ?? ''}`;
  return name === undefined ? undefined : `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** The data in the kubeconfig wins over the file it names. */
async function dataOrFile(holder: Raw, key: string): Promise<Buffer | undefined> {
  const data = filledText(holder, `${key}-data`);
  const file = filledText(holder, key);
  if (data !== undefined) {
    return Buffer.from(data, 'base64');
  }
  return file === undefined ? undefined : await contentOf(file);
}

async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new UsageError(`the kubeconfig names ${file}, which cannot be read: ${reasonOf(cause)}`, {
      cause,
      suggestions: ['kubectl config view --minify'],
    });
  }
}

/** True when only @kubernetes/client-node knows how to log in: the old providers (OIDC, GCP, Azure). */
export function needsAuthProvider(user: Raw): boolean {
  return Object.keys(inner(user, 'auth-provider')).length > 0;
}
