import { UsageError } from '../../facts/errors.ts';
import type { LiveSource } from '../cluster-source.ts';
import { nearNames } from '../near-names.ts';
import { filledText, flag, text, type Raw } from '../parse/fields.ts';
import { impersonationOf, type Impersonation } from './impersonation.ts';
import type { Kubeconfig } from './kubeconfig.ts';

/** Which server is asked, as whom, and for which namespace. */
export interface Access {
  /** `--kubeconfig`, when it was given. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly server: string;
  readonly cluster: Raw;
  readonly user: Raw;
  readonly userName: string;
  readonly namespace: string;
  readonly impersonation: Impersonation | undefined;
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
    kubeconfig: source.kubeconfig,
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

/** The name that was meant, or the names there are. */
export function unknownContext(name: string, config: Kubeconfig): UsageError {
  const names = [...config.contexts.keys()];
  const near = nearNames(name, names);
  const offered = near.length > 0 ? near : names.toSorted().slice(0, 10);
  return new UsageError(`context "${name}" is not in the kubeconfig`, {
    suggestions:
      offered.length > 0
        ? [`${near.length > 0 ? 'did you mean' : 'it has'}: ${offered.join(', ')}`]
        : [
            `there are no contexts in ${config.lookedAt.join(', ')}: name the file with --kubeconfig FILE or KUBECONFIG`,
            'or answer from a recording: triage health --from FILE',
          ],
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

/** True when the server's certificate is not looked at. */
export function skipsVerification(cluster: Raw): boolean {
  return flag(cluster, 'insecure-skip-tls-verify') === true;
}
