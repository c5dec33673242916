import { createHash } from 'node:crypto';
import type { KubernetesObject } from './kubernetes-object.ts';

interface ObjectReference {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly uid?: string;
}

/**
 * Objects as they lie in etcd: every one has a uid, and owners and events name the uids that there
 * are, because `kubectl describe` finds events by uid. What is stated in the files is kept.
 */
export function withIdentities(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const identified = objects.map(withUid);
  const uids = new Map(identified.map((object) => [nameOf(object), object.metadata.uid ?? '']));
  // A namespaced object may point at one that is in no namespace, such as a Node.
  const uidOf: UidLookup = ({ kind = '', name = '' }, namespace = '') =>
    uids.get([kind, namespace, name].join('\n')) ?? uids.get([kind, '', name].join('\n'));
  return identified.map((object) => withOwners(withSubject(object, uidOf), uidOf));
}

/** Namespaces that objects lie in and no object describes. */
export function namespacesMentioned(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const described = new Set(
    objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name),
  );
  const mentioned = new Set(objects.map(({ metadata }) => metadata.namespace ?? ''));
  return [...mentioned]
    .filter((name) => name !== '' && !described.has(name))
    .map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    }));
}

/** A uid that is the same in every run, in the form of a UUID. */
export function stableUid(...words: readonly string[]): string {
  const hash = createHash('sha256').update(words.join('\n')).digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

type UidLookup = (reference: ObjectReference, namespace: string | undefined) => string | undefined;

function withUid(object: KubernetesObject): KubernetesObject {
  const { resourceVersion: _version, ...metadata } = object.metadata;
  const { kind = '' } = object;
  const uid = metadata.uid ?? stableUid(kind, metadata.namespace ?? '', metadata.name);
  return { ...object, metadata: { ...metadata, uid } };
}

/** An event's `involvedObject`. */
function withSubject(event: KubernetesObject, uidOf: UidLookup): KubernetesObject {
  const subject = event['involvedObject'] as ObjectReference | undefined;
  if (event.kind !== 'Event' || subject === undefined || subject.uid !== undefined) {
    return event;
  }
  const uid = uidOf(subject, subject.namespace);
  return uid === undefined ? event : { ...event, involvedObject: { ...subject, uid } };
}

function withOwners(object: KubernetesObject, uidOf: UidLookup): KubernetesObject {
  const { ownerReferences } = object.metadata as { ownerReferences?: readonly ObjectReference[] };
  if (ownerReferences === undefined) {
    return object;
  }
  const owners = ownerReferences.map((owner) => ({
    uid: uidOf(owner, object.metadata.namespace) ?? stableUid(owner.kind ?? '', owner.name ?? ''),
    ...owner,
  }));
  return {
    ...object,
    metadata: { ...object.metadata, ownerReferences: owners },
  } as KubernetesObject;
}

function nameOf({ kind = '', metadata }: KubernetesObject): string {
  return [kind, metadata.namespace ?? '', metadata.name].join('\n');
}
