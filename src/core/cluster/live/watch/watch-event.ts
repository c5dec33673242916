import type { KubeObject } from '../../../facts/kube-objects.ts';
import type { Kind } from '../../kinds.ts';
import { filledText, inner, isRaw, number, text } from '../../parse/fields.ts';
import { parseJson } from '../../parse/json.ts';

/** One line of a watch, read. */
export type WatchEvent =
  | {
      readonly kind: 'set' | 'deleted';
      readonly object: KubeObject;
      readonly version: string | undefined;
    }
  | { readonly kind: 'bookmark'; readonly version: string | undefined }
  | { readonly kind: 'error'; readonly code: number | undefined; readonly says: string };

/** The event that a line holds; undefined when it holds none. */
export function watchEventIn(line: string, kind: Kind<unknown>): WatchEvent | undefined {
  let value: unknown;
  try {
    value = parseJson(line);
  } catch {
    return undefined;
  }
  if (!isRaw(value) || !isRaw(value['object'])) {
    return undefined;
  }
  const object = inner(value, 'object');
  const version = filledText(inner(object, 'metadata'), 'resourceVersion');
  switch (text(value, 'type')) {
    case 'ADDED':
    case 'MODIFIED':
      return { kind: 'set', object: parsed(object, kind), version };
    case 'DELETED':
      return { kind: 'deleted', object: parsed(object, kind), version };
    case 'BOOKMARK':
      return { kind: 'bookmark', version };
    case 'ERROR':
      return {
        kind: 'error',
        code: number(object, 'code'),
        says: text(object, 'message') ?? 'the server says no more',
      };
    case undefined:
    default:
      return undefined;
  }
}

/** Objects of all kinds have metadata: every parser of a kind makes them. */
function parsed(object: unknown, { parse }: Kind<unknown>): KubeObject {
  return parse(object) as KubeObject;
}
