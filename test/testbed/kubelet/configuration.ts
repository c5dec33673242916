import { readFile } from 'node:fs/promises';
import type { ApiAccess, ApiClient } from '../api-client.ts';

/** What the lab tells a kubelet, as one JSON file. */
export interface KubeletConfiguration {
  readonly node: string;
  readonly address: string;
  /** The first three octets of the pods' range. */
  readonly podPrefix: string;
  /** The full name of the node's network namespace; pods' namespaces are named after it. */
  readonly namespace: string;
  readonly access: ApiAccess;
  readonly serving: { readonly certificate: string; readonly key: string };
  /** Own folder: pods' root folders, logs, marks. */
  readonly folder: string;
  /** The binaries that stand for images, by `name:tag` (the image's last path segment). */
  readonly images: Readonly<Record<string, string>>;
}

/** What every part of the kubelet works with. */
export interface Kubelet {
  readonly configuration: KubeletConfiguration;
  readonly api: ApiClient;
}

export async function readConfiguration(path: string): Promise<KubeletConfiguration> {
  return JSON.parse(await readFile(path, 'utf8')) as KubeletConfiguration;
}
