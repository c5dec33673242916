import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from '../../../src/core/cluster/kinds.ts';

type Json = Readonly<Record<string, unknown>>;

/** Spoils the answers to paths that match, the first `times` of them (all, unless given). */
export interface Fault {
  readonly path: RegExp;
  readonly times?: number;
  readonly answer: (response: ServerResponse, request: IncomingMessage) => void;
}

export interface FakeApiOptions {
  /** Objects as kubectl prints them. */
  readonly objects?: readonly unknown[];
  /** `namespace/pod/container` or, with `?previous`, the run before. */
  readonly logs?: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  /** What its clock says in each answer; nothing, unless given. */
  readonly date?: string;
  /** `v1beta1/ipaddresspools`; all that MetalLB v0.15.3 has, unless given. */
  readonly metallbResources?: readonly string[];
  readonly tls?: {
    readonly cert: string;
    readonly key: string;
    readonly ca: string;
    /** Whether clients have to show a certificate. */
    readonly requestCert?: boolean;
    readonly rejectUnauthorized?: boolean;
  };
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface FakeApi extends AsyncDisposable {
  readonly url: string;
  /** A directory of its own, with a kubeconfig in it. */
  readonly directory: string;
  readonly kubeconfig: string;
  readonly calls: readonly Call[];
  /** The paths asked for, without their queries. */
  paths(): readonly string[];
}

/** Every kind that any release serves. */
export const everyMetalLBKind = Object.values(kinds)
  .filter(({ group }) => group === 'metallb.io')
  .map(({ version, resource }) => `${version}/${resource}`);

const ofToday = everyMetalLBKind.filter((name) => !name.endsWith('/addresspools'));

/** A loopback API server that serves the given objects, with the faults given. */
export async function fakeApi(options: FakeApiOptions = {}): Promise<FakeApi> {
  const calls: Call[] = [];
  const left = new Map((options.faults ?? []).map((fault) => [fault, fault.times ?? Infinity]));
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '';
    response.sendDate = false;
    if (options.date !== undefined) {
      response.setHeader('Date', options.date);
    }
    calls.push({ method: request.method ?? '', path, headers: request.headers });
    for (const [fault, times] of left) {
      if (times > 0 && fault.path.test(decodeURIComponent(path))) {
        left.set(fault, times - 1);
        fault.answer(response, request);
        return;
      }
    }
    serve(new URL(path, 'http://fake'), response, options);
  };
  const server =
    options.tls === undefined ? createServer(handle) : createTlsServer(options.tls, handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const directory = await mkdtemp(join(tmpdir(), 'triage-fake-api-'));
  const kubeconfig = join(directory, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor(url, options.tls?.ca));
  return {
    url,
    directory,
    kubeconfig,
    calls,
    paths: () => calls.map(({ path }) => path.split('?', 1)[0] ?? ''),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true });
    },
  };
}

export function kubeconfigFor(server: string, ca?: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'lab',
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'oncall', namespace: 'shop' } }],
    clusters: [
      {
        name: 'lab',
        cluster: {
          server,
          ...(ca !== undefined && {
            'certificate-authority-data': Buffer.from(ca).toString('base64'),
          }),
        },
      },
    ],
    users: [{ name: 'oncall', user: { token: 'sesame' } }],
  });
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

export function sendStatus(response: ServerResponse, code: number, message: string): void {
  sendJson(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code });
}

/** Denies what matches, as RBAC does. */
export function forbidding(path: RegExp): Fault {
  return { path, answer: (response) => sendStatus(response, 403, 'services is forbidden') };
}

function serve(url: URL, response: ServerResponse, options: FakeApiOptions): void {
  const metallb = options.metallbResources ?? ofToday;
  if (url.pathname === '/version') {
    return sendJson(response, 200, { major: '1', minor: '34', gitVersion: 'v1.34.4' });
  }
  if (url.pathname === '/apis') {
    return sendJson(response, 200, {
      kind: 'APIGroupList',
      groups: groupsOf(metallb, options.objects ?? []),
    });
  }
  const discovery = /^\/apis\/metallb\.io\/([^/]+)$/.exec(url.pathname);
  if (discovery !== null) {
    return sendResources(response, metallb, discovery[1] ?? '');
  }
  const log = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/.exec(url.pathname);
  if (log !== null) {
    return sendLog(url, response, options);
  }
  return sendList(url, response, options.objects ?? []);
}

/** Of a network plugin only that is served of which there is an object. */
const ofPlugins = /^(?:cilium\.io|(?:crd\.)?projectcalico\.org)\//;

