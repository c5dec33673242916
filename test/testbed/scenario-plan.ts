import type { EtcdEntry } from './etcd-store.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { LogWorld, StubContainer } from './log-answer.ts';
import { customKinds, definitionsOf, definitionsServed } from './scenario-definitions.ts';
import type { Definition } from './scenario-definitions.ts';
import { readScenarioFiles } from './scenario-files.ts';
import type { ScenarioFiles } from './scenario-files.ts';
import { namespacesMentioned, withIdentities } from './scenario-objects.ts';
import { storageKey } from './storage-keys.ts';
import type { CustomKind } from './storage-keys.ts';

export interface ScenarioSource {
  /** YAML, JSON and logs of one cluster. */
  readonly directory: string;
  /** RFC 3339: the files' own "now"; every time is moved so that this becomes the real one. */
  readonly at: string;
  /** The MetalLB release whose definitions are served, as `v0.15.3`; none when undefined. */
  readonly version: string | undefined;
}

/** Everything that has to be written for a scenario, worked out beforehand. */
export interface ScenarioPlan {
  readonly objects: readonly KubernetesObject[];
  readonly kinds: readonly CustomKind[];
  readonly entries: readonly EtcdEntry[];
  readonly logWorld: LogWorld;
  /** Nodes whose kubelet has fallen silent. */
  readonly silentNodes: readonly SilentNode[];
  /** The pods on them, as `namespace/name`. */
  readonly silentPods: ReadonlySet<string>;
  /** The plurals served, by `group/version`. */
  readonly groupVersions: ReadonlyMap<string, readonly string[]>;
  /** True for a group that comes from definitions, in this scenario or the one before. */
  readonly isCustomGroup: (group: string) => boolean;
  readonly shiftedMs: number;
}

interface SilentNode {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** Reads a scenario's files and works out what etcd and the log stub must hold. */
export async function planScenario(source: ScenarioSource, now: Date): Promise<ScenarioPlan> {
  const at = new Date(source.at);
  // Rounded down: no age may come out shorter than it was recorded.
  const shiftedMs = Math.floor((now.getTime() - at.getTime()) / 1_000) * 1_000;
  const year = at.getUTCFullYear();
  const files = await readScenarioFiles(source.directory, { byMs: shiftedMs, year });
  const released = source.version === undefined ? [] : await definitionsOf(source.version);
  const definitions = definitionsServed(definitionsStated(files), released);
  const kinds = customKinds(definitions);
  const objects = withIdentities([
    ...namespacesMentioned(files.objects),
    ...definitions,
    ...files.objects.filter(({ kind }) => kind !== 'CustomResourceDefinition'),
  ]);
  const silentNodes = silentAmong(objects);
  return {
    objects,
    kinds,
    entries: etcdEntries(objects, kinds),
    logWorld: { pods: stubPods(objects), logs: files.logs },
    silentNodes,
    silentPods: podsOn(silentNodes, objects),
    groupVersions: groupVersionsOf(definitions),
    isCustomGroup: (group) => group.includes('.') && !group.endsWith('.k8s.io'),
    shiftedMs,
  };
}

/** The objects as etcd holds them: one JSON document under each one's key. */
export function etcdEntries(
  objects: readonly KubernetesObject[],
  kinds: readonly CustomKind[],
): EtcdEntry[] {
  return objects.map((object) => ({
    key: storageKey(object, kinds),
    value: JSON.stringify(object),
  }));
}

/** The files' own definitions; undefined when they do not speak of definitions at all. */
function definitionsStated(files: ScenarioFiles): Definition[] | undefined {
  const isDefinition = (object: KubernetesObject): object is Definition =>
    object.kind === 'CustomResourceDefinition';
  return files.kinds.has('CustomResourceDefinition')
    ? files.objects.filter(isDefinition)
    : undefined;
}

function groupVersionsOf(definitions: readonly Definition[]): Map<string, string[]> {
  const plurals = new Map<string, string[]>();
  for (const { spec } of definitions) {
    for (const version of spec.versions.filter(({ served }) => served !== false)) {
      const groupVersion = `${spec.group}/${version.name}`;
      plurals.set(groupVersion, [...(plurals.get(groupVersion) ?? []), spec.names.plural]);
    }
  }
  return plurals;
}

interface PodStatus {
  readonly containerStatuses?: readonly StubContainer[];
  readonly initContainerStatuses?: readonly StubContainer[];
}

function stubPods(objects: readonly KubernetesObject[]): LogWorld['pods'] {
  return objects
    .filter(({ kind }) => kind === 'Pod')
    .map(({ metadata, status }) => {
      const { containerStatuses = [], initContainerStatuses = [] } = (status ?? {}) as PodStatus;
      const containers = [...initContainerStatuses, ...containerStatuses];
      return { namespace: metadata.namespace ?? 'default', name: metadata.name, containers };
    });
}

interface NodeStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  readonly addresses?: readonly { readonly type: string; readonly address: string }[];
}

function silentAmong(objects: readonly KubernetesObject[]): SilentNode[] {
  const nodes = objects.filter(({ kind }) => kind === 'Node');
  return nodes.flatMap(({ metadata, status }) => {
    const { conditions = [], addresses = [] } = (status ?? {}) as NodeStatus;
    const isSilent = conditions.some((item) => item.type === 'Ready' && item.status === 'Unknown');
    const internal = addresses.filter(({ type }) => type === 'InternalIP');
    return isSilent
      ? [{ name: metadata.name, addresses: internal.map(({ address }) => address) }]
      : [];
  });
}

function podsOn(nodes: readonly SilentNode[], objects: readonly KubernetesObject[]): Set<string> {
  const names = nodes.map(({ name }) => name);
  const pods = objects.filter(({ kind, spec }) => {
    const { nodeName = '' } = (spec ?? {}) as { nodeName?: string };
    return kind === 'Pod' && names.includes(nodeName);
  });
  return new Set(pods.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`));
}
