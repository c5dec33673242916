import type { Document } from 'yaml';
import type { FilePlace } from '../facts/validation.ts';
import { asRaw, text, type Raw } from '../cluster/parse/fields.ts';
import { aliasFault, faultsOf, listFaults, type ManifestFault } from './manifest-faults.ts';
import type { ManifestFile } from './manifest-files.ts';
import { withoutTemplates, type Templating } from './templates.ts';
import type * as YamlLibrary from './yaml-library.ts';

type Path = readonly (string | number)[];

/** One object of a file, and where each part of it stands. */
export interface ManifestDocument {
  readonly file: string;
  readonly value: Raw;
  /** Where the value at this path begins; the nearest thing around it when there is none. */
  readonly placeOf: (path: Path) => FilePlace;
  /** Where the name of the field at this path stands. */
  readonly placeOfKey: (path: Path) => FilePlace;
}

/** What a file holds. */
export interface ParsedFile {
  readonly documents: readonly ManifestDocument[];
  readonly faults: readonly ManifestFault[];
  /** Documents that are templates, to be filled in before they are YAML. */
  readonly templates: number;
  /** Those of them in which MetalLB's objects are. */
  readonly templatesOfMetalLB: number;
  /** What fills them in; undefined when there are none. */
  readonly templating: Templating | undefined;
  /** Why nothing in it was judged; undefined when it was. */
  readonly unread: string | undefined;
}

type Yaml = typeof YamlLibrary;
type Lines = InstanceType<Yaml['LineCounter']>;
type Parsed = Document.Parsed;

/** What bytes become that are no UTF-8, and what no YAML may hold. */
// oxlint-disable-next-line no-control-regex
const noText = /[\uFFFD\u0000]/;
const nothing = { documents: [], faults: [], templates: 0, templatesOfMetalLB: 0 } as const;
/** Words that kubectl reads as true and false though YAML 1.2 has them as text. */
const oldBooleans = new Map(
  ['y', 'yes', 'on']
    .map((word): [string, boolean] => [word, true])
    .concat(['n', 'no', 'off'].map((word): [string, boolean] => [word, false])),
);

/** Reads all documents of a file; lists of objects are taken apart. */
export async function parseManifest(file: ManifestFile): Promise<ParsedFile> {
  const { path, unread } = file;
  // where files were put together there may be one before each of them
  const content = file.text.replaceAll(/^\uFEFF/gm, '');
  const why = unread ?? (noText.test(content) ? 'it is no text (or not in UTF-8)' : undefined);
  if (why !== undefined) {
    return { ...nothing, templating: undefined, unread: why };
  }
  const yaml = await import('./yaml-library.ts');
  const lines = new yaml.LineCounter();
  const parsed = yaml.parseAllDocuments(content, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    logLevel: 'silent',
  });
  const documents = 'empty' in parsed ? [] : parsed;
  const { filled, broken, ...templates } = withoutTemplates(documents, content);
  const source = { text: content, lines, path };
  const read = filled.map((document) => ({ document, value: plainOf(document, yaml) }));
  return {
    documents: read.flatMap(({ document, value }) =>
      value instanceof Error ? [] : objectsOf({ document, lines, path, yaml }, value),
    ),
    faults: [
      ...broken.flatMap((document) => faultsOf(document, source)),
      ...filled.flatMap((document) => listFaults(document, source)),
      ...read.flatMap(({ document, value }) =>
        value instanceof Error ? [aliasFault(value, startOf(document.contents) ?? 0, source)] : [],
      ),
    ],
    ...templates,
    unread: undefined,
  };
}

interface Source {
  readonly document: Parsed;
  readonly lines: Lines;
  readonly path: string;
  readonly yaml: Yaml;
}

/** Lists are taken apart, those in lists too; the entries of a list of one kind need not repeat it; Go writes an empty one as null. */
function objectsOf(source: Source, value: Raw, prefix: Path = []): readonly ManifestDocument[] {
  const items = value['items'] === null ? [] : value['items'];
  const kind = text(value, 'kind') ?? '';
  if (kind.endsWith('List') && Array.isArray(items)) {
    const own = kind === 'List' ? {} : { ...value, kind: kind.slice(0, -'List'.length) };
    const named = Object.entries(own).filter(([key]) => key === 'kind' || key === 'apiVersion');
    return items.flatMap((item: unknown, index) =>
      objectsOf(source, { ...Object.fromEntries(named), ...asRaw(item) }, [
        ...prefix,
        'items',
        index,
      ]),
    );
  }
  return Object.keys(value).length === 0 ? [] : [documentAt(source, value, prefix)];
}

/** The tree is ours alone, so kubectl's reading of yes and no is put into it; an error where aliases would blow up. */
function plainOf(document: Parsed, yaml: Yaml): Raw | Error {
  yaml.visit(document, {
    Scalar(place, node) {
      if (place === 'key') {
        return;
      }
      const word = node.type === 'PLAIN' && typeof node.value === 'string' ? node.value : '';
      const meant = oldBooleans.get(word.toLowerCase());
      if (meant !== undefined) {
        node.value = meant;
      }
    },
  });
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return asRaw(value);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function documentAt(source: Source, value: Raw, prefix: Path): ManifestDocument {
  return {
    file: source.path,
    value,
    placeOf: (path) => placeOfPath(source, [...prefix, ...path]),
    placeOfKey: (path) => placeOfKey(source, [...prefix, ...path]),
  };
}

function placeOfPath({ document, lines, path: file, yaml }: Source, path: Path): FilePlace {
  for (let length = path.length; length > 0; length -= 1) {
    const part = path.slice(0, length);
    const node: unknown = document.getIn(part, true);
    const key = yaml.isCollection(node) ? keyOf(document, part, yaml) : undefined;
    const start = startOf(key) ?? startOf(node);
    if (start !== undefined) {
      return placeAt(start, lines, file);
    }
  }
  return placeAt(startOf(document.contents) ?? 0, lines, file);
}

function placeOfKey(source: Source, path: Path): FilePlace {
  const start = startOf(keyOf(source.document, path, source.yaml));
  return start === undefined
    ? placeOfPath(source, path)
    : placeAt(start, source.lines, source.path);
}

/** A list or a map begins behind its name, often a line further down: its name is what people look for. */
function keyOf(document: Parsed, path: Path, yaml: Yaml): unknown {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1));
  return yaml.isMap(parent)
    ? parent.items.find(({ key }) => yaml.isScalar(key) && key.value === path.at(-1))?.key
    : undefined;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) {
    return undefined;
  }
  const { range } = node;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}

function placeAt(offset: number, lines: Lines, file: string): FilePlace {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}
