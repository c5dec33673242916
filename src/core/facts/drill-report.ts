import type { SomeNodes } from './announcers-report.ts';
import type { MissingFact } from './finding.ts';
import type { ReportHead } from './report-head.ts';

/** Version of the JSON that `drill` prints. Additive only within a major. */
export const drillSchemaVersion = 'triage.drill/v1';

/** What is thought to be gone. */
export interface ThoughtAway {
  /** By name; empty when every node is tried by itself. */
  readonly nodes: readonly string[];
  /** True when only the speakers go, and the endpoints on their nodes stay. */
  readonly speakersOnly: boolean;
}

/**
 * What happens to one address of one Service: another node announces it, fewer do by BGP, or nobody does any more; or that
 * is open, as nobody can say who announces it now.
 */
export interface DrilledAddress {
  readonly address: string;
  /** `namespace/name`. */
  readonly service: string;
  readonly pool: string | undefined;
  readonly outcome: 'moves' | 'fewer-next-hops' | 'lost' | 'open';
  /** In layer 2, now and then. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Nodes that advertise it by BGP, now and then. */
  readonly nextHops: { readonly before: number; readonly after: SomeNodes };
  /** Why nobody announces it any more, or why that is open; undefined when somebody does. */
  readonly why: string | undefined;
}

/** So many Services are named for each node at most. */
export const lostServicesNamed = 5;

/** What the loss of one node alone would come to, in addresses. */
export interface DrilledNode {
  readonly node: string;
  readonly moves: number;
  readonly fewerNextHops: number;
  readonly lost: number;
  /** Some of the Services that nobody would announce any more, as `namespace/name`. */
  readonly lostServices: readonly string[];
}

/** The answer to what would be lost. */
export interface Drill {
  readonly headline: string;
  readonly thoughtAway: ThoughtAway;
  /** Those to which something happens, or of which that is open, the lost ones first; of all nodes tried one by one there are none. */
  readonly addresses: readonly DrilledAddress[];
  readonly untouched: number;
  /** Announced by nobody as it is. */
  readonly already: number;
  /** Of which nobody can say who announces them now. */
  readonly open: number;
  /** Only when every node is tried by itself; those whose loss is worst first. */
  readonly nodes: readonly DrilledNode[];
  /** What has to be mended before the forecast holds, `the speakers see one another again`; undefined where it holds now. */
  readonly presumes: string | undefined;
  /** How long it takes until others stand in. */
  readonly timing: readonly string[];
  readonly notes: readonly string[];
  readonly unknowns: readonly MissingFact[];
}

/** What `drill` prints as JSON; its other forms are drawn from it. */
export interface DrillReport extends Drill, ReportHead {
  readonly schemaVersion: typeof drillSchemaVersion;
}
