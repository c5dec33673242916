import type { CauseId, CheckId, MissingFact } from './finding.ts';
import type { ReportHead } from './report-head.ts';

/** Version of the JSON that `what-if` prints. Additive only within a major. */
export const whatIfSchemaVersion = 'triage.what-if/v1';

/** What the change would come to for the Service. */
export type ForecastOutcome =
  /** It gets an address it does not have now. */
  | 'gets'
  /** It keeps what it has. */
  | 'keeps'
  /** MetalLB draws, and not every draw leaves it with an address. */
  | 'may-get'
  | 'gets-nothing'
  /** MetalLB passes it by: another type or class. */
  | 'not-handled'
  /** Facts are missing. */
  | 'unknown';

/** Addresses out of one pool. */
export interface ForecastAddresses {
  readonly pool: string | undefined;
  readonly addresses: readonly string[];
}

/** What one pool has for the Service. Counts are decimal strings. */
export interface PoolForecast {
  readonly name: string;
  readonly ranges: readonly string[];
  readonly usable: string;
  readonly free: string;
  /** True for a pool that the change creates or gives other ranges; false where that is refused. */
  readonly isAdded: boolean;
  /** Those of its ranges that it has by the change only. */
  readonly addedRanges: readonly string[];
  readonly isEligible: boolean;
  /** What it has; empty when it is not eligible. */
  readonly offers: readonly string[];
  /** One line: what it has for the Service, or why it has nothing. */
  readonly says: string;
  /** Advertisements that announce it, as `l2/lan`; undefined when they could not be read. */
  readonly advertisedBy: readonly string[] | undefined;
}

/** Another Service that the change moves. */
export interface OtherForecast {
  readonly service: string;
  readonly now: readonly string[];
  /** Where it may come to rest; no addresses means pending. */
  readonly endings: readonly ForecastAddresses[];
}

/** A cause that hinders MetalLB from doing anything now. */
export interface Hindrance {
  readonly cause: CauseId;
  readonly check: CheckId;
  readonly says: string;
  /** What mends it, the first thing to try; empty where that is no command, or more has to be known first. */
  readonly commands: readonly string[];
}

/** What the webhook says of one pool that is written. */
export interface PoolChangeForecast {
  readonly name: string;
  readonly isAccepted: boolean;
  /** What the webhook says against it; any of these may be the one that is reported. */
  readonly messages: readonly string[];
  readonly says: string;
}

/** What a change to one Service would come to. */
export interface Forecast {
  readonly service: string;
  /** The change, a line each, in the order to make it. */
  readonly changes: readonly string[];
  readonly outcome: ForecastOutcome;
  /** The answer in one sentence. */
  readonly headline: string;
  /** False when MetalLB cannot act at all now; `hindrances` says why. */
  readonly actsNow: boolean;
  readonly hindrances: readonly Hindrance[];
  readonly now: ForecastAddresses;
  /** Where it may come to rest; several when MetalLB draws. */
  readonly options: readonly ForecastAddresses[];
  /** False when there are more ways to draw than were tried. */
  readonly optionsAreComplete: boolean;
  /** False when MetalLB would write its status again and again without end. */
  readonly comesToRest: boolean;
  /** What it gives up before it looks for anything new. */
  readonly loses: { readonly addresses: readonly string[]; readonly says: string } | undefined;
  /** Why it gets nothing, or why its request is refused. */
  readonly refusal:
    | {
        readonly cause: CauseId | undefined;
        readonly says: string;
        /** MetalLB's own text; undefined where it is silent. */
        readonly message: string | undefined;
      }
    | undefined;
  /** What MetalLB works with once everything is written; undefined when it is what stands in the cluster then. */
  readonly worksWith:
    | { readonly holds: 'older' | 'nothing' | 'unknown'; readonly says: string }
    | undefined;
  readonly pools: readonly PoolForecast[];
  /** The first pool that is created or gets other ranges; all of them stand in `poolChanges`. */
  readonly addedPool: PoolChangeForecast | undefined;
  /** Every pool that is written, in the order of `changes`. */
  readonly poolChanges: readonly PoolChangeForecast[];
  /** What MetalLB would write on the Service. */
  readonly events: readonly {
    readonly type: string;
    readonly reason: string;
    readonly message: string;
  }[];
  readonly others: readonly OtherForecast[];
  readonly notes: readonly string[];
  readonly unknowns: readonly MissingFact[];
  /** What to know before any of the commands is run: an outage for others. Undefined when there is nothing. */
  readonly warning: string | undefined;
  /** Commands that make the change; nobody has run them. None for a change that helps nobody. */
  readonly commands: readonly string[];
}

/** What `what-if` prints as JSON; its other forms are drawn from it. */
export interface WhatIfReport extends ReportHead {
  readonly schemaVersion: typeof whatIfSchemaVersion;
  readonly forecast: Forecast;
}
