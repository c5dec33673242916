import { UsageError } from '../../facts/errors.ts';
import type { LiveSource } from '../cluster-source.ts';
import { nearNames } from '../near-names.ts';
import { filledText, flag, inner, text, texts, type Raw } from '../parse/fields.ts';
import type { Kubeconfig } from './kubeconfig.ts';

/** Which server is asked, as whom, and for which namespace. */
export interface Access {
  readonly context: string | undefined;
  readonly server: string;
  readonly cluster: Raw;
  readonly user: Raw;
  readonly userName: string;
  readonly namespace: string;
  readonly impersonation: Impersonation | undefined;
}

/** The headers of `--as`, `--as-group` and `--as-uid`. */
export interface Impersonation {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid: string | undefined;
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

/** The access that the flags choose from the kubeconfig; undefined when it has no context at all. */
export function chosenAccess(config: Kubeconfig, source: LiveSource): Access | undefined {
  const name = source.context ?? config.currentContext;
  if (name === undefined) {
    return undefinedUnlessContexts(config);
  }
  const context = config.contexts.get(name);
  if (context === undefined) {
    throw unknownContext(name, config);
  }
  const clusterName = text(context, 'cluster') ?? '';
  const cluster = entryOf(config.clusters, { kind: 'cluster', name: clusterName, context: name });
  const userName = text(context, 'user') ?? '';
  const user =
    userName === '' ? {} : entryOf(config.users, { kind: 'user', name: userName, context: name });
  const server = filledText(cluster, 'server');
  if (server === undefined) {
    throw new UsageError(`cluster "${clusterName}" of the kubeconfig names no server`);
  }
  return {
    context: name,
    server: checkedServer(server, clusterName),
    cluster,
    user,
    userName,
    namespace: source.namespace ?? filledText(context, 'namespace') ?? 'default',
    impersonation: impersonationOf(source, user),
  };
}

function undefinedUnlessContexts(config: Kubeconfig): undefined {
  if (config.contexts.size > 0) {
    throw new UsageError('the kubeconfig has no current context', {
      suggestions: [
        `choose one: --context ${[...config.contexts.keys()].toSorted().join(' | ')}`,
        'or: kubectl config use-context NAME',
      ],
    });
  }
  return undefined;
}

function unknownContext(name: string, config: Kubeconfig): UsageError {
  const names = [...config.contexts.keys()];
  const near = nearNames(name, names);
  const offered = near.length > 0 ? near : names.toSorted().slice(0, 10);
  return new UsageError(`context "${name}" is not in the kubeconfig`, {
    suggestions:
      offered.length > 0
        ? [`${near.length > 0 ? 'did you mean' : 'it has'}: ${offered.join(', ')}`]
        : [`no contexts in ${config.lookedAt.join(', ')}`],
  });
}

interface Entry {
  readonly kind: string;
  readonly name: string;
  readonly context: string;
}

function entryOf(entries: ReadonlyMap<string, Raw>, { kind, name, context }: Entry): Raw {
  const entry = entries.get(name);
  if (entry === undefined) {
    throw new UsageError(
      `context "${context}" names the ${kind} "${name}", which is not in the kubeconfig`,
    );
  }
  return entry;
}

function checkedServer(server: string, clusterName: string): string {
  if (!/^https?:\/\//.test(server) || !URL.canParse(server)) {
    throw new UsageError(
      `cluster "${clusterName}" of the kubeconfig has no usable server: ${server}`,
    );
  }
  return server.replace(/\/+$/, '');
}

function impersonationOf(source: LiveSource, user: Raw): Impersonation | undefined {
  const byFlag = source.as !== undefined && source.as !== '';
  const name = byFlag ? source.as : filledText(user, 'as');
  const groups = source.asGroups ?? [];
  if (name === undefined) {
    if (groups.length > 0 || (source.asUid ?? '') !== '') {
      throw new UsageError('--as-group and --as-uid need --as: a group alone cannot be taken on');
    }
    return undefined;
  }
  const extra = inner(user, 'as-user-extra');
  return {
    user: name,
    groups: groups.length > 0 || byFlag ? groups : texts(user, 'as-groups'),
    uid: source.asUid ?? (byFlag ? undefined : filledText(user, 'as-uid')),
    extra: new Map(
      byFlag ? [] : Object.keys(extra).map((key) => [key, texts(extra, key)] as const),
    ),
  };
}

/** The impersonation headers of a request. */
export function impersonationHeaders(
  impersonation: Impersonation | undefined,
): Readonly<Record<string, string | readonly string[]>> {
  if (impersonation === undefined) {
    return {};
  }
  const { user, groups, uid, extra } = impersonation;
  return {
    'Impersonate-User': user,
    ...(groups.length > 0 && { 'Impersonate-Group': groups }),
    ...(uid !== undefined && { 'Impersonate-Uid': uid }),
    ...Object.fromEntries(
      [...extra].map(([key, values]) => [
        `Impersonate-Extra-${encodeURIComponent(key.toLowerCase())}`,
        values,
      ]),
    ),
  };
}

/** True when the server's certificate is not looked at. */
export function skipsVerification(cluster: Raw): boolean {
  return flag(cluster, 'insecure-skip-tls-verify') === true;
}
