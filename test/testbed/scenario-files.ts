import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './kubernetes-object.ts';
import { shiftTimes } from './time-shift.ts';
import type { TimeShift } from './time-shift.ts';

/** What the log of one container says. */
export interface LogFile {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The run before the last restart. */
  readonly previous: boolean;
  readonly text: string;
}

/** A cluster as a directory of files describes it. */
export interface ScenarioFiles {
  readonly objects: readonly KubernetesObject[];
  /** Kinds that the files speak of, be it by an empty list. */
  readonly kinds: ReadonlySet<string>;
  readonly logs: readonly LogFile[];
}

interface ListDocument {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly items?: readonly KubernetesObject[];
}

/** Reads YAML and JSON as kubectl prints them, and logs, with every time moved. */
export async function readScenarioFiles(
  directory: string,
  shift: TimeShift,
): Promise<ScenarioFiles> {
  const objects: KubernetesObject[] = [];
  const kinds = new Set<string>();
  const logs: LogFile[] = [];
  for (const path of await filesUnder(directory)) {
    const text = shiftTimes(await readFile(join(directory, path), 'utf8'), shift);
    const log = logFileOf(path, text);
    if (log !== undefined) {
      logs.push(log);
    } else if (/\.(ya?ml|json)$/.test(path)) {
      const found = objectsIn(text, path);
      objects.push(...found.objects);
      found.kinds.forEach((kind) => kinds.add(kind));
    }
  }
  return { objects, kinds, logs };
}

async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

/** `logs/<namespace>/<pod>/<container>.log`, or `.previous.log`. */
function logFileOf(path: string, text: string): LogFile | undefined {
  const [folder, namespace, pod, file] = path.split(sep);
  const name = /^(.+?)(\.previous)?\.log$/.exec(file ?? '');
  if (folder !== 'logs' || namespace === undefined || pod === undefined || name === null) {
    return undefined;
  }
  return { namespace, pod, container: name[1] ?? '', previous: name[2] !== undefined, text };
}

function objectsIn(text: string, path: string): { objects: KubernetesObject[]; kinds: string[] } {
  const objects: KubernetesObject[] = [];
  const kinds: string[] = [];
  // Pools of IPv6 addresses count beyond what a JavaScript number can hold.
  for (const document of parseAllDocuments(text, { intAsBigInt: true })) {
    if (document.errors[0] !== undefined) {
      throw new Error(`${path}: ${document.errors[0].message}`);
    }
    const value = withPlainNumbers(document.toJS()) as ListDocument | null;
    if (value !== null) {
      const found = objectsOf(value);
      objects.push(...found);
      kinds.push(...found.map(({ kind }) => kind ?? ''), listedKind(value));
    }
  }
  return { objects, kinds: kinds.filter((kind) => kind !== '') };
}

/** A number that prints with every digit; TypeScript does not know the function yet. */
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };

function withPlainNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : rawJSON(String(value));
  }
  if (Array.isArray(value)) {
    return value.map(withPlainNumbers);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withPlainNumbers(item)]))
    : value;
}

/** Items of a typed list carry neither kind nor apiVersion when they come from the API itself. */
function objectsOf(document: ListDocument): KubernetesObject[] {
  if (!(document.kind ?? '').endsWith('List')) {
    return [document as KubernetesObject];
  }
  const kind = listedKind(document);
  const { apiVersion, items = [] } = document;
  const stated = kind === '' ? {} : { kind, ...(apiVersion === undefined ? {} : { apiVersion }) };
  return items.map((item) => ({ ...stated, ...item }));
}

/** `IPAddressPool` of an IPAddressPoolList; kubectl's own `List` says nothing. */
function listedKind({ kind = '' }: ListDocument): string {
  return kind.endsWith('List') ? kind.slice(0, -'List'.length) : '';
}
