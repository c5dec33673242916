import type { Failed, Reading } from '../../facts/reading.ts';
import { qualifiedResource, type Kind } from '../kinds.ts';
import { asRaw, filledText, inner } from '../parse/fields.ts';
import { parseJson } from '../parse/json.ts';
import type { ApiClient } from './api-client.ts';

/** Which part of a kind is listed. */
export interface Scope {
  readonly namespace?: string | undefined;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  /** Instead of the kind's usual version. */
  readonly version?: string | undefined;
}

/** The first page is as small as kubectl's; long lists go on with larger ones, to save calls. */
const firstPage = 500;
const largestPage = 2000;

/**
 * Lists one kind, page by page, each page trimmed as it comes. A list that expires while it is read is
 * begun anew, once; a list that breaks off is failed as a whole.
 */
export async function listKind<T>(
  client: ApiClient,
  kind: Kind<T>,
  scope: Scope,
): Promise<Reading<T>> {
  const first = await readPages(client, kind, scope);
  const second = first === 'expired' ? await readPages(client, kind, scope) : first;
  return second === 'expired'
    ? failed(`the list of ${kind.resource} expired twice while it was read (410)`)
    : second;
}

/** No API server lacks these groups, so that a 404 says something else. */
const alwaysServed = ['', 'apps'];

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
  readonly resourceVersion: string | undefined;
}

async function readPages<T>(
  client: ApiClient,
  kind: Kind<T>,
  scope: Scope,
): Promise<Reading<T> | 'expired'> {
  const pages: (readonly T[])[] = [];
  let next: string | undefined;
  let resourceVersion: string | undefined;
  let limit = firstPage;
  do {
    const answer = await client.get({
      path: pathOf(kind, scope, { limit, next }),
      cost: 'list',
      read: (body) => readPage(body, kind),
    });
    if (answer.kind === 'failed') {
      return failed(answer.reason);
    }
    if (answer.kind === 'refused') {
      return answer.status === 410 ? 'expired' : refusal(answer, kind, scope);
    }
    pages.push(answer.value.items);
    next = answer.value.next;
    // all pages are of one moment, which the last one may not repeat
    resourceVersion = answer.value.resourceVersion ?? resourceVersion;
    limit = Math.min(limit * 2, largestPage);
  } while (next !== undefined);
  const items = pages.flat();
  client.listed?.({ kind, scope, items, resourceVersion });
  return { state: 'read', items };
}

function readPage<T>(body: string, { parse }: Kind<T>): Page<T> {
  const list = asRaw(parseJson(body));
  const items = list['items'] ?? [];
  if (!Array.isArray(items) || !(filledText(list, 'kind') ?? '').endsWith('List')) {
    throw new Error('it is no list');
  }
  const metadata = inner(list, 'metadata');
  return {
    items: items.map(parse),
    next: filledText(metadata, 'continue'),
    resourceVersion: filledText(metadata, 'resourceVersion'),
  };
}

interface PageAsked {
  readonly limit: number;
  readonly next: string | undefined;
}

function pathOf(kind: Kind<unknown>, scope: Scope, { limit, next }: PageAsked): string {
  return pathTo(kind, scope, { limit: String(limit), continue: next });
}

/** The path of a collection, or of the part of it that is in scope, with a query. */
export function pathTo(
  kind: Kind<unknown>,
  scope: Scope,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const version = scope.version ?? kind.version;
  const root = kind.group === '' ? `/api/${version}` : `/apis/${kind.group}/${version}`;
  const within =
    scope.namespace === undefined ? '' : `/namespaces/${encodeURIComponent(scope.namespace)}`;
  const { fieldSelector, labelSelector } = scope;
  const all = Object.entries({ ...parameters, fieldSelector, labelSelector });
  const query = new URLSearchParams(
    all.flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  return `${root}${within}/${kind.resource}?${query.toString()}`;
}

function refusal(
  { status, message }: { readonly status: number; readonly message: string },
  kind: Kind<unknown>,
  { namespace }: Scope,
): Reading<never> {
  switch (status) {
    case 403:
      return {
        state: 'forbidden',
        verb: 'list',
        resource: qualifiedResource(kind),
        ...(namespace !== undefined && { namespace }),
      };
    case 404:
      return alwaysServed.includes(kind.group)
        ? failed(`the server says 404: ${message} (is it a Kubernetes API server?)`)
        : { state: 'absent' };
    default:
      return failed(`the server says ${status}: ${message}`);
  }
}

function failed(reason: string): Failed {
  return { state: 'failed', reason };
}
