import type { ApiAnswer, ApiClient } from '../../testbed/api-client.ts';
import type { KubernetesObject } from '../../testbed/kubernetes-object.ts';
import type { RawObject } from '../../core/metallb/vector-objects.ts';
import { tweaked } from './operations.ts';
import type { ObjectName, Write } from './operations.ts';

/** What became of a write. `before` and `after` are what the API server holds. */
export type Written =
  | { readonly verdict: 'nothing' }
  | { readonly verdict: 'refused'; readonly says: string }
  | {
      readonly verdict: 'done';
      readonly name: ObjectName;
      readonly before: KubernetesObject | undefined;
      readonly after: KubernetesObject | undefined;
    };

/** The webhook's word on a pool that is only tried. */
export type Judged = { readonly allowed: boolean; readonly messages?: readonly string[] };

/** The objects of a live cluster that a course is about. */
export class LiveObjects {
  readonly #api: ApiClient;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  /** Does the write; what the API server refuses is left out. */
  async write(write: Write): Promise<Written> {
    const name = nameOf(write);
    const before = await this.#api.get(pathOf(name));
    if (write.kind === 'delete') {
      await this.#api.remove(pathOf(name));
      return before === undefined
        ? { verdict: 'nothing' }
        : { verdict: 'done', name, before, after: undefined };
    }
    const object = wanted(write, before);
    if (object === undefined) {
      return { verdict: 'nothing' };
    }
    const { status, text } = await this.#send(object, before);
    if (status > 299) {
      return { verdict: 'refused', says: text };
    }
    const after = JSON.parse(text) as KubernetesObject;
    // The API server tells nobody of a write that changes nothing.
    return after.metadata.resourceVersion === before?.metadata.resourceVersion
      ? { verdict: 'nothing' }
      : { verdict: 'done', name, before, after };
  }

  /** What the webhook says of the write; undefined when it is not asked about such a write. */
  async judge(write: Write): Promise<Judged | undefined> {
    const name = nameOf(write);
    const before = await this.#api.get(pathOf(name));
    const object = write.kind === 'delete' ? undefined : wanted(write, before);
    if (object === undefined || name.kind !== 'IPAddressPool') {
      return undefined;
    }
    const { status, text } = await this.#send(object, before, '?dryRun=All');
    const message = status > 299 ? (JSON.parse(text) as { message: string }).message : '';
    const denial = /^admission webhook ".*?" denied the request: (.*)$/s.exec(message);
    if (status < 300) {
      return { allowed: true };
    }
    return denial === null ? undefined : { allowed: false, messages: [denial[1] ?? ''] };
  }

  /** Writes a status, as an earlier controller would have. */
  async leaveStatus(name: ObjectName, status: unknown): Promise<void> {
    await this.#api.patch(`${pathOf(name)}/status`, { status });
  }

  /** Every object of a kind; numbers too long for a number come as text. */
  async list(kind: ObjectName['kind']): Promise<readonly KubernetesObject[]> {
    const { text } = await this.#api.send('GET', listPaths[kind]);
    const exact = text.replaceAll(/":(-?\d{15,})(?=[,}])/g, '":"$1"');
    return (JSON.parse(exact) as { items: KubernetesObject[] }).items;
  }

  async remove(name: ObjectName): Promise<void> {
    await this.#api.remove(pathOf(name));
    if (name.kind === 'Namespace') {
      // Nobody else empties a namespace here, so nobody else lets it go.
      const finalize = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: name.name } };
      await this.#api.send('PUT', `${pathOf(name)}/finalize`, { ...finalize, spec: {} });
    }
  }

  #send(object: RawObject, before: KubernetesObject | undefined, query = ''): Promise<ApiAnswer> {
    const name: ObjectName = { ...object.metadata, kind: kindOf(object) };
    const body = { apiVersion: versions[name.kind], ...object };
    if (before === undefined) {
      const list = pathOf(name).slice(0, -name.name.length - 1);
      return this.#api.send('POST', list + query, body);
    }
    const mark = before.metadata.annotations?.[markAnnotation];
    const annotations = {
      ...object.metadata.annotations,
      ...(mark === undefined ? {} : { [markAnnotation]: mark }),
    };
    const { resourceVersion } = before.metadata;
    const metadata = { ...object.metadata, annotations, resourceVersion };
    return this.#api.send('PUT', pathOf(name) + query, { ...body, metadata });
  }
}

const markAnnotation = 'metallb.io/ip-allocated-from-pool';

const listPaths = {
  Namespace: '/api/v1/namespaces',
  IPAddressPool: '/apis/metallb.io/v1beta1/ipaddresspools',
  Service: '/api/v1/services',
} as const;

const versions = { Namespace: 'v1', IPAddressPool: 'metallb.io/v1beta1', Service: 'v1' } as const;

function pathOf({ kind, namespace, name }: ObjectName): string {
  const list = listPaths[kind];
  const place = list.lastIndexOf('/');
  return namespace === undefined
    ? `${list}/${name}`
    : `${list.slice(0, place)}/namespaces/${namespace}${list.slice(place)}/${name}`;
}

function nameOf(write: Write): ObjectName {
  return write.kind === 'put'
    ? { ...write.object.metadata, kind: kindOf(write.object) }
    : write.object;
}

function kindOf({ kind }: RawObject): ObjectName['kind'] {
  if (kind === 'Namespace' || kind === 'IPAddressPool' || kind === 'Service') {
    return kind;
  }
  throw new Error(`a course holds a ${kind}`);
}

function wanted(
  write: Exclude<Write, { kind: 'delete' }>,
  before: KubernetesObject | undefined,
): RawObject | undefined {
  const object =
    write.kind === 'put'
      ? write.object
      : before && tweaked(rawOf(before, write.object.kind), write.change);
  return object && withFirstFamilyOf(before, object);
}

/** The API server never lets a Service change its first family. */
function withFirstFamilyOf(before: KubernetesObject | undefined, object: RawObject): RawObject {
  const [first] = familiesOf(before?.['spec']);
  const families = familiesOf(object.spec);
  return first === undefined || families[0] === undefined || families[0] === first
    ? object
    : {
        ...object,
        spec: { ...object.spec, ipFamilies: [first, families[0]].slice(0, families.length) },
      };
}

function familiesOf(spec: unknown): readonly string[] {
  return (spec as { ipFamilies?: readonly string[] } | undefined)?.ipFamilies ?? [];
}

/** A stored object as a recorded case writes it. */
export function rawOf(object: KubernetesObject, kind: ObjectName['kind']): RawObject {
  const { name, namespace, labels, annotations } = object.metadata;
  const spec = object['spec'] as Record<string, unknown> | undefined;
  return {
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
    },
    ...(spec === undefined || kind === 'Namespace' ? {} : { spec }),
  };
}
