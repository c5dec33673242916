import type { MissingFact } from './finding.ts';
import type { IpFamily } from './ip.ts';
import type { ReportHead } from './report-head.ts';

/** Version of the JSON that `announcers` prints. Additive only within a major. */
export const announcersSchemaVersion = 'triage.announcers/v1';

/**
 * How one address fares by MetalLB's rules and by what speakers say: announced, by nobody, or open, because a node has
 * fallen silent, a speaker refuses its configuration and goes on with an older one, or its log tells of no interface to answer on.
 */
export type AnnouncingVerdict = 'announced' | 'nobody' | 'uncertain';

/** Nodes of which there may be very many: how many, and the first of them by name. */
export interface SomeNodes {
  readonly count: number;
  readonly first: readonly string[];
}

/** One address of one Service. */
export interface AnnouncedHere {
  readonly address: string;
  /** Undefined for what is no IP address. */
  readonly family: IpFamily | undefined;
  /** `namespace/name`. */
  readonly service: string;
  /** Undefined when no single pool holds the addresses of the Service. */
  readonly pool: string | undefined;
  /** How the pool is announced at all. */
  readonly by: readonly ('layer2' | 'bgp')[];
  readonly verdict: AnnouncingVerdict;
  /** The node that announces in layer 2; undefined where the elected one says that it does not. */
  readonly announcer: string | undefined;
  /** Nodes that announce in its place should their silent speakers be alive, the first of those that are. */
  readonly mayAnnounce: readonly string[];
  /** Nodes that advertise it by BGP to a neighbour that takes it. */
  readonly advertisers: SomeNodes;
  /** Why nobody does, or why that is open; undefined when it is announced. */
  readonly why: string | undefined;
  /** Nodes whose live speakers say in a status that they announce it in layer 2; undefined when those were not read. */
  readonly said: readonly string[] | undefined;
  /** Where what is said differs from what is computed. */
  readonly disagreements: readonly string[];
}

/** A node and what it announces. */
export interface NodeShare {
  readonly node: string;
  readonly layer2: number;
  readonly bgp: number;
  /** How its speaker fares, where it is not simply at work. */
  readonly remark: string | undefined;
}

/** Nodes that are out for one and the same reason. */
export interface OutOfIt {
  readonly why: string;
  readonly nodes: readonly string[];
}

/** One prefix on its way to one neighbour. */
export interface AdvertisedPrefix {
  readonly prefix: string;
  readonly peer: string;
  readonly nodes: readonly string[];
  /** 0 means unset. */
  readonly localPref: number;
  /** 0 means unset. */
  readonly asPathPrepend: number;
  readonly communities: readonly string[];
  /** Why the neighbour is not given it; undefined when it is. */
  readonly lostBy: string | undefined;
}

/** Somebody's word beside the computed answer. */
export interface SaidOfIt {
  readonly node: string;
  readonly protocol: 'layer2' | 'bgp';
  readonly by: 'status' | 'event' | 'log';
  readonly announces: boolean;
  readonly at: string | undefined;
  /** Why it counts no longer; undefined while it does. */
  readonly stale: string | undefined;
}

/** All that leads to the answer for one Service. */
export interface Reasoning {
  readonly layer2: {
    /** In the order in which they come; the first is elected. */
    readonly candidates: readonly string[];
    readonly out: readonly OutOfIt[];
    /** Interfaces it is limited to on the announcer; undefined for all of them. */
    readonly interfaces: readonly string[] | undefined;
  };
  readonly bgp: {
    readonly prefixes: readonly AdvertisedPrefix[];
    readonly out: readonly OutOfIt[];
  };
  /** Newest first. */
  readonly said: readonly SaidOfIt[];
}

/** Who announces what. */
export interface AnnouncersStanding {
  readonly headline: string;
  /** Those announced by nobody first, then by address. */
  readonly addresses: readonly AnnouncedHere[];
  /** Every node, by name. */
  readonly nodes: readonly NodeShare[];
  /** Nodes whose speakers refuse the configuration as it stands. */
  readonly refusing: readonly string[];
  /** Only for one Service. */
  readonly reasoning: Reasoning | undefined;
  readonly notes: readonly string[];
  readonly unknowns: readonly MissingFact[];
}

/** What `announcers` prints as JSON; its other forms are drawn from it. */
export interface AnnouncersReport extends AnnouncersStanding, ReportHead {
  /** What to ask next, where something is the matter. */
  readonly next: readonly string[];
  readonly schemaVersion: typeof announcersSchemaVersion;
}
