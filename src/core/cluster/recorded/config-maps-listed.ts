import { filledText, inner } from '../parse/fields.ts';
import { factOf } from './coverage.ts';
import type { DumpedDocument } from './documents.ts';

/**
 * Tells of which namespaces a dump holds all ConfigMaps, as far as can be seen: a list that holds any of a namespace was
 * asked for all of it, and so was an empty one. One that lies there by itself was asked for by its name.
 */
export function configMapsListed(
  documents: readonly DumpedDocument[],
): (namespace: string) => boolean {
  const lists = documents.map((document) => ({
    ...document,
    isTyped: document.listed.some((kind) => factOf(kind) === 'configMaps'),
    namespaces: document.objects
      .filter((object) => factOf(object) === 'configMaps')
      .map(({ value }) => filledText(inner(value, 'metadata'), 'namespace')),
  }));
  return (namespace) =>
    lists.some(({ isTyped, namespaces, objects, within }) =>
      namespaces.length === 0
        ? isTyped && (within ?? namespace) === namespace
        : (isTyped || objects.length > 1) && namespaces.includes(namespace),
    );
}
