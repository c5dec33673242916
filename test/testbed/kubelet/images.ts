import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubelet } from './configuration.ts';
import type { Container } from './pod.ts';

/** What runs in place of an image: a binary in a root folder of its own, a script with the programs of one folder, or a plain server. */
export type Runnable =
  | { readonly kind: 'binary'; readonly path: string; readonly entry: string }
  | { readonly kind: 'script'; readonly programs: string }
  | { readonly kind: 'server'; readonly script: string; readonly port: number };

/** Finds what stands for the container's image; a known name with an unknown tag cannot be pulled. */
export function runnableFor(kubelet: Kubelet, container: Container): Runnable | undefined {
  const { images } = kubelet.configuration;
  const nameAndTag = container.image.slice(container.image.lastIndexOf('/') + 1);
  const name = nameAndTag.split(':')[0] ?? nameAndTag;
  const path = images[nameAndTag];
  if (path !== undefined && existsSync(path) && statSync(path).isDirectory()) {
    return { kind: 'script', programs: path };
  }
  if (path !== undefined) {
    return { kind: 'binary', path, entry: `/${name}` };
  }
  if (Object.keys(images).some((known) => known.startsWith(`${name}:`))) {
    return undefined;
  }
  const port = container.ports?.[0]?.containerPort ?? 0;
  return { kind: 'server', script: join(import.meta.dirname, 'server-main.ts'), port };
}

/** The registry's words for a tag that it does not have. */
export function pullFailure(image: string): string {
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
}
