import { readFile } from 'node:fs/promises';
import { checks } from '../../checks/index.ts';
import { factNames, kinds } from '../cluster/kinds.ts';
import { yamlDocuments } from '../cluster/yaml-documents.ts';
import { lapsedSuppressions, suppressionText, type Suppression } from '../diagnosis/suppress.ts';
import { UsageError } from '../facts/errors.ts';
import type { Diagnosis } from '../facts/finding.ts';
import { keyOf, nameOf, type ObjectRef } from '../facts/object-ref.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { entryOf, type Entry } from './catalogue/catalogue.ts';

/** First line of a suppressions file, so that no other YAML is taken for one. */
const version = 'triage.suppressions/v1';
const page = 'docs/suppressions.md shows the whole form';

/** Reads a suppressions file; every entry must say what, on which object, who answers for it, why, and until when. */
export async function readSuppressions(path: string): Promise<readonly Suppression[]> {
  const documents = await yamlDocuments(await contentOf(path), path);
  const [document] = documents;
  const { version: found, suppressions } = fieldsOf(document);
  if (documents.length !== 1 || found !== version || !Array.isArray(suppressions)) {
    throw new UsageError(
      `${path} is no suppressions file: it must hold "version: ${version}" and a list "suppressions"`,
      { suggestions: [page] },
    );
  }
  return suppressions.map((entry: unknown, index) => suppressionFrom(entry, { path, index }));
}

/** What is to be told of suppressions that are over, whether or not they would still match. */
export function lapsedNotices(
  suppressions: readonly Suppression[],
  takenAt: string,
): readonly string[] {
  return lapsedSuppressions(suppressions, takenAt).map(
    (each) =>
      `SUPPRESSION EXPIRED on ${each.expires}: ${suppressionText(each)}; mend it, or renew or remove the entry`,
  );
}

type Found = Pick<Diagnosis, 'rootCauses' | 'suppressed'>;

/** What is to be told of suppressions that silenced nothing: a slip in one of them looks like all being well. */
export function idleNotices(
  suppressions: readonly Suppression[],
  { rootCauses, suppressed }: Found,
): readonly string[] {
  const found = [...rootCauses, ...suppressed];
  return suppressions.filter(isIdle).map((each) => {
    const near = found.find(({ cause }) => causesOf(each.of).includes(cause));
    const hint =
      near === undefined
        ? 'when it should, compare its "about" with what -v shows under the finding'
        : `found was ${near.cause} on ${nameOf(near.about)}`;
    return `suppression matched nothing: ${suppressionText(each)}; ${hint}`;
  });

  function isIdle({ of, about }: Suppression): boolean {
    return !found.some((each) => causesOf(of).includes(each.cause) && isSame(each.about, about));
  }
}

/** Of an answer about a part: the cause was found, and on no object of this kind, or the one that is named is not there. */
export function misnamedIn(
  suppressions: readonly Suppression[],
  { rootCauses, suppressed }: Found,
  { readings }: Snapshot,
): readonly Suppression[] {
  const found = [...rootCauses, ...suppressed];
  return suppressions.filter(({ of, about }) => {
    const alike = found.filter(({ cause }) => causesOf(of).includes(cause));
    const hasKind = alike.some((each) => isSameKind(each.about, about));
    return alike.length > 0 && (!hasKind || !isThere(about));
  });

  function isThere(about: ObjectRef): boolean {
    const fact = factNames.find((each) => isSameKind(kinds[each], about));
    const reading = fact === undefined ? undefined : readings[fact];
    // what was not read may well be there
    return (
      fact !== undefined &&
      (reading?.state !== 'read' ||
        reading.items.some(({ metadata }) => isSame({ kind: about.kind, ...metadata }, about)))
    );
  }
}

function isSame(one: ObjectRef, other: ObjectRef): boolean {
  return isSameKind(one, other) && keyOf(one) === keyOf(other);
}

function isSameKind(one: Pick<ObjectRef, 'kind'>, other: Pick<ObjectRef, 'kind'>): boolean {
  return one.kind.toLowerCase() === other.kind.toLowerCase();
}

function causesOf(of: Suppression['of']): readonly string[] {
  return 'cause' in of ? [of.cause] : (checks.find(({ id }) => id === of.check)?.causes ?? []);
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`the suppressions file ${path} cannot be read`, { cause });
  }
}

interface Place {
  readonly path: string;
  readonly index: number;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const keys = ['cause', 'check', 'about', 'owner', 'reason', 'expires'];

function suppressionFrom(entry: unknown, place: Place): Suppression {
  const fields = fieldsOf(entry);
  const foreign = Object.keys(fields).find((key) => !keys.includes(key));
  if (foreign !== undefined) {
    throw refusal(place, `does not know "${foreign}" (it takes ${keys.join(', ')})`);
  }
  const expires = textIn(fields, 'expires', place);
  if (!isDay(expires)) {
    throw refusal(place, `needs "expires" as a day, 2026-12-31, not "${expires}"`);
  }
  return {
    of: subjectOf(fields, place),
    about: aboutIn(fields, place),
    owner: textIn(fields, 'owner', place),
    reason: textIn(fields, 'reason', place),
    expires,
  };
}

/** 2026-02-30 is read as a day of March by whoever does not look twice. */
function isDay(text: string): boolean {
  const at = day.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function subjectOf(fields: Fields, place: Place): Suppression['of'] {
  const hasCause = fields['cause'] !== undefined;
  if (hasCause === (fields['check'] !== undefined)) {
    throw refusal(place, 'needs either "cause" or "check", and not both');
  }
  const entry = entryNamed(textIn(fields, hasCause ? 'cause' : 'check', place), place);
  if (entry.kind !== 'cause' && entry.kind !== 'check') {
    throw refusal(place, 'names neither a cause nor a check');
  }
  return entry.kind === 'cause' ? { cause: entry.cause.id } : { check: entry.check.id };
}

function entryNamed(id: string, place: Place): Entry {
  try {
    return entryOf(id);
  } catch (error) {
    throw error instanceof UsageError ? refusal(place, `is of no use: ${error.message}`) : error;
  }
}

function aboutIn(fields: Fields, place: Place): ObjectRef {
  const about = fieldsOf(fields['about']);
  const ref = { kind: textIn(about, 'kind', place), name: textIn(about, 'name', place) };
  return about['namespace'] === undefined
    ? ref
    : { ...ref, namespace: textIn(about, 'namespace', place) };
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function textIn(fields: Fields, key: string, place: Place): string {
  const value = fields[key];
  if (typeof value !== 'string' || value.trim() === '') {
    throw refusal(place, `needs "${key}" as a text`);
  }
  return value;
}

function refusal({ path, index }: Place, says: string): UsageError {
  return new UsageError(`${path}: suppression ${index + 1} ${says}`, { suggestions: [page] });
}
