import { isRaw, text, type Raw } from '../cluster/parse/fields.ts';
import type { ManifestProblem } from '../facts/validation.ts';
import {
  labelKeyTrouble,
  labelValueTrouble,
  nameLike,
  namespaceTrouble,
  nameTrouble,
} from '../metallb/names.ts';
import type { ManifestDocument } from './manifest-documents.ts';
import { refOf, type Manifest } from './manifest-set.ts';

type Told = Pick<ManifestProblem, 'rule' | 'message' | 'advice' | 'place'>;

/** Names, namespaces, labels and annotations of an object that the API server does not take. */
export function nameProblems({ object, document }: Manifest): readonly ManifestProblem[] {
  return [...namesIn(document), ...labelsIn(document), ...annotationsIn(document)].map((told) =>
    problemOf(told, refOf(object)),
  );
}

/** Namespaces that no API server makes under their name. */
export function namespaceNameProblems(
  documents: readonly ManifestDocument[],
): readonly ManifestProblem[] {
  return documents
    .filter(({ value }) => value['apiVersion'] === 'v1' && value['kind'] === 'Namespace')
    .flatMap((document) => {
      const name = text(metadataOf(document), 'name') ?? '';
      const told = [...nameFault(document, 'name', ofNamespace), ...labelsIn(document)];
      return told.map((each) => problemOf(each, { kind: 'Namespace', name }));
    });
}

function problemOf(told: Told, object: ManifestProblem['object']): ManifestProblem {
  return {
    severity: 'error',
    object,
    other: undefined,
    refusedBy: ['API server'],
    waitsFor: undefined,
    ...told,
  };
}

function namesIn(document: ManifestDocument): readonly Told[] {
  return [
    ...nameFault(document, 'name', ofObject),
    ...nameFault(document, 'generateName', ofBeginning),
    ...nameFault(document, 'namespace', ofNamespace),
  ];
}

interface Naming {
  readonly what: string;
  readonly trouble: (name: string) => string | undefined;
  /** Something near that is taken. */
  readonly near: (name: string) => string | undefined;
}

const ofObject: Naming = { what: 'name', trouble: nameTrouble, near: nameLike };
const ofNamespace: Naming = {
  what: 'namespace',
  trouble: namespaceTrouble,
  near: (name) => nameLike(name.replaceAll('.', '-')),
};
const ofBeginning: Naming = {
  what: 'beginning of a name',
  // the API server puts letters behind it, so it may end in a dash
  trouble: (begin) => nameTrouble(begin.replace(/-$/, 'a')),
  near: (begin) => nameLike(`${begin}a`)?.slice(0, -1),
};

/** One that is missing is told as that. */
function nameFault(
  document: ManifestDocument,
  field: 'name' | 'generateName' | 'namespace',
  naming: Naming,
): readonly Told[] {
  const written = text(metadataOf(document), field) ?? '';
  const trouble = written === '' ? undefined : naming.trouble(written);
  const near = naming.near(written);
  const isNearTaken = near !== undefined && naming.trouble(near) === undefined;
  return trouble === undefined
    ? []
    : [
        {
          rule: 'name-syntax',
          place: document.placeOf(['metadata', field]),
          message: `${JSON.stringify(written)} is no ${naming.what} that Kubernetes takes: ${trouble}`,
          advice: isNearTaken ? `write another, such as ${near}` : 'write another',
        },
      ];
}

function labelsIn(document: ManifestDocument): readonly Told[] {
  return entriesOf(document, 'labels').flatMap(([key, value]) => [
    ...keyFault(document, 'labels', key),
    ...valueFault(document, key, value),
  ]);
}

function valueFault(document: ManifestDocument, key: string, value: unknown): readonly Told[] {
  const trouble = typeof value === 'string' ? labelValueTrouble(value) : undefined;
  return trouble === undefined
    ? []
    : [
        {
          rule: 'label-syntax',
          place: document.placeOf(['metadata', 'labels', key]),
          message: `${JSON.stringify(value)} is no value of a label: ${trouble}`,
          advice: 'write another value, or make it an annotation, which may hold any text',
        },
      ];
}

/** Keys of annotations may be written in capitals before the "/" too. */
function annotationsIn(document: ManifestDocument): readonly Told[] {
  return entriesOf(document, 'annotations').flatMap(([key]) =>
    keyFault(document, 'annotations', key),
  );
}

function keyFault(
  document: ManifestDocument,
  field: 'labels' | 'annotations',
  key: string,
): readonly Told[] {
  const isLabel = field === 'labels';
  const trouble = labelKeyTrouble(isLabel ? key : key.toLowerCase());
  return trouble === undefined
    ? []
    : [
        {
          rule: isLabel ? 'label-syntax' : 'annotation-syntax',
          place: document.placeOfKey(['metadata', field, key]),
          message: `${JSON.stringify(key)} is no key of ${isLabel ? 'a label' : 'an annotation'}: ${trouble}`,
          advice: 'write another key',
        },
      ];
}

function entriesOf(
  document: ManifestDocument,
  field: 'labels' | 'annotations',
): readonly (readonly [string, unknown])[] {
  const held = metadataOf(document)[field];
  return isRaw(held) ? Object.entries(held) : [];
}

function metadataOf({ value }: ManifestDocument): Raw {
  const metadata = value['metadata'];
  return isRaw(metadata) ? metadata : {};
}
