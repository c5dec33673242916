import { UsageError } from '../../facts/errors.ts';
import { asRaw, isRaw, raws, text, type Raw } from '../parse/fields.ts';
import { parseJson } from '../parse/json.ts';
import { yamlDocuments } from '../yaml-documents.ts';
import { kindsOfFile, type KindName } from './kinds-of-file.ts';

/** One object of a dump; `kind` and group are the list's where the object does not say. */
export interface DumpedObject extends KindName {
  readonly value: Raw;
}

/** What one document holds. */
export interface DumpedDocument {
  /** Kinds that a typed list or the name of the file tells, so that they are known even when it is empty. */
  readonly listed: readonly KindName[];
  readonly objects: readonly DumpedObject[];
  /** The whole document, when it is not a Kubernetes object. */
  readonly other: Raw | undefined;
  /** The one namespace it is about, as its place in the dump tells. */
  readonly within?: string;
  /** Where it stands, for people. */
  readonly file?: string;
}

/** The documents of one file, JSON or YAML. */
export async function documentsIn(
  content: string,
  path: string,
): Promise<readonly DumpedDocument[]> {
  const json = /^\s*[{[]/.test(content) ? jsonIn(content) : undefined;
  const values = json === undefined ? await yamlDocuments(content, path) : [json.value];
  return values
    .flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : [value]))
    .map((value) => {
      refuseCutOff(value, path);
      const document = documentFrom(value);
      return isEmptyList(value) ? { ...document, listed: kindsOfFile(path) } : document;
    });
}

/** kubectl writes the `kind` of a list after its items, so one that lacks it has lost its end. */
function refuseCutOff(value: unknown, path: string): void {
  if (isRaw(value) && Array.isArray(value['items']) && !('kind' in value)) {
    throw new UsageError(`${path} is cut off: it begins a list, and the list does not end`, {
      suggestions: ['copy it again, or write it anew: kubectl get … -A -o yaml >FILE'],
    });
  }
}

function isEmptyList(value: unknown): boolean {
  const items = asRaw(value)['items'];
  return asRaw(value)['kind'] === 'List' && Array.isArray(items) && items.length === 0;
}

/** YAML may begin with a brace too, so what is no JSON is left to the YAML parser to judge. */
function jsonIn(content: string): { readonly value: unknown } | undefined {
  try {
    return { value: parseJson(content) };
  } catch {
    return undefined;
  }
}

function documentFrom(value: unknown): DumpedDocument {
  const raw = asRaw(value);
  const kind = text(raw, 'kind');
  if (kind === undefined) {
    return { listed: [], objects: [], other: isRaw(value) ? raw : undefined };
  }
  const group = groupOf(raw);
  if (!kind.endsWith('List') || !('items' in raw)) {
    return { listed: [], objects: [{ group, kind, value: raw }], other: undefined };
  }
  const itemKind = kind.slice(0, -'List'.length);
  return {
    listed: itemKind === '' ? [] : [{ group, kind: itemKind }],
    objects: raws(raw, 'items').flatMap((item) => objectsIn(item, { group, kind: itemKind })),
    other: undefined,
  };
}

function objectsIn(item: Raw, list: KindName): readonly DumpedObject[] {
  const kind = text(item, 'kind');
  if (kind === undefined) {
    return [{ ...list, value: item }];
  }
  return kind === 'List'
    ? documentFrom(item).objects
    : [{ group: groupOf(item), kind, value: item }];
}

function groupOf(raw: Raw): string {
  const apiVersion = text(raw, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}
