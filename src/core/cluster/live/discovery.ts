import { asRaw, filledText, inner, raws, text } from '../parse/fields.ts';
import type { Kind } from '../kinds.ts';
import type { ApiClient } from './api-client.ts';

/** What the server says of itself. All of it may be unknown: discovery can be forbidden like anything else. */
export interface Discovered {
  readonly kubernetes: string | undefined;
  readonly apiGroups: readonly string[] | undefined;
  /** `v1beta1/ipaddresspools`. */
  readonly metallbResources: readonly string[] | undefined;
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
  const isComplete = resources.every((list) => list !== undefined);
  return {
    kubernetes,
    apiGroups: groups?.names,
    metallbResources: isComplete ? resources.flat().toSorted() : undefined,
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

/** The version in which to ask for a kind of MetalLB: the usual one if it is served, else the newest. */
export function servedVersion(
  kind: Kind<unknown>,
  metallbResources: readonly string[] | undefined,
): string | undefined {
  if (metallbResources === undefined || kind.group !== group) {
    return kind.version;
  }
  const versions = metallbResources
    .filter((name) => name.endsWith(`/${kind.resource}`))
    .map((name) => name.slice(0, name.indexOf('/')));
  return versions.includes(kind.version) ? kind.version : versions.toSorted(byMaturity)[0];
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
