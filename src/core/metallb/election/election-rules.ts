import { switchesAt, type Span } from '../versions.ts';

/** What releases do differently when they choose who announces, each under a name that says what is true. */
export interface ElectionRules {
  /** A node whose network is unavailable does not announce (v0.13.10). */
  readonly honoursNetworkUnavailable: boolean;
  /** Nor does one with the exclude-from-external-load-balancers label (v0.14.2, #2021). */
  readonly honoursExcludeLabel: boolean;
  /** Nor does a cordoned one: in v0.14.9 only (#2470, taken back in v0.15.0 by #2715). */
  readonly honoursCordon: boolean;
  /** Of an endpoint that says both, whether it serves counts and not whether it is ready (v0.14.2 to v0.14.4, #2337). */
  readonly asksServingFirst: boolean;
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
  /**
   * A Service that may share its address is announced by nobody in layer 2 where an advertisement that takes it has
   * serviceSelectors (v0.16.2; read, not measured).
   */
  readonly refusesSharedWithSelectors: boolean;
}

/** The releases each switch is on in. */
const spans: Readonly<Record<keyof ElectionRules, Span>> = {
  honoursNetworkUnavailable: [[0, 13, 10]],
  honoursExcludeLabel: [[0, 14, 2]],
  honoursCordon: [
    [0, 14, 9],
    [0, 15, 0],
  ],
  asksServingFirst: [
    [0, 14, 2],
    [0, 14, 5],
  ],
  electsWithoutMembers: [[0, 15, 0]],
  trustsOneServingEntry: [[0, 16, 0]],
  knowsServiceSelectors: [[0, 16, 0]],
  keepsFamiliesApart: [[0, 15, 0]],
  nativeUnitesCommunities: [[0, 16, 0]],
  frrKeepsEveryPreference: [[0, 15, 0]],
  refusesSharedWithSelectors: [[0, 16, 2]],
};

/** The rules of this release; one that is unknown or unreadable goes by those of the newest known. */
export function electionRulesOf(version: string | undefined): ElectionRules {
  return switchesAt(spans, version);
}
