/** What MetalLB releases do differently, each under a name that says what is true of it. */
export interface Behaviour {
  /**
   * Reads `…/loadBalancerIPs` for certain (#1174). Which release before v0.13 is the first to, its notes do not say;
   * `spec.loadBalancerIP` is read by all of them.
   */
  readonly knowsAddressAnnotation: boolean;
  /** Reads `metallb.io/…` annotations, not only `metallb.universe.tf/…` (v0.14.9, #2495). */
  readonly knowsNewPrefix: boolean;
  /** PreferDualStack is content with one family; before, it insists on both like RequireDualStack (v0.14.9, #2587). */
  readonly settlesForOneFamily: boolean;
  /** One cluster IP means one address of its family, whatever the policy (v0.15.0, #2726). */
  readonly alignsToClusterIP: boolean;
  /** RequireDualStack with fewer than two cluster IPs is refused outright (v0.15.0). */
  readonly refusesTooFewClusterIPs: boolean;
  /** `serviceAllocation` that names nobody serves everybody; before, nobody (v0.15.0, #2714). */
  readonly unnamedPinningServesAll: boolean;
  /** A changed sharing or backend key makes every Service be looked at again (v0.15.0, #2692). */
  readonly keyChangeWakesAll: boolean;
  /** IPAddressPools have a status (v0.15.0). */
  readonly publishesPoolUse: boolean;
  /** All gauges of a removed pool go with it; before, only two do (v0.15.0). */
  readonly removesGauges: boolean;
  /** A pool change that alters no generation is not looked at (v0.15.0). */
  readonly ignoresPoolMetadata: boolean;
  /** The loaded configuration is never rewritten, so equal ones compare equal (v0.15.3). */
  readonly comparesConfigurationTruly: boolean;
  /** A named pool with nothing left is refused by name instead of as `["<nil>"]` (v0.16.0, #2891). */
  readonly namesExhaustedPool: boolean;
}

type Version = readonly [major: number, minor: number, patch: number];

/** The first release with a behaviour, and the first without it again. */
export type Span = readonly [first: Version, gone?: Version];

/** The releases each switch is on in. */
const spans: Readonly<Record<keyof Behaviour, Span>> = {
  knowsAddressAnnotation: [[0, 13, 0]],
  knowsNewPrefix: [[0, 14, 9]],
  settlesForOneFamily: [[0, 14, 9]],
  alignsToClusterIP: [[0, 15, 0]],
  refusesTooFewClusterIPs: [[0, 15, 0]],
  unnamedPinningServesAll: [[0, 15, 0]],
  keyChangeWakesAll: [[0, 15, 0]],
  publishesPoolUse: [[0, 15, 0]],
  removesGauges: [[0, 15, 0]],
  ignoresPoolMetadata: [[0, 15, 0]],
  comparesConfigurationTruly: [[0, 15, 3]],
  namesExhaustedPool: [[0, 16, 0]],
};

/** How this release behaves. */
export function behaviourOf(version: string | undefined): Behaviour {
  return switchesAt(spans, version);
}

/** Which switches are on in a release; one that is unknown, unreadable or newer is like the newest known. */
export function switchesAt<K extends string>(
  all: Readonly<Record<K, Span>>,
  version: string | undefined,
): Readonly<Record<K, boolean>> {
  const parsed = version === undefined ? undefined : parseVersion(version);
  const entries = Object.entries<Span>(all).map(([name, span]) => [name, isIn(span, parsed)]);
  // the entries were just made from the very keys that the type is built from
  return Object.fromEntries(entries) as Readonly<Record<K, boolean>>;
}

function isIn([first, gone]: Span, version: Version | undefined): boolean {
  return version === undefined
    ? gone === undefined
    : !isBefore(version, first) && (gone === undefined || isBefore(version, gone));
}

/** Major, minor and patch of `v0.15.3`, `0.15.3` or `v0.15.3-debian-12-r4`; undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?([0-9]{1,6})\.([0-9]{1,6})\.([0-9]{1,6})(?![0-9.])/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

function isBefore(left: Version, right: Version): boolean {
  for (const place of [0, 1, 2] as const) {
    if (left[place] !== right[place]) {
      return left[place] < right[place];
    }
  }
  return false;
}
