import type { FilePlace } from '../facts/validation.ts';
import { isRaw, type Raw } from '../cluster/parse/fields.ts';
import type { ManifestDocument } from './manifest-documents.ts';

type Path = readonly (string | number)[];

/** Where in its file the entry stands that a problem names; the object's name when nothing fits better. */
export function placeOfEntry(document: ManifestDocument, entry: string | undefined): FilePlace {
  const spec = document.value['spec'];
  const path = entry === undefined || !isRaw(spec) ? undefined : pathTo(spec, entry);
  return document.placeOf(path === undefined ? ['metadata', 'name'] : ['spec', ...path]);
}

function pathTo(spec: Raw, entry: string): Path | undefined {
  if (Object.hasOwn(spec, entry)) {
    return [entry];
  }
  return pathsOf(spec, (value) => value === entry).at(-1);
}

/** Every place below `value` that holds what is looked for. */
function pathsOf(value: unknown, isSought: (value: unknown) => boolean): readonly Path[] {
  if (isSought(value)) {
    return [[]];
  }
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((each: unknown, index) => [index, each] as const)
    : Object.entries(isRaw(value) ? value : {});
  return entries.flatMap(([key, inner]) =>
    pathsOf(inner, isSought).map((path) => [key, ...path] as const),
  );
}
