import { posix } from 'node:path';
import { isRaw, text, texts, type Raw } from '../cluster/parse/fields.ts';
import { unbuiltIn, type Kustomization } from './kustomization-notes.ts';
import type { ParsedFile } from './manifest-documents.ts';
import { isOurs } from './own-kinds.ts';

/** A file and what it holds. */
export interface ManifestSource {
  readonly path: string;
  readonly parsed: ParsedFile;
}

/** Files that make up one cluster. */
export interface Overlay {
  readonly name: string;
  readonly files: readonly ManifestSource[];
  /** The namespace that a kustomization puts everything into. */
  readonly namespace: string | undefined;
  readonly notes: readonly string[];
  /** What kustomize is to be asked for to judge all of it; undefined when the files tell all. */
  readonly build: string | undefined;
}

const kustomizationFile = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/**
 * One folder is one cluster, unless several kustomizations in it stand for themselves: overlays of different clusters
 * repeat each other's ranges, and judged together they would seem to collide. `isChosenFrom` says that the cluster
 * beside chooses pools by their labels.
 */
export function overlaysOf(
  name: string,
  all: readonly ManifestSource[],
  isChosenFrom = false,
): readonly Overlay[] {
  const kustomizations = all.flatMap(kustomizationIn);
  const files = withoutPatches(all, kustomizations);
  const used = new Set(kustomizations.flatMap(({ resources }) => resources));
  const roots = kustomizations.filter(({ folder }) => !used.has(folder));
  const folders = new Set(kustomizations.map(({ folder }) => folder));
  const overlays = roots.map((root) => {
    const overlay = overlayOf(root, kustomizations, files);
    const around = { all, own: overlay.files, folders, isChosenFrom };
    return { ...overlay, ...unbuiltIn(reachedFrom(root, kustomizations), around) };
  });
  const reached = new Set(overlays.flatMap((overlay) => overlay.files));
  const left = files.filter((file) => !reached.has(file));
  const [only, ...more] = overlays;
  if (only === undefined) {
    return [{ name, files, namespace: undefined, notes: [], build: undefined }];
  }
  if (more.length > 0) {
    return [...overlays, ...strayed(name, left.filter(isWorthTelling), [])];
  }
  const strays = left.filter((file) => isBelow(file, only.name) && holdsOurs(file));
  return [
    { ...only, name, files: files.filter((file) => !strays.includes(file)) },
    ...strayed(name, strays, strays.map(leftOut)),
  ];
}

/** Objects beside a kustomization that it does not name: nobody applies them together with what it builds. */
function strayed(
  name: string,
  files: readonly ManifestSource[],
  notes: readonly string[],
): readonly Overlay[] {
  return files.length === 0
    ? []
    : [
        {
          name: `${name} (files that no kustomization names)`,
          files,
          namespace: undefined,
          notes,
          build: undefined,
        },
      ];
}

function leftOut({ path }: ManifestSource): string {
  return `kustomize leaves ${path} out: judged by itself, not together with what is built`;
}

function isBelow({ path }: ManifestSource, folder: string): boolean {
  if (path === '-') {
    return false;
  }
  return folder === '.' || posix.normalize(path).startsWith(`${folder}/`);
}

function holdsOurs({ parsed }: ManifestSource): boolean {
  return parsed.documents.some(({ value }) => isOurs(value));
}

function kustomizationIn({ path, parsed }: ManifestSource): readonly Kustomization[] {
  const folder = posix.dirname(posix.normalize(path));
  return parsed.documents
    .map(({ value }) => value)
    .filter((raw) => isKustomization(path, raw))
    .map((raw) => {
      const built = ['resources', 'bases', 'components'].flatMap((field) => texts(raw, field));
      const patched = ['patches', 'patchesJson6902'].flatMap((field) => pathsIn(raw[field]));
      const at = (path: string) => posix.normalize(posix.join(folder, path)).replace(/\/$/, '');
      return {
        folder,
        raw,
        resources: built.filter((each) => !isRemote(each)).map(at),
        patches: [...patched, ...texts(raw, 'patchesStrategicMerge')].map(at),
        remote: built.filter(isRemote),
      };
    });
}

function isRemote(resource: string): boolean {
  return resource.includes('://') || /^(?:git@|github\.com\/)/.test(resource);
}

function pathsIn(patches: unknown): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(patches) ? patches : [];
  return entries.filter(isRaw).flatMap((entry) => text(entry, 'path') ?? []);
}

/** A patch looks like an object and is none: most of it is missing. */
function withoutPatches(
  files: readonly ManifestSource[],
  kustomizations: readonly Kustomization[],
): readonly ManifestSource[] {
  const resources = new Set(kustomizations.flatMap((each) => each.resources));
  const patches = new Set(kustomizations.flatMap((each) => each.patches));
  return files.filter(({ path }) => {
    const own = posix.normalize(path);
    return resources.has(own) || !patches.has(own);
  });
}

function isWorthTelling({ parsed }: ManifestSource): boolean {
  return parsed.documents.length > 0 || parsed.unread !== undefined;
}

/** Flux has a kind of that name too; it is an order to Flux, not a list of files. */
export function isKustomization(path: string, raw: Raw): boolean {
  const version = text(raw, 'apiVersion') ?? '';
  return (
    version.startsWith('kustomize.config.k8s.io/') ||
    (kustomizationFile.test(path) && version === '')
  );
}

function overlayOf(
  root: Kustomization,
  all: readonly Kustomization[],
  files: readonly ManifestSource[],
): Omit<Overlay, 'notes' | 'build'> {
  const reached = reachedFrom(root, all);
  const paths = new Set(reached.flatMap(({ resources }) => resources));
  return {
    name: root.folder,
    files: files.filter(
      ({ path }) =>
        paths.has(posix.normalize(path)) ||
        reached.some(
          ({ folder }) => posix.dirname(path) === folder && kustomizationFile.test(path),
        ),
    ),
    namespace: namespaceOf(all, root),
  };
}

function reachedFrom(root: Kustomization, all: readonly Kustomization[]): readonly Kustomization[] {
  const found = new Set([root]);
  for (const each of found) {
    for (const next of all.filter(({ folder }) => each.resources.includes(folder))) {
      found.add(next);
    }
  }
  return [...found];
}

/** The outermost namespace counts. */
function namespaceOf(
  all: readonly Kustomization[],
  root: Kustomization | undefined,
): string | undefined {
  const reached = root === undefined ? [] : reachedFrom(root, all);
  return reached.flatMap(({ raw }) => text(raw, 'namespace') ?? []).at(0);
}
