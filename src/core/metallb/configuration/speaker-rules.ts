import { switchesAt, type Span } from '../versions.ts';

/** What releases do differently when they judge advertisements and peers, each under a name that says what is true. */
export interface SpeakerRules {
  /** Advertisements of a pool that want different local preferences for the same update are refused (v0.13.10, #1820). */
  readonly comparesPreferences: boolean;
  /** Errors put what they are about on a second line, and `enableGracefulRestart` is known (v0.14.6). */
  readonly joinsErrors: boolean;
  /** `dynamicASN` is known, and times that are not set are left to FRR (v0.14.9). */
  readonly knowsDynamicASN: boolean;
  /** Native mode looks at the pools that a BGPAdvertisement selects only (v0.14.9). */
  readonly forgivesUnadvertisedIPv6: boolean;
  /** Peers over an interface and `dualStackAddressFamily` are known; the peer's name leads its error (v0.15.0). */
  readonly knowsInterfaces: boolean;
  /** Prefix lengths of advertisements are compared by the families of the pool (v0.15.0). */
  readonly comparesLengthsByFamily: boolean;
  /** Advertisements have `serviceSelectors`, peers `localASN` (v0.16.0). */
  readonly knowsServiceSelectors: boolean;
  /** A speaker leaves BGPPeers and BGPAdvertisements for other nodes aside before it judges (v0.16.0). */
  readonly judgesOwnNodeOnly: boolean;
  /** L2Advertisements have `preferredNodeSelectors`, BGPAdvertisements `asPathPrepend` (v0.16.2; read, not measured). */
  readonly knowsPreferences: boolean;
  /** A range from an IPv4 address to an IPv6 one is an error; before, it holds nothing (v0.16.2). */
  readonly refusesMixedRanges: boolean;
}

/** The releases each switch is on in. */
const spans: Readonly<Record<keyof SpeakerRules, Span>> = {
  comparesPreferences: [[0, 13, 10]],
  joinsErrors: [[0, 14, 6]],
  knowsDynamicASN: [[0, 14, 9]],
  forgivesUnadvertisedIPv6: [[0, 14, 9]],
  knowsInterfaces: [[0, 15, 0]],
  comparesLengthsByFamily: [[0, 15, 0]],
  knowsServiceSelectors: [[0, 16, 0]],
  judgesOwnNodeOnly: [[0, 16, 0]],
  knowsPreferences: [[0, 16, 2]],
  refusesMixedRanges: [[0, 16, 2]],
};

/** The rules of this release; one that is unknown or unreadable goes by those of the newest known. */
export function speakerRulesOf(version: string | undefined): SpeakerRules {
  return switchesAt(spans, version);
}
