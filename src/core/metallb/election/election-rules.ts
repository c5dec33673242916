import { parseVersion } from '../versions.ts';

/** What releases do differently when they choose who announces, each under a name that says what is true. */
export interface ElectionRules {
  /** A node whose network is unavailable does not announce (v0.13.10). */
  readonly honoursNetworkUnavailable: boolean;
  /** Nor does one with the exclude-from-external-load-balancers label (v0.14.2, #2021). */
  readonly honoursExcludeLabel: boolean;
  /** Nor does a cordoned one: in v0.14.9 only (#2470, taken back in v0.15.0 by #2715). */
  readonly honoursCordon: boolean;
  /** Without memberlist every node is a candidate; before, none is (v0.15.0, #2549). */
  readonly electsWithoutMembers: boolean;
  /** In BGP one serving entry is enough; before, every entry of its address has to serve (v0.16.0). */
  readonly trustsOneServingEntry: boolean;
  /** Advertisements can select Services, and conflict per Service (v0.16.0). */
  readonly knowsServiceSelectors: boolean;
  /** A neighbour only gets prefixes of its own family, unless it asks for both (v0.15.0, not native). */
  readonly keepsFamiliesApart: boolean;
  /** Native mode unites the communities of equal prefixes; before, one advertisement replaces the other (v0.16.0). */
  readonly nativeUnitesCommunities: boolean;
  /** FRR mode lists a prefix under every local preference; before, two of them are an error (v0.15.0). */
  readonly frrKeepsEveryPreference: boolean;
}

type Version = readonly [major: number, minor: number, patch: number];

/** First release with it, and first release without it again. */
const between: Readonly<Record<keyof ElectionRules, readonly [Version, Version?]>> = {
  honoursNetworkUnavailable: [[0, 13, 10]],
  honoursExcludeLabel: [[0, 14, 2]],
  honoursCordon: [
    [0, 14, 9],
    [0, 15, 0],
  ],
  electsWithoutMembers: [[0, 15, 0]],
  trustsOneServingEntry: [[0, 16, 0]],
  knowsServiceSelectors: [[0, 16, 0]],
  keepsFamiliesApart: [[0, 15, 0]],
  nativeUnitesCommunities: [[0, 16, 0]],
  frrKeepsEveryPreference: [[0, 15, 0]],
};

/** The rules of this release; one that is unknown or unreadable goes by those of the newest known. */
export function electionRulesOf(version: string | undefined): ElectionRules {
  const parsed = version === undefined ? undefined : parseVersion(version);
  const has = (rule: keyof ElectionRules): boolean => {
    const [first, gone] = between[rule];
    if (parsed === undefined) {
      return gone === undefined;
    }
    return rankOf(parsed) >= rankOf(first) && (gone === undefined || rankOf(parsed) < rankOf(gone));
  };
  return {
    honoursNetworkUnavailable: has('honoursNetworkUnavailable'),
    honoursExcludeLabel: has('honoursExcludeLabel'),
    honoursCordon: has('honoursCordon'),
    electsWithoutMembers: has('electsWithoutMembers'),
    trustsOneServingEntry: has('trustsOneServingEntry'),
    knowsServiceSelectors: has('knowsServiceSelectors'),
    keepsFamiliesApart: has('keepsFamiliesApart'),
    nativeUnitesCommunities: has('nativeUnitesCommunities'),
    frrKeepsEveryPreference: has('frrKeepsEveryPreference'),
  };
}

function rankOf([major, minor, patch]: Version): number {
  return (major * 1_000_000 + minor) * 1_000_000 + patch;
}
