import { UsageError } from '../../facts/errors.ts';
import type { LiveSource } from '../cluster-source.ts';
import { filledText } from '../parse/fields.ts';
import { chosenAccess, unknownContext } from './chosen-access.ts';
import { readKubeconfig, type Kubeconfig } from './kubeconfig.ts';

/** A context of the kubeconfig, and what tells its server from others; undefined when its entry is broken. */
export interface KnownContext {
  readonly name: string;
  readonly server: string | undefined;
}

/** The contexts of these names, or all of them, by name; a name that is not there is refused. */
export async function contextsNamed(
  source: LiveSource,
  names: readonly string[] | 'all',
): Promise<readonly KnownContext[]> {
  const environment = source.environment ?? process.env;
  const config = await readKubeconfig({ kubeconfig: source.kubeconfig, environment });
  const known = [...config.contexts.keys()];
  if (names === 'all') {
    if (known.length === 0) {
      throw noContexts(config);
    }
    return known.toSorted().map((name) => ({ name, server: serverOf(config, source, name) }));
  }
  return names.map((name) => {
    if (!config.contexts.has(name)) {
      throw unknownContext(name, config);
    }
    return { name, server: serverOf(config, source, name) };
  });
}

function noContexts({ lookedAt }: Kubeconfig): UsageError {
  const places = lookedAt.length === 0 ? 'KUBECONFIG and HOME are not set' : lookedAt.join(', ');
  return new UsageError(`--all-contexts: there is no context (looked at: ${places})`, {
    suggestions: ['name a kubeconfig: --kubeconfig FILE, or export KUBECONFIG=FILE'],
  });
}

/** One address may lead to several servers, by way of a proxy or a name in TLS; one with another CA is another. */
const distinguishing = [
  'proxy-url',
  'tls-server-name',
  'certificate-authority-data',
  'certificate-authority',
];

function serverOf(config: Kubeconfig, source: LiveSource, context: string): string | undefined {
  try {
    const access = chosenAccess(config, { ...source, context });
    return access === undefined
      ? undefined
      : JSON.stringify([
          new URL(access.server).href,
          ...distinguishing.map((key) => filledText(access.cluster, key) ?? ''),
        ]);
  } catch (error) {
    if (error instanceof UsageError) {
      return undefined;
    }
    throw error;
  }
}
