import type { Met } from './met-twice.ts';

/** What is true of two files together. */
export type Together = (left: string, right: string) => boolean;

/**
 * Whether two files have the same place in two trees, as `before/default/services.json` and
 * `after/default/services.json`. One must-gather has a tree for each image that gathered.
 */
export function areParallel(left: string, right: string): boolean {
  const isOneGathering =
    gatheringOf(left) !== undefined && gatheringOf(left) === gatheringOf(right);
  return treesOf(left, right).length === 2 && !isOneGathering;
}

/** A dump may have a folder for each namespace, and what belongs to none in each of them. */
export function parallelIn(all: readonly Met[]): Together {
  const namespaces = new Set(
    all.map(({ fact, object: { metadata } }) =>
      fact === 'namespaces' ? metadata.name : metadata.namespace,
    ),
  );
  return (left, right) =>
    areParallel(left, right) &&
    !treesOf(left, right).every((tree) => namespaces.has(tree.split('/').at(-2)));
}

/** Whether the trees of two files share a thing of some namespace: folders for each namespace do not. */
export function treesSharing(groups: readonly (readonly Met[])[]): Together {
  const inNamespaces = groups
    .filter(([first]) => first?.object.metadata.namespace !== undefined)
    .map((group) => [...new Set(group.map(({ file }) => file))])
    .filter((files) => files.length > 1);
  const shared = new Map(inNamespaces.map((files) => [files.join('\n'), files]));
  return (left, right) => {
    const trees = treesOf(left, right);
    return [...shared.values()].some((files) =>
      trees.every((tree) => files.some((file) => file.startsWith(tree))),
    );
  };
}

/** The one folder, here and there, in which two paths differ, as `before/`; none when they differ otherwise. */
export function treesOf(left: string, right: string): readonly string[] {
  const [a, b] = [left.split('/'), right.split('/')];
  const places = a.flatMap((part, index) => (part === b[index] ? [] : index));
  const [at = 0] = places;
  return a.length === b.length && places.length === 1 && at < a.length - 1
    ? [a, b].map((parts) => `${parts.slice(0, at + 1).join('/')}/`)
    : [];
}

function gatheringOf(path: string): string | undefined {
  return /^((?:.*?\/)??)(?:[^/]+\/)?(?:namespaces|cluster-scoped-resources)\//.exec(path)?.[1];
}
