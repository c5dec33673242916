import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Kubelet } from './configuration.ts';
import { fieldOf } from './pod.ts';
import type { Container, Pod, PodPlace, ProjectedSource, Volume } from './pod.ts';

/** A volume that cannot be filled yet: the pod waits. */
export class MountFailure extends Error {}

type Files = ReadonlyMap<string, Buffer>;

/** Fills the folders that a container sees as its volumes; called again it writes only what changed. */
export async function fillVolumes(
  kubelet: Kubelet,
  {
    pod,
    place,
    container,
    root,
  }: { pod: Pod; place: PodPlace; container: Container; root: string },
): Promise<void> {
  const volumes = new Map((pod.spec.volumes ?? []).map((volume) => [volume.name, volume]));
  for (const mount of container.volumeMounts ?? []) {
    const volume = volumes.get(mount.name);
    const folder = join(root, mount.mountPath);
    await mkdir(folder, { recursive: true });
    for (const [name, content] of await contentOf(kubelet, { pod, place, volume, root })) {
      await writeIfChanged(join(folder, name), content);
    }
  }
}

interface VolumeOfPod {
  readonly pod: Pod;
  readonly place: PodPlace;
  readonly volume: Volume | undefined;
  readonly root: string;
}

async function contentOf(kubelet: Kubelet, parts: VolumeOfPod): Promise<Files> {
  const { pod, volume } = parts;
  if (volume?.secret !== undefined) {
    const { secretName, optional } = volume.secret;
    return keysOf(kubelet, pod, {
      kind: 'secret',
      name: secretName,
      volume: volume.name,
      optional,
    });
  }
  if (volume?.configMap !== undefined) {
    const { name, optional } = volume.configMap;
    return keysOf(kubelet, pod, { kind: 'configmap', name, volume: volume.name, optional });
  }
  if (volume?.projected === undefined) {
    return new Map();
  }
  const files = new Map<string, Buffer>();
  for (const source of volume.projected.sources) {
    for (const [name, content] of await projected(kubelet, parts, source)) {
      files.set(name, content);
    }
  }
  return files;
}

async function projected(
  kubelet: Kubelet,
  { pod, place, volume }: VolumeOfPod,
  source: ProjectedSource,
): Promise<[string, Buffer][]> {
  if (source.serviceAccountToken !== undefined) {
    const { path, expirationSeconds } = source.serviceAccountToken;
    return [[path, await tokenOf(kubelet, pod, expirationSeconds ?? 3_600)]];
  }
  if (source.configMap !== undefined) {
    const { name, items = [] } = source.configMap;
    const wanted = { kind: 'configmap', name, volume: volume?.name ?? '' } as const;
    const keys = await keysOf(kubelet, pod, { ...wanted, optional: false });
    return items.map(({ key, path }) => [path, keys.get(key) ?? Buffer.alloc(0)]);
  }
  return (source.downwardAPI?.items ?? []).map(({ path, fieldRef }) => [
    path,
    Buffer.from(fieldOf(pod, place, fieldRef.fieldPath) ?? ''),
  ]);
}

async function keysOf(
  kubelet: Kubelet,
  pod: Pod,
  wanted: {
    kind: 'secret' | 'configmap';
    name: string;
    volume: string;
    optional: boolean | undefined;
  },
): Promise<Files> {
  const { kind, name } = wanted;
  const object = await kubelet.api.get(
    `/api/v1/namespaces/${pod.metadata.namespace}/${kind}s/${name}`,
  );
  if (object === undefined && wanted.optional !== true) {
    throw new MountFailure(
      `MountVolume.SetUp failed for volume "${wanted.volume}" : ${kind} "${name}" not found`,
    );
  }
  const data = (object?.['data'] ?? {}) as Record<string, string>;
  const encoding = kind === 'secret' ? 'base64' : 'utf8';
  return new Map(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, encoding)]));
}

interface Token {
  readonly content: Buffer;
  readonly freshUntil: number;
}

const tokens = new Map<string, Token>();

/** A token bound to the pod, asked for anew when four fifths of its time are over. */
async function tokenOf(kubelet: Kubelet, pod: Pod, seconds: number): Promise<Buffer> {
  const known = tokens.get(pod.metadata.uid);
  if (known !== undefined && known.freshUntil > performance.now()) {
    return known.content;
  }
  const { namespace, name, uid } = pod.metadata;
  const account = pod.spec.serviceAccountName ?? 'default';
  const answer = await kubelet.api.create(
    `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        expirationSeconds: seconds,
        boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name, uid },
      },
    },
  );
  const content = Buffer.from((answer['status'] as { token: string }).token);
  tokens.set(uid, { content, freshUntil: performance.now() + seconds * 800 });
  return content;
}

async function writeIfChanged(path: string, content: Buffer): Promise<void> {
  const current = await readFile(path).catch(() => undefined);
  if (current?.equals(content) === true) {
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, content, { mode: 0o644 });
  await rename(`${path}.new`, path);
}
