import { parseVersion } from './versions.ts';

/** One release of MetalLB, and the day it came out as far as it is known. */
export interface Release {
  readonly version: string;
  /** `2025-12-04`, or only the month or year. */
  readonly date: string;
}

/** Releases in which something changed that matters here, oldest first; there are others between them. */
export const releases: readonly Release[] = [
  { version: 'v0.13.0', date: '2022' },
  { version: 'v0.13.9', date: '2023' },
  { version: 'v0.13.10', date: '2023' },
  { version: 'v0.14.2', date: '2024-01' },
  { version: 'v0.14.4', date: '2024-02' },
  { version: 'v0.14.5', date: '2024-04-19' },
  { version: 'v0.14.6', date: '2024-07-16' },
  { version: 'v0.14.8', date: '2024-07-23' },
  { version: 'v0.14.9', date: '2024-12-17' },
  { version: 'v0.15.0', date: '2025-06-03' },
  { version: 'v0.15.1', date: '2025-06' },
  { version: 'v0.15.2', date: '2025-06-04' },
  { version: 'v0.15.3', date: '2025-12-04' },
  { version: 'v0.16.0', date: '2026-05-20' },
  { version: 'v0.16.1', date: '2026-05-27' },
  { version: 'v0.16.2', date: '2026-11-04' },
];

/** Nothing is known of releases after this one. */
export const newestKnownRelease = 'v0.16.2';

/** The release that came before the newest known. */
export const releaseBeforeNewest = releases.at(-2)?.version ?? newestKnownRelease;

/** Nothing is known of releases before this one. */
export const oldestKnownRelease = 'v0.13.0';

/** Less than zero when `left` is the older release; undefined when either cannot be read. */
export function compareReleases(left: string, right: string): number | undefined {
  const [one, other] = [parseVersion(left), parseVersion(right)];
  if (one === undefined || other === undefined) {
    return undefined;
  }
  const place = ([0, 1, 2] as const).find((each) => one[each] !== other[each]);
  return place === undefined ? 0 : one[place] - other[place];
}

/** True when it is certain that `left` is the older release. */
export function isOlder(left: string, right: string): boolean {
  return (compareReleases(left, right) ?? 0) < 0;
}

/** True when it is certain that `version` is `release` or a later one. */
export function isAtLeast(version: string | undefined, release: string): boolean {
  return version !== undefined && (compareReleases(version, release) ?? -1) >= 0;
}

/** A span of releases: the first that has something, and the first that has it no more. */
export interface ReleaseSpan {
  /** Undefined: from the beginning. */
  readonly since: string | undefined;
  /** Undefined: to the newest known. */
  readonly fixedIn: string | undefined;
}

/** True when this release certainly lies in the span; unreadable ones and those beyond all knowledge never do. */
export function isWithin(version: string | undefined, { since, fixedIn }: ReleaseSpan): boolean {
  if (version === undefined || parseVersion(version) === undefined) {
    return false;
  }
  const begun = since === undefined || !isOlder(version, since);
  const open =
    fixedIn === undefined ? !isOlder(newestKnownRelease, version) : isOlder(version, fixedIn);
  return begun && open;
}

/** `v0.14.6 up to, not including, v0.16.0`, for people. */
export function spanText({ since, fixedIn }: ReleaseSpan): string {
  if (fixedIn === undefined) {
    const start = since === undefined ? 'every release' : `${since} and later`;
    return `${start}, as far as known (${newestKnownRelease})`;
  }
  return since === undefined ? `before ${fixedIn}` : `${since} to before ${fixedIn}`;
}
