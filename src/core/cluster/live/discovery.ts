import { asRaw, filledText, inner, raws, text } from '../parse/fields.ts';
import type { Kind } from '../kinds.ts';
import type { ApiClient } from './api-client.ts';

/** What the server says of itself. All of it may be unknown: discovery can be forbidden like anything else. */
export interface Discovered {
  readonly kubernetes: string | undefined;
  readonly apiGroups: readonly string[] | undefined;
  /** `v1beta1/ipaddresspools`: all that are served. */
  readonly metallbResources: readonly string[] | undefined;
  /** Those that are known to be served, even where there may be others. */
  readonly seenResources: readonly string[];
}

const group = 'metallb.io';
/** Asked for along with the list of groups, to save a round trip; others follow when the list names them. */
const usualVersions = ['v1beta1', 'v1beta2'];

/** Asks which version the server has, which API groups it serves, and which kinds of MetalLB. */
export async function discover(client: ApiClient): Promise<Discovered> {
  const [kubernetes, groups, usual] = await Promise.all([
    kubernetesVersion(client),
    apiGroups(client),
    Promise.all(usualVersions.map((version) => resourcesOf(client, version))),
  ]);
  const others = await Promise.all(
    (groups?.metallbVersions ?? [])
      .filter((version) => !usualVersions.includes(version))
      .map((version) => resourcesOf(client, version)),
  );
  const resources = [...usual, ...others];
  const isComplete = groups !== undefined && resources.every((list) => list !== undefined);
  const seenResources = resources.flatMap((list) => list ?? []).toSorted();
  return {
    kubernetes,
    apiGroups: groups?.names,
    metallbResources: isComplete ? seenResources : undefined,
    seenResources,
  };
}

async function kubernetesVersion(client: ApiClient): Promise<string | undefined> {
  const answer = await client.get({ path: '/version', cost: 'other', read: parse });
  return answer.kind === 'ok' ? filledText(answer.value, 'gitVersion') : undefined;
}

async function apiGroups(client: ApiClient) {
  const answer = await client.get({ path: '/apis', cost: 'other', read: parse });
  if (answer.kind !== 'ok') {
    return undefined;
  }
  const groups = raws(answer.value, 'groups');
  const metallb = groups.find((entry) => entry['name'] === group);
  return {
    names: groups.map((entry) => text(entry, 'name') ?? '').toSorted(),
    metallbVersions: raws(metallb ?? {}, 'versions').map((entry) => text(entry, 'version') ?? ''),
  };
}

/** The resources of one version; none when it is not served, undefined when that is not known. */
async function resourcesOf(
  client: ApiClient,
  version: string,
): Promise<readonly string[] | undefined> {
  const path = `/apis/${group}/${version}`;
  const answer = await client.get({ path, cost: 'other', read: parse });
  if (answer.kind === 'refused' && answer.status === 404) {
    return [];
  }
  return answer.kind === 'ok'
    ? raws(answer.value, 'resources')
        .map((resource) => text(resource, 'name') ?? '')
        .filter((name) => !name.includes('/'))
        .map((name) => `${version}/${name}`)
    : undefined;
}

function parse(body: string) {
  const value = asRaw(JSON.parse(body));
  return inner({ value }, 'value');
}

/**
 * The version in which to ask for a kind of MetalLB: the usual one if it is served, else the newest. Where
 * not all is known, the usual one is worth a try.
 */
export function servedVersion(
  kind: Kind<unknown>,
  { metallbResources, seenResources }: Discovered,
): string | undefined {
  const versions = seenResources
    .filter((name) => name.endsWith(`/${kind.resource}`))
    .map((name) => name.slice(0, name.indexOf('/')));
  const isUsual = kind.group !== group || versions.includes(kind.version);
  const [newest] = versions.toSorted(byMaturity);
  if (isUsual || (newest === undefined && metallbResources === undefined)) {
    return kind.version;
  }
  return newest;
}

/** `v1` before `v1beta2` before `v1alpha1`, as Kubernetes sorts versions. */
function byMaturity(left: string, right: string): number {
  const rank = (version: string) => {
    const [, major = '0', stage = 'stable', minor = '0'] =
      /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
    const stages = { alpha: 0, beta: 1, stable: 2 };
    const stageRank = stages[stage === 'alpha' || stage === 'beta' ? stage : 'stable'];
    return stageRank * 1e6 + Number(major) * 1e3 + Number(minor);
  };
  return rank(right) - rank(left);
}
