import type { FilePlace } from '../facts/validation.ts';
import { cidrText } from '../facts/ip.ts';
import { parseEntry } from '../metallb/parse-pool.ts';
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
  return pathsOf(spec, (value) => value === entry).at(-1) ?? addressPath(spec, entry);
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

/** An overlap names a prefix that a range was split into. */
function addressPath(spec: Raw, cidr: string): Path | undefined {
  const addresses: unknown = spec['addresses'];
  const index = Array.isArray(addresses)
    ? addresses.findLastIndex((address: unknown) => holds(address, cidr))
    : -1;
  return index === -1 ? undefined : ['addresses', index];
}

function holds(address: unknown, cidr: string): boolean {
  const parsed = typeof address === 'string' ? parseEntry(address) : undefined;
  return parsed?.kind === 'cidrs' && parsed.cidrs.some((each) => cidrText(each) === cidr);
}
