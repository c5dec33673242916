import { readFile } from 'node:fs/promises';
import { dirname, delimiter, isAbsolute, join } from 'node:path';
import { UsageError } from '../../facts/errors.ts';
import { yamlDocuments } from '../yaml-documents.ts';
import { asRaw, filledText, inner, isRaw, raws, text, type Raw } from '../parse/fields.ts';

/** The entries of one or several kubeconfig files, merged as kubectl merges them. */
export interface Kubeconfig {
  /** The files that were read. */
  readonly files: readonly string[];
  /** The files that were looked for, read or not. */
  readonly lookedAt: readonly string[];
  readonly currentContext: string | undefined;
  readonly contexts: ReadonlyMap<string, Raw>;
  readonly clusters: ReadonlyMap<string, Raw>;
  readonly users: ReadonlyMap<string, Raw>;
}

/** Where kubeconfig files are looked for. */
export interface KubeconfigPlace {
  readonly kubeconfig?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads the kubeconfig as kubectl does: the file of the flag alone, which must be there; else all files of
 * KUBECONFIG, of which some may be missing; else the one in the home directory. The first file that says
 * something wins, and relative paths are relative to the file they stand in.
 */
export async function readKubeconfig(place: KubeconfigPlace): Promise<Kubeconfig> {
  const lookedAt = candidates(place);
  const mayBeMissing = place.kubeconfig === undefined;
  const read = await Promise.all(
    lookedAt.map(async (path) => ({ path, config: await readOne(path, mayBeMissing) })),
  );
  const present = read.flatMap(({ path, config }) =>
    config === undefined ? [] : [{ path, config }],
  );
  const configs = present.map(({ config }) => config);
  return {
    files: present.map(({ path }) => path),
    lookedAt,
    currentContext: configs
      .map((config) => filledText(config, 'current-context'))
      .find((name) => name !== undefined),
    contexts: firstWins(configs, 'contexts', 'context'),
    clusters: firstWins(configs, 'clusters', 'cluster'),
    users: firstWins(configs, 'users', 'user'),
  };
}

function candidates({ kubeconfig, environment }: KubeconfigPlace): readonly string[] {
  if (kubeconfig !== undefined && kubeconfig !== '') {
    return [kubeconfig];
  }
  const listed = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  if (listed.length > 0) {
    return [...new Set(listed)];
  }
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  return home === undefined ? [] : [join(home, '.kube', 'config')];
}

async function readOne(path: string, mayBeMissing: boolean): Promise<Raw | undefined> {
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (mayBeMissing && asRaw(cause)['code'] === 'ENOENT') {
      return undefined;
    }
    throw new UsageError(`kubeconfig ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  });
  if (content === undefined) {
    return undefined;
  }
  const [value] = await yamlDocuments(content, `kubeconfig ${path}`);
  if (value !== undefined && value !== null && !isRaw(value)) {
    throw new UsageError(`kubeconfig ${path} is not a kubeconfig: it holds no object`);
  }
  return withAbsolutePaths(asRaw(value), dirname(path));
}

/** The first line of what an error says. */
export function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split('\n', 1)[0] ?? '';
}

const pathKeys = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

function withAbsolutePaths(config: Raw, directory: string): Raw {
  const absolute = (raw: Raw): Raw =>
    Object.fromEntries(
      Object.entries(raw).map(([key, value]) => {
        const isPath = pathKeys.includes(key) && typeof value === 'string' && value !== '';
        return [key, isPath ? resolved(directory, value) : value];
      }),
    );
  const entries = (list: string, key: string) =>
    raws(config, list).map((entry): Raw => ({ ...entry, [key]: absolute(inner(entry, key)) }));
  const users = entries('users', 'user').map((entry) => ({
    ...entry,
    user: withPluginPath(inner(entry, 'user'), directory),
  }));
  return { ...config, clusters: entries('clusters', 'cluster'), users };
}

/** A plugin named with a slash is relative to the kubeconfig, one without is looked up in PATH. */
function withPluginPath(raw: Raw, directory: string): Raw {
  const exec = inner(raw, 'exec');
  const command = text(exec, 'command') ?? '';
  return command.includes('/')
    ? { ...raw, exec: { ...exec, command: resolved(directory, command) } }
    : raw;
}

function resolved(directory: string, path: string): string {
  return isAbsolute(path) ? path : join(directory, path);
}

function firstWins(configs: readonly Raw[], list: string, key: string): ReadonlyMap<string, Raw> {
  const entries = configs.flatMap((config) => raws(config, list));
  return new Map(
    entries.toReversed().flatMap((entry) => {
      const name = filledText(entry, 'name');
      return name === undefined ? [] : [[name, inner(entry, key)] as const];
    }),
  );
}