function groupsOf(metallb: readonly string[], objects: readonly unknown[]) {
  const plugins = new Set(
    objects
      .map((object) => String((object as Json)['apiVersion']))
      .filter((version) => ofPlugins.test(version))
      .map((version) => version.split('/')[0] ?? ''),
  );
  const versions = [...new Set(metallb.map((name) => name.split('/')[0]))];
  return [
    { name: 'apps', versions: [{ version: 'v1' }] },
    { name: 'discovery.k8s.io', versions: [{ version: 'v1' }] },
    { name: 'frrk8s.metallb.io', versions: [{ version: 'v1beta1' }] },
    ...[...plugins].map((name) => ({ name, versions: [] })),
    ...(versions.length === 0
      ? []
      : [{ name: 'metallb.io', versions: versions.map((version) => ({ version })) }]),
  ];
}

function sendResources(
  response: ServerResponse,
  metallb: readonly string[],
  version: string,
): void {
  const names = metallb
    .filter((name) => name.startsWith(`${version}/`))
    .map((name) => name.slice(version.length + 1));
  if (names.length === 0) {
    return sendStatus(response, 404, 'the server could not find the requested resource');
  }
  const resources = names.flatMap((name) => [{ name }, { name: `${name}/status` }]);
  return sendJson(response, 200, { kind: 'APIResourceList', resources });
}

function sendLog(url: URL, response: ServerResponse, { logs = {} }: FakeApiOptions): void {
  const [, , , , namespace, , pod] = url.pathname.split('/');
  const suffix = url.searchParams.get('previous') === 'true' ? '?previous' : '';
  const text = logs[`${namespace}/${pod}/${url.searchParams.get('container')}${suffix}`];
  if (text === undefined) {
    return sendStatus(response, 400, 'previous terminated container not found');
  }
  const tail = Number(url.searchParams.get('tailLines'));
  const lines = text.split('\n').filter((line) => line !== '');
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.end(
    lines
      .slice(-tail)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

const listPath = /^\/apis?\/(?:([^/]+)\/)?(v[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)$/;

function sendList(url: URL, response: ServerResponse, objects: readonly unknown[]): void {
  const [, group = '', version, namespace, resource] = listPath.exec(url.pathname) ?? [];
  const kind = Object.values(kinds).find(
    (candidate) =>
      [candidate, ...(candidate.elsewhere ?? [])].some((each) => each.group === group) &&
      candidate.resource === resource,
  );
  if (kind === undefined) {
    return sendStatus(response, 404, 'the server could not find the requested resource');
  }
  const ofPlugin = ofPlugins.test(`${group}/`);
  const matching = objects
    .map((object) => object as Json)
    .filter((object) => object['kind'] === kind.kind)
    .filter((object) => !ofPlugin || object['apiVersion'] === `${group}/${version}`)
    .filter((object) => namespace === undefined || at(object, 'metadata.namespace') === namespace)
    .filter((object) => isSelected(object, url.searchParams));
  if (ofPlugin && matching.length === 0) {
    return sendStatus(response, 404, 'the server could not find the requested resource');
  }
  const limit = Number(url.searchParams.get('limit') ?? '500');
  const from = Number(url.searchParams.get('continue') ?? '0');
  const rest = matching.length > from + limit ? { continue: String(from + limit) } : {};
  return sendJson(response, 200, {
    kind: `${kind.kind}List`,
    apiVersion: group === '' ? version : `${group}/${version}`,
    metadata: { resourceVersion: '7', ...rest },
    items: matching.slice(from, from + limit),
  });
}

function isSelected(object: Json, query: URLSearchParams): boolean {
  const labels = at(object, 'metadata.labels') as Json | undefined;
  const fields = (query.get('fieldSelector') ?? '').split(',').filter((part) => part !== '');
  const selector = query.get('labelSelector') ?? '';
  const [, key = '', value = '', list] = /^(\S+?)(?:=(.+)| in \((.+)\))$/.exec(selector) ?? [];
  const wanted = list?.split(',') ?? [value];
  return (
    fields.every((field) => matches(object, field)) &&
    (selector === '' || wanted.includes(String(labels?.[key])))
  );
}

function matches(object: Json, field: string): boolean {
  const [, name = '', operator, value] = /^([^=!]+)(!?=)(.*)$/.exec(field) ?? [];
  const path = name === 'source' ? 'source.component' : name;
  return (at(object, path) === value) === (operator === '=');
}

function at(object: Json, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Json | undefined)?.[key], object);
}
