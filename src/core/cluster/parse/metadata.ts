import type {
  Condition,
  LabelSelector,
  ManagedFields,
  ObjectMeta,
} from '../../facts/kube-objects.ts';
import { cut, filledText, inner, number, present, raws, shortText, text } from './fields.ts';
import { textMap, texts, type Raw } from './fields.ts';

/** Annotations that repeat the whole object, secrets of its spec included. */
const copiesOfTheObject =
  /(^|[/.])last-applied(-configuration)?$|^objectset\.rio\.cattle\.io\/applied$|^kapp\.k14s\.io\/original/;

/** The metadata of any object, without field lists and copies of the object itself. */
export function parseMetadata(object: Raw): ObjectMeta {
  const raw = inner(object, 'metadata');
  return present({
    name: text(raw, 'name') ?? '',
    namespace: filledText(raw, 'namespace'),
    uid: filledText(raw, 'uid'),
    labels: textMap(raw, 'labels'),
    annotations: parseAnnotations(raw),
    creationTimestamp: filledText(raw, 'creationTimestamp'),
    deletionTimestamp: filledText(raw, 'deletionTimestamp'),
    generation: number(raw, 'generation'),
    finalizers: texts(raw, 'finalizers'),
    ownerReferences: raws(raw, 'ownerReferences').map((owner) =>
      present({
        kind: text(owner, 'kind') ?? '',
        name: text(owner, 'name') ?? '',
        uid: filledText(owner, 'uid'),
      }),
    ),
    managedFields: raws(raw, 'managedFields').map(parseManagedFields),
  });
}

function parseAnnotations(metadata: Raw): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(textMap(metadata, 'annotations'))
      .filter(([name]) => !copiesOfTheObject.test(name))
      .map(([name, value]) => [name, cut(value)]),
  );
}

function parseManagedFields(raw: Raw): ManagedFields {
  return present({
    manager: text(raw, 'manager') ?? '',
    operation: filledText(raw, 'operation'),
    time: filledText(raw, 'time'),
    subresource: filledText(raw, 'subresource'),
  });
}

/** The conditions of a status. */
export function parseConditions(status: Raw): readonly Condition[] {
  return raws(status, 'conditions').map((raw) =>
    present({
      type: text(raw, 'type') ?? '',
      status: text(raw, 'status') ?? '',
      reason: filledText(raw, 'reason'),
      message: shortText(raw, 'message'),
      lastTransitionTime: filledText(raw, 'lastTransitionTime'),
    }),
  );
}

/** A label selector; an empty one selects everything, as in the API. */
export function parseLabelSelector(raw: Raw): LabelSelector {
  return {
    matchLabels: textMap(raw, 'matchLabels'),
    matchExpressions: raws(raw, 'matchExpressions').map((requirement) => ({
      key: text(requirement, 'key') ?? '',
      operator: text(requirement, 'operator') ?? '',
      values: texts(requirement, 'values'),
    })),
  };
}

/** The label selectors of the list at `key`. */
export function parseLabelSelectors(raw: Raw, key: string): readonly LabelSelector[] {
  return raws(raw, key).map(parseLabelSelector);
}
