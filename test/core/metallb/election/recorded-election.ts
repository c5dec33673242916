import { kinds } from '../../../../src/core/cluster/kinds.ts';
import type { ElectionInput } from '../../../../src/core/metallb/election/speakers.ts';
import { speakerInputOf, type ElectionCase } from '../configuration/election-cases.ts';

/** A small cluster and what the real speakers of one release answered for it; test/vectors/README.md has the form. */
export interface RecordedElection extends ElectionCase {
  readonly settings: {
    readonly bgpType: string;
    readonly ignoreExcludeLB?: boolean;
    readonly lbClass?: string;
  };
  readonly members?: { readonly disabled?: boolean; readonly alive?: readonly string[] };
  readonly interfaces?: Readonly<Record<string, readonly string[]>>;
  readonly result?: RecordedResult;
  readonly results?: readonly RecordedResult[];
  /** Parts that nobody asked the speakers about. */
  readonly unasked?: readonly string[];
  /** Parts that differed from run to run. */
  readonly nondeterministic?: readonly string[];
}

/** The answer of one run. Absent means empty. */
export interface RecordedResult {
  readonly configErrors?: Readonly<Record<string, readonly string[]>>;
  readonly services?: Readonly<Record<string, RecordedService>>;
  readonly sessions?: Readonly<Record<string, readonly string[]>>;
  readonly advertised?: readonly RecordedRoute[];
  readonly backend?: readonly RecordedSent[];
}

export interface RecordedService {
  readonly filtered?: boolean;
  readonly layer2?: {
    readonly winner: string | null;
    readonly reasons?: Readonly<Record<string, string>>;
    readonly announced?: readonly {
      readonly ip: string;
      readonly interfaces?: readonly string[];
    }[];
    readonly announceFailed?: readonly string[];
  };
  readonly bgp?: {
    readonly reasons?: Readonly<Record<string, string>>;
    readonly peers?: Readonly<Record<string, readonly string[]>>;
  };
  readonly errors?: Readonly<Record<string, string>>;
}

export interface RecordedRoute {
  readonly nodes: readonly string[];
  readonly peer: string;
  readonly prefix: string;
  readonly localPref: number;
  readonly communities: readonly string[];
}

export interface RecordedSent {
  readonly nodes: readonly string[];
  readonly peer: string;
  readonly prefix: string;
  readonly localPrefs: readonly number[];
  readonly communities: readonly string[];
}

/** The case as the oracle gets it. */
export function electionInputOf(recorded: RecordedElection): ElectionInput {
  const { settings, members = {}, interfaces = {}, objects } = recorded;
  return {
    ...speakerInputOf(recorded),
    services: objects.filter(({ kind }) => kind === 'Service').map(kinds.services.parse),
    endpointSlices: objects
      .filter(({ kind }) => kind === 'EndpointSlice')
      .map(kinds.endpointSlices.parse),
    members: members.disabled === true ? undefined : new Set(members.alive),
    interfaces: new Map(
      Object.entries(interfaces).map(([node, names]) => [node, new Set(names)] as const),
    ),
    ignoresExcludeLabel: settings.ignoreExcludeLB === true,
    loadBalancerClass: settings.lbClass,
  };
}
