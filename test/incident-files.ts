import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { parse } from 'yaml';

/** An object as its YAML has it; only what the consistency rules look at. */
export interface Recorded {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly Named[];
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly involvedObject?: Named;
  readonly message?: string;
  readonly reason?: string;
  readonly endpoints?: readonly { readonly nodeName?: string }[];
}

interface Named {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
}

export interface Expected {
  readonly exit: number;
  readonly causes: readonly string[];
  readonly may?: readonly string[];
  readonly says?: readonly string[];
  readonly reach?: string;
}

export interface Incident {
  readonly title: string;
  readonly source: readonly string[];
  readonly version: string;
  readonly healthyVersion?: string;
  readonly at: string;
  readonly command: string;
  readonly subject: string | null;
  readonly live?: string;
  readonly expect: Readonly<Record<'sick' | 'healthy', Expected>>;
  readonly why: string;
}

/** One of the two clusters of an incident, as its files have it. */
export interface Variant {
  readonly objects: readonly Recorded[];
  /** Kinds that were listed, with items or without. */
  readonly kinds: ReadonlySet<string>;
  /** Kinds whose typed list is empty. */
  readonly emptyKinds: readonly string[];
  /** The text of every YAML file. */
  readonly text: string;
  readonly logs: readonly { readonly path: string; readonly lines: readonly string[] }[];
}

const root = path.join(import.meta.dirname, 'incidents');

/** Names of the recorded incidents, sorted. */
export function incidentNames(): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/** The question and the expected answer of one incident. */
export function incidentOf(name: string): Incident {
  return parse(readFileSync(path.join(root, name, 'incident.yaml'), 'utf8')) as Incident;
}

/** Reads one variant without any help of the program under test. */
export function variantOf(name: string, variant: 'sick' | 'healthy'): Variant {
  const folder = path.join(root, name, variant);
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const documents = texts.flatMap(
    (text) => loadAll(text, { schema: CORE_SCHEMA }) as { kind: string; items?: Recorded[] }[],
  );
  const objects = documents.flatMap((document) => document.items ?? []);
  const emptyKinds = documents
    .filter((document) => document.kind !== 'List')
    .map((document) => document.kind.replace(/List$/, ''));
  return {
    objects,
    kinds: new Set([...objects.map((object) => object.kind), ...emptyKinds]),
    emptyKinds,
    text: texts.join('\n'),
    logs: logsUnder(path.join(folder, 'logs')),
  };
}

function logsUnder(folder: string): Variant['logs'] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.log'))
    .toSorted()
    .map((file) => ({
      path: file,
      lines: readFileSync(path.join(folder, file), 'utf8').trimEnd().split('\n'),
    }));
}
