import { posix } from 'node:path';
import { text, texts, type Raw } from '../cluster/parse/fields.ts';
import type { ParsedFile } from './manifest-documents.ts';

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
}

interface Kustomization {
  readonly folder: string;
  readonly raw: Raw;
  /** Folders and files it builds on. */
  readonly resources: readonly string[];
}

const kustomizationFile = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/**
 * One folder is one cluster, unless several kustomizations in it stand for themselves: overlays of different clusters
 * repeat each other's ranges, and judged together they would seem to collide.
 */
export function overlaysOf(name: string, files: readonly ManifestSource[]): readonly Overlay[] {
  const kustomizations = files.flatMap(kustomizationIn);
  const used = new Set(kustomizations.flatMap(({ resources }) => resources));
  const roots = kustomizations.filter(({ folder }) => !used.has(folder));
  const [only] = roots;
  if (roots.length < 2) {
    const notes = kustomizations.some(isPatching) ? [patchNote(name)] : [];
    return [{ name, files, namespace: namespaceOf(only), notes }];
  }
  const overlays = roots.map((root) => overlayOf(root, kustomizations, files));
  const reached = new Set(overlays.flatMap((overlay) => overlay.files));
  const left = files.filter((file) => !reached.has(file) && file.parsed.documents.length > 0);
  return left.length === 0
    ? overlays
    : [
        ...overlays,
        {
          name: `${name} (files that no kustomization names)`,
          files: left,
          namespace: undefined,
          notes: [],
        },
      ];
}

function kustomizationIn({ path, parsed }: ManifestSource): readonly Kustomization[] {
  const folder = posix.dirname(path);
  return parsed.documents
    .map(({ value }) => value)
    .filter((raw) => isKustomization(path, raw))
    .map((raw) => ({
      folder,
      raw,
      resources: [...texts(raw, 'resources'), ...texts(raw, 'bases'), ...texts(raw, 'components')]
        .filter((each) => !each.includes('://'))
        .map((each) => posix.normalize(posix.join(folder, each)).replace(/\/$/, '')),
    }));
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
): Overlay {
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
    namespace: namespaceOf(root),
    notes: reached.some(isPatching) ? [patchNote(root.folder)] : [],
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

function isPatching({ raw }: Kustomization): boolean {
  return ['patches', 'patchesStrategicMerge', 'patchesJson6902', 'replacements'].some(
    (field) => raw[field] !== undefined,
  );
}

function patchNote(folder: string): string {
  return `patches are not applied here; to judge the outcome: kubectl kustomize ${folder} | triage validate -`;
}

function namespaceOf(kustomization: Kustomization | undefined): string | undefined {
  return kustomization === undefined ? undefined : text(kustomization.raw, 'namespace');
}
