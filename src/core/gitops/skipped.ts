import type { SkippedParts } from '../facts/validation.ts';
import { isKustomization, type ManifestSource } from './overlays.ts';
import { isOurs } from './own-kinds.ts';

/** What of these files was not judged. */
export function skippedIn(files: readonly ManifestSource[]): SkippedParts {
  const parsed = files.map((file) => file.parsed);
  const foreign = parsed
    .flatMap(({ documents }) => documents)
    .filter(({ value }) => !isOurs(value));
  const kustomizations = foreign.filter(({ file, value }) => isKustomization(file, value)).length;
  return {
    otherDocuments: foreign.length - kustomizations,
    kustomizations,
    templates: parsed.reduce((sum, { templates }) => sum + templates, 0),
    templateFiles: parsed.filter(({ templates }) => templates > 0).length,
    templatesOfMetalLB: parsed.reduce((sum, each) => sum + each.templatesOfMetalLB, 0),
    unreadFiles: parsed.filter(({ unread }) => unread !== undefined).length,
  };
}
