/** Tells of a file of a dump which single namespace it is about; undefined when it is about all. */
export type NamespaceOfFile = (relativePath: string) => string | undefined;

/** A namespace in every cluster, which nobody names who dumps a few by hand. */
const onlyInWholeDumps = 'kube-node-lease';

/**
 * The trees that `kubectl cluster-info dump` and must-gather write have a folder for each namespace, and
 * leave most namespaces out unless told otherwise.
 */
export function namespacesOfFiles(relativePaths: readonly string[]): NamespaceOfFile {
  const all = new Set(relativePaths);
  const folders = relativePaths
    .flatMap((path) => /^(.*\/)?[^/]+\/replicasets\.json$/.exec(path)?.[0] ?? [])
    .map((path) => path.slice(0, path.lastIndexOf('/')))
    .filter((folder) => all.has(`${folder}/services.json`));
  const names = new Map(folders.map((folder) => [folder, lastPart(folder)]));
  const isWhole = [...names.values()].includes(onlyInWholeDumps);
  return (path) => {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return isWhole ? undefined : (names.get(folder) ?? mustGathered(path));
  };
}

function mustGathered(path: string): string | undefined {
  return /(?:^|\/)namespaces\/([^/]+)\//.exec(path)?.[1];
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
