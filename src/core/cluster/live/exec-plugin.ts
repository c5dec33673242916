import { spawn } from 'node:child_process';
import { OutsideError, UsageError } from '../../facts/errors.ts';
import { asRaw, filledText, inner, isRaw, raws, text, texts, type Raw } from '../parse/fields.ts';
import type { Access } from './chosen-access.ts';
import { reasonOf } from './kubeconfig.ts';

/** What a credential plugin handed out. */
export interface ExecCredential {
  readonly token: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly expires: string | undefined;
}

/** Where a plugin runs. */
export interface PluginPlace {
  readonly access: Access;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs the credential plugin of a user as kubectl does, and reads the credential it prints. */
export async function runExecPlugin(
  place: PluginPlace,
  signal: AbortSignal,
): Promise<ExecCredential> {
  const { access, environment } = place;
  const exec = inner(access.user, 'exec');
  const command = filledText(exec, 'command');
  if (command === undefined) {
    throw noCommand(access);
  }
  const isInteractive = mayTalk(exec);
  const variables = raws(exec, 'env').map((entry) => [text(entry, 'name'), text(entry, 'value')]);
  const child = spawn(command, texts(exec, 'args'), {
    env: {
      ...environment,
      ...Object.fromEntries(variables),
      KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(access, isInteractive)),
    },
    stdio: [isInteractive ? 'inherit' : 'ignore', 'pipe', isInteractive ? 'inherit' : 'pipe'],
    signal,
  });
  const [output, complaint, exit] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | Error>((resolve) => {
      child.once('error', resolve);
      child.once('close', (code) => resolve(code ?? -1));
    }),
  ]);
  if (exit !== 0) {
    throw pluginFailed(access, exit, complaint);
  }
  return parseCredential(access, output);
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let content = '';
  if (stream !== null) {
    stream.on('data', (chunk: Buffer) => {
      content += chunk.toString('utf8');
    });
    await new Promise((resolve) => {
      stream.once('close', resolve);
      stream.once('error', resolve);
    });
  }
  return content;
}

/** A plugin may ask the person something only where there is one to answer. */
function mayTalk(exec: Raw): boolean {
  return text(exec, 'interactiveMode') !== 'Never' && process.stdin.isTTY && process.stderr.isTTY;
}

function execInfo({ user, cluster, server }: Access, interactive: boolean): Raw {
  const exec = inner(user, 'exec');
  const extensions = raws(cluster, 'extensions');
  const config = extensions.find(({ name }) => name === 'client.authentication.k8s.io/exec');
  return {
    apiVersion: filledText(exec, 'apiVersion') ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: {
      interactive,
      ...(exec['provideClusterInfo'] === true && {
        cluster: {
          server,
          'tls-server-name': cluster['tls-server-name'],
          'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
          'certificate-authority-data': cluster['certificate-authority-data'],
          'proxy-url': cluster['proxy-url'],
          config: config?.['extension'],
        },
      }),
    },
  };
}

function noCommand({ userName }: Access): UsageError {
  return new UsageError(
    `user "${userName}" of the kubeconfig has an exec entry that names no command`,
    { suggestions: ['kubectl config view --minify'] },
  );
}

function pluginFailed(access: Access, exit: number | Error, complaint: string): OutsideError {
  const exec = inner(access.user, 'exec');
  const command = text(exec, 'command') ?? '';
  const plugin = `the credential plugin ${command} of "${access.userName}"`;
  if (exit instanceof Error) {
    const isMissing = isRaw(exit) && exit['code'] === 'ENOENT';
    const isStopped = exit.name === 'AbortError';
    const reason = isStopped ? 'was stopped before it answered' : `failed: ${reasonOf(exit)}`;
    return new OutsideError(`${plugin} ${isMissing ? 'is not installed' : reason}`, {
      cause: exit,
      suggestions: isMissing
        ? [filledText(exec, 'installHint') ?? `install ${command}, or put it into PATH`]
        : [tryIt(exec)],
    });
  }
  const says = complaint.trim().split('\n').slice(-3).join(' ').slice(0, 400);
  return new OutsideError(
    `${plugin} failed with exit code ${exit}${says === '' ? '' : `: ${says}`}`,
    {
      suggestions: [tryIt(exec)],
    },
  );
}

function tryIt(exec: Raw): string {
  return `try it by hand: ${[text(exec, 'command'), ...texts(exec, 'args')].join(' ')}`;
}

function parseCredential(access: Access, output: string): ExecCredential {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    value = undefined;
  }
  const status = inner(asRaw(value), 'status');
  const credential = {
    token: filledText(status, 'token'),
    certificate: filledText(status, 'clientCertificateData'),
    key: filledText(status, 'clientKeyData'),
    expires: filledText(status, 'expirationTimestamp'),
  };
  if (credential.token === undefined && credential.certificate === undefined) {
    const exec = inner(access.user, 'exec');
    throw new OutsideError(
      `the credential plugin ${text(exec, 'command') ?? ''} of "${access.userName}" printed no credential`,
      { suggestions: [tryIt(exec)] },
    );
  }
  return credential;
}
