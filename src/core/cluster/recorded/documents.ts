import { asRaw, isRaw, raws, text, type Raw } from '../parse/fields.ts';
import { parseJson } from '../parse/json.ts';
import { yamlDocuments } from '../yaml-documents.ts';

/** One object of a dump; `kind` and group are the list's where the object does not say. */
export interface DumpedObject {
  readonly group: string;
  readonly kind: string;
  readonly value: Raw;
}

/** What one document holds. */
export interface DumpedDocument {
  /** Kinds that a typed list names, so that they are known even when it is empty. */
  readonly listed: readonly { readonly group: string; readonly kind: string }[];
  readonly objects: readonly DumpedObject[];
  /** The whole document, when it is not a Kubernetes object. */
  readonly other: Raw | undefined;
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
    .map(documentFrom);
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

function objectsIn(
  item: Raw,
  list: { readonly group: string; readonly kind: string },
): readonly DumpedObject[] {
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
