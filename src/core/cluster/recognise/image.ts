/** A container image's name, taken apart. */
export interface Image {
  /** `quay.io/metallb/controller`: registry and repository. */
  readonly path: string;
  /** `controller`: the last part of the repository. */
  readonly name: string;
  readonly tag: string | undefined;
}

/** `registry:5000/metallb/controller:v0.15.3@sha256:…` taken apart. */
export function parseImage(image: string): Image {
  const withoutDigest = image.split('@', 1)[0] ?? '';
  const lastSlash = withoutDigest.lastIndexOf('/');
  const colon = withoutDigest.indexOf(':', lastSlash + 1);
  const path = colon === -1 ? withoutDigest : withoutDigest.slice(0, colon);
  const tag = colon === -1 ? '' : withoutDigest.slice(colon + 1);
  return { path, name: path.slice(lastSlash + 1), tag: tag === '' ? undefined : tag };
}

/** `v0.15.3` from `v0.15.3`, `0.15.3-debian-12-r4` or `metallb-0.15.3`; undefined for `main` or a digest. */
export function versionIn(text: string | undefined): string | undefined {
  const match = /(?:^|[-_])v?(\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)[.\w]*)?)/.exec(text ?? '');
  return match === null ? undefined : `v${match[1]}`;
}
